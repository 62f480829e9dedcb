//! Whether a change breaks something.

use serde::{Deserialize, Serialize};

/// Whether a change breaks something, from the harmless to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It breaks nothing.
    Safe,
    /// It breaks nothing that is strictly right, and may surprise: an enumeration that grows where it is read.
    Caution,
    /// Neither was proved.
    CannotTell,
    /// It breaks something.
    Breaks,
}

impl Verdict {
    /// The verdict in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Caution => "caution",
            Self::CannotTell => "cannot tell",
            Self::Breaks => "breaks",
        }
    }
}
