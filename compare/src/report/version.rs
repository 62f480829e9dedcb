//! The step of a version that changes call for.

use semver::Version;
use serde::{Deserialize, Serialize};

use super::change::Change;
use super::migration::Migration;
use super::verdict::Verdict;
use crate::definition::Affected;

/// A step of a version, from none to the largest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// No step.
    None,
    /// From 1.2.3 to 1.2.4.
    Patch,
    /// From 1.2.3 to 1.3.0.
    Minor,
    /// From 1.2.3 to 2.0.0.
    Major,
}

/// The versions of two definitions, and whether their step is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionCheck {
    /// The version of the old definition.
    pub old: String,
    /// The version of the new definition.
    pub new: String,
    /// The step that the changes call for. Before 1.0.0, what breaks is a minor step, and all else a patch.
    pub needed: Step,
    /// The least version with that step, if the old one is a version.
    pub least: Option<String>,
    /// Whether the new version is enough.
    pub is_enough: bool,
}

impl Step {
    /// The step in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl VersionCheck {
    /// Compares the versions with the step that changes call for.
    pub(crate) fn new(old: &str, new: &str, changes: &[Change]) -> Self {
        let needed = needed(changes);
        let (from, to) = (Version::parse(old).ok(), Version::parse(new).ok());
        let needed = match &from {
            Some(from) if from.major == 0 => early(needed),
            _ => needed,
        };
        let least = from.as_ref().map(|from| after(from, needed));
        let is_enough = match (&from, &least, &to) {
            (Some(from), Some(least), Some(to)) => is_enough(from, least, to),
            _ => needed == Step::None,
        };
        Self {
            old: old.to_owned(),
            new: new.to_owned(),
            needed,
            least: least.map(|least| least.to_string()),
            is_enough,
        }
    }
}

fn needed(changes: &[Change]) -> Step {
    let of = |change: &Change| match change.verdict() {
        Verdict::Breaks => Step::Major,
        _ if asks_owners_for_more(change) => Step::Major,
        _ if change.is_functional => Step::Minor,
        _ => Step::Patch,
    };
    changes.iter().map(of).max().unwrap_or(Step::None)
}

/// Whether a migration alone keeps owners from a break. Who enters a configuration in the old form is refused all the same, and
/// Botpress refuses a version that breaks one of the same major version. A state is read by the integration alone.
fn asks_owners_for_more(change: &Change) -> bool {
    change.effects.iter().any(|effect| {
        let without = match &effect.migration {
            Some(Migration::Named { without, .. }) => *without,
            _ => Verdict::Safe,
        };
        effect.affected == Affected::Owners && without == Verdict::Breaks
    })
}

/// The step before 1.0.0.
const fn early(step: Step) -> Step {
    match step {
        Step::Major => Step::Minor,
        Step::Minor | Step::Patch => Step::Patch,
        Step::None => Step::None,
    }
}

/// The least version that is a step after another one. A pre-release is before a release, which may be that step already:
/// 2.0.0 is a major step, and comes after 2.0.0-rc.1.
fn after(from: &Version, step: Step) -> Version {
    let is_step = match step {
        Step::None => return from.clone(),
        Step::Patch => true,
        Step::Minor => from.patch == 0,
        Step::Major => from.minor == 0 && from.patch == 0,
    };
    match step {
        _ if is_step && !from.pre.is_empty() => release(from),
        Step::Major => Version::new(from.major + 1, 0, 0),
        Step::Minor => Version::new(from.major, from.minor + 1, 0),
        Step::Patch | Step::None => Version::new(from.major, from.minor, from.patch + 1),
    }
}

/// The release that a pre-release is of.
const fn release(version: &Version) -> Version {
    Version::new(version.major, version.minor, version.patch)
}

/// Whether a version is the least one or a later one. A pre-release of such a version is enough, too.
fn is_enough(from: &Version, least: &Version, to: &Version) -> bool {
    let is_later = to.cmp_precedence(from).is_gt() && release(to) >= release(least);
    is_later || to.cmp_precedence(least).is_ge()
}

#[cfg(test)]
mod tests {
    use super::super::change::Effect;
    use super::*;

    fn change(verdict: Verdict, is_functional: bool) -> Change {
        Change {
            item: String::new(),
            what: String::new(),
            old: None,
            new: None,
            is_guess: false,
            is_functional,
            effects: vec![Effect {
                affected: Affected::Owners,
                verdict,
                why: String::new(),
                value: None,
                migration: None,
            }],
        }
    }

    #[test]
    fn the_worst_change_decides_the_step() {
        let text = change(Verdict::Safe, false);
        let more = change(Verdict::Safe, true);
        let breaks = change(Verdict::Breaks, true);
        for (old, new, changes, least, is_enough) in [
            ("1.2.3", "1.2.3", vec![], "1.2.3", true),
            ("1.2.3", "1.2.3", vec![text.clone()], "1.2.4", false),
            ("1.2.3", "1.2.4", vec![text.clone()], "1.2.4", true),
            (
                "1.2.3",
                "1.2.4",
                vec![text.clone(), more.clone()],
                "1.3.0",
                false,
            ),
            (
                "1.2.3",
                "1.9.9",
                vec![more.clone(), breaks.clone()],
                "2.0.0",
                false,
            ),
            ("1.2.3", "2.0.0", vec![breaks.clone()], "2.0.0", true),
            ("0.2.3", "0.2.4", vec![more.clone()], "0.2.4", true),
            ("0.2.3", "0.2.4", vec![breaks.clone()], "0.3.0", false),
            ("1.0.0-rc.1", "1.0.0", vec![text.clone()], "1.0.0", true),
            (
                "2.0.0-rc.1",
                "2.0.0-rc.2",
                vec![breaks.clone()],
                "2.0.0",
                true,
            ),
            (
                "2.0.0-rc.1",
                "2.0.0-rc.1",
                vec![breaks.clone()],
                "2.0.0",
                false,
            ),
            (
                "2.0.0-rc.2",
                "2.0.0-rc.1",
                vec![breaks.clone()],
                "2.0.0",
                false,
            ),
            ("2.1.0-rc.1", "2.1.0", vec![breaks.clone()], "3.0.0", false),
            ("1.2.3", "2.0.0-rc.1", vec![breaks.clone()], "2.0.0", true),
            ("1.2.3", "1.3.0-rc.1", vec![breaks], "2.0.0", false),
            ("1.2.3", "1.3.0-rc.1", vec![more], "1.3.0", true),
            ("1.2.3", "1.2.3-rc.1", vec![text], "1.2.4", false),
            ("1.2.3", "1.2.2", vec![], "1.2.3", false),
            ("1.2.3+b", "1.2.3+a", vec![], "1.2.3+b", true),
        ] {
            let check = VersionCheck::new(old, new, &changes);
            let found = (check.least.as_deref(), check.is_enough);
            assert_eq!(found, (Some(least), is_enough), "{old} → {new}");
        }
    }

    #[test]
    fn what_is_no_version_is_enough_only_if_nothing_changed() {
        let changes = [change(Verdict::Safe, false)];
        assert!(!VersionCheck::new("one", "two", &changes).is_enough);
        assert!(VersionCheck::new("one", "one", &[]).is_enough);
    }
}
