//! What migrations have to do with the effects of a change.

use serde::{Deserialize, Serialize};

use super::verdict::Verdict;

/// What a migration does for what is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Migration {
    /// The new definition names a version that stored the same values, so that its migration has to bring them along.
    Named {
        /// The version that it is from.
        from: String,
        /// What is implemented: `MigrateFrom<v1::Configuration> for Configuration`.
        implementation: String,
        /// The verdict without it.
        without: Verdict,
    },
    /// The new definition names no version that stored these values.
    Missing {
        /// The version that it is to be from.
        from: String,
        /// What is to be implemented.
        implementation: String,
    },
    /// The new definition names the version, and the kept definition is not known to take all values that the old one took.
    Different {
        /// The version that it is from.
        from: String,
        /// What is implemented.
        implementation: String,
    },
    /// No migration reaches what is stored: the state is gone, or belongs to another owner.
    Impossible,
}

impl Migration {
    /// What there is to know about the migration, unless the effect says it, as a sentence without a full stop.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        match self {
            Self::Named { .. } => None,
            Self::Missing { implementation, .. } => {
                Some(format!("a migration is missing: `{implementation}`"))
            }
            Self::Different { from, .. } => Some(format!(
                "`migratesFrom` names {from}, with another schema than the one that is compared: keep the old \
                 definition as it was"
            )),
            Self::Impossible => Some(
                "no migration reaches it: one brings along a state that keeps its name and its owner"
                    .to_owned(),
            ),
        }
    }

    /// What to do about a migration that is missing, as a sentence without a full stop.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Missing {
                from,
                implementation,
            } => Some(format!(
                "{}, and implement `{implementation}`",
                how_to_keep(from)
            )),
            _ => None,
        }
    }
}

/// How the definition of a version is kept.
pub(super) fn how_to_keep(version: &str) -> String {
    format!("keep the old definition as `versions/{version}.yaml`, name it in `migratesFrom`")
}
