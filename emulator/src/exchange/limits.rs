//! How much is recorded, and what of it is listed.

use super::ExchangeKind;

/// How much is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordLimits {
    /// The number of exchanges. The oldest ones are deleted.
    pub exchanges: u32,
    /// The size of a body in bytes. The rest is left out.
    pub body: usize,
    /// The size of all bodies in bytes. The oldest exchanges are deleted.
    pub bodies: u64,
}

impl Default for RecordLimits {
    /// 10,000 exchanges, 256 KiB of each body, and 256 MiB of all.
    fn default() -> Self {
        Self {
            exchanges: 10_000,
            body: 256 * 1024,
            bodies: 256 * 1024 * 1024,
        }
    }
}

/// Which exchanges are listed, the newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeFilter {
    /// Exchanges of this kind.
    pub kind: Option<ExchangeKind>,
    /// Exchanges of the instance with this webhook id.
    pub instance: Option<String>,
    /// Exchanges that belong to this one.
    pub parent: Option<String>,
    /// Only exchanges that belong to no other one.
    pub without_parent: bool,
    /// Exchanges that began before this one.
    pub before: Option<String>,
    /// The maximum number.
    pub limit: u32,
}

impl Default for ExchangeFilter {
    fn default() -> Self {
        Self {
            kind: None,
            instance: None,
            parent: None,
            without_parent: false,
            before: None,
            limit: 100,
        }
    }
}
