//! All changes.

use super::change::Change;
use super::verdict::Verdict;
use super::version::VersionCheck;

/// The changes between two versions of a definition.
#[derive(Clone, Debug)]
pub struct Report {
    /// The changes, those that break something first.
    pub changes: Vec<Change>,
    /// The step of the version.
    pub version: VersionCheck,
}

impl Report {
    /// The worst verdict; `Safe` if nothing changed.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let all = self.changes.iter().map(Change::verdict);
        all.max().unwrap_or(Verdict::Safe)
    }

    /// How many changes have a verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        let all = self.changes.iter();
        all.filter(|change| change.verdict() == verdict).count()
    }
}
