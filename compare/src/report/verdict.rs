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
    /// All verdicts, the worst first.
    pub const WORST_FIRST: [Self; 4] = [Self::Breaks, Self::CannotTell, Self::Caution, Self::Safe];

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

    /// The heading of the changes with this verdict.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Safe => "Other changes",
            Self::Caution => "Changes that may surprise",
            Self::CannotTell => "Changes to look at",
            Self::Breaks => "Breaking changes",
        }
    }
}
