//! The migrations that are missing.

use std::collections::BTreeSet;

use super::changes::Report;
use super::migration::{Migration, how_to_keep};

impl Report {
    /// What is to be implemented, and is missing: `MigrateFrom<v1::Configuration> for Configuration`.
    #[must_use]
    pub fn missing_migrations(&self) -> BTreeSet<&str> {
        let missing = self.migrations().filter_map(|migration| match migration {
            Migration::Missing { implementation, .. } => Some(implementation.as_str()),
            _ => None,
        });
        missing.collect()
    }

    /// What to do about all migrations that are missing, as a sentence without a full stop.
    #[must_use]
    pub fn migration_help(&self) -> Option<String> {
        let mut missing = self.migrations().filter_map(|migration| match migration {
            Migration::Missing { from, .. } => Some(from),
            _ => None,
        });
        let keep = how_to_keep(missing.next()?);
        let all = self.missing_migrations().into_iter();
        let all: Vec<_> = all.map(|one| format!("`{one}`")).collect();
        Some(format!("{keep}, and implement {}", all.join(", ")))
    }

    fn migrations(&self) -> impl Iterator<Item = &Migration> {
        let effects = self.changes.iter().flat_map(|change| &change.effects);
        effects.filter_map(|effect| effect.migration.as_ref())
    }
}
