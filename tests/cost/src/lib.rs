//! The cost of a request: time and memory of each kind of synchronous work, for the worst input found.
//!
//! A [`Kind`] is a kind of work with candidates, each of which makes an input of a size. The program `cost` measures
//! every candidate at 1, 10 and 100 kB and at the limit of a body, or of the headers where those are the limit, and
//! prints the worst of each kind. It fails if a cost grows faster than the input, or if a rejection is too long.

pub mod inputs;
pub mod kinds;
pub mod measure;
pub mod report;

mod service;

pub use self::service::headers;

contexture::include_definition!("definition");

use std::time::Duration;

use self::measure::Outcome;

/// The measured function of a candidate at a size. It does the work once.
pub type Work = Box<dyn FnMut() -> Outcome>;

/// Makes the work for an input of about this many bytes.
pub type Prepare = Box<dyn Fn(usize) -> Work>;

/// A kind of work.
#[expect(
    missing_debug_implementations,
    reason = "candidates are closures, which have no `Debug`"
)]
pub struct Kind {
    /// The name in the report.
    pub name: String,
    /// The maximum length of its input in bytes.
    pub limit: usize,
    /// The time that it may take regardless of the input: the time of a budget, for work with a budget.
    pub allowance: Duration,
    /// Whether a quick run skips it, because it takes long and resembles others.
    pub is_slow: bool,
    /// The inputs to try, by name.
    pub candidates: Vec<(&'static str, Prepare)>,
}

/// The server's default limit on a body, in bytes.
pub const BODY_LIMIT: usize = 10 * 1024 * 1024;

/// The server's default limit on the headers of a request, in bytes.
pub const HEADER_LIMIT: usize = 64 * 1024;

impl Kind {
    /// A kind of work on a body.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            limit: BODY_LIMIT,
            allowance: Duration::ZERO,
            is_slow: false,
            candidates: Vec::new(),
        }
    }

    /// Sets the maximum length of the input in bytes.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Sets the time that the work may take regardless of the input.
    #[must_use]
    pub fn allowance(mut self, allowance: Duration) -> Self {
        self.allowance = allowance;
        self
    }

    /// Sets whether a quick run skips it.
    #[must_use]
    pub fn slow(mut self, is_slow: bool) -> Self {
        self.is_slow = is_slow;
        self
    }

    /// Adds a candidate.
    #[must_use]
    pub fn candidate(mut self, name: &'static str, prepare: Prepare) -> Self {
        self.candidates.push((name, prepare));
        self
    }
}
