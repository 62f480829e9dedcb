//! Migrations, which bring along what an older version stored.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::ask::{Answer, Judge, Question};
use crate::definition::{Affected, normal};
use crate::pointer::{child, names};
use crate::report::{Change, Effect, Migration, Verdict};

/// What is known about the migrations to the new definition.
#[derive(Clone, Debug, Default)]
pub struct Migrations {
    /// What has to be implemented to bring along what the old definition stored, by the JSON pointers of its configurations
    /// and states: `MigrateFrom<v1::CursorState> for CursorState` at `/states/cursor`. A migration reaches no other place.
    pub needed: BTreeMap<String, String>,
    /// The older versions that the new definition names.
    pub named: Vec<OlderVersion>,
}

/// An older version that a definition names.
#[derive(Clone, Debug)]
pub struct OlderVersion {
    /// The version.
    pub version: String,
    /// Its definition, whose schemas are self-contained.
    pub definition: Value,
    /// What has to be implemented to bring along what it stored, by the JSON pointers of its configurations and states.
    pub implementations: BTreeMap<String, String>,
}

/// Says of each effect on what is stored whether a migration brings it along.
pub(super) fn apply(
    changes: &mut [Change],
    old: &Value,
    migrations: &Migrations,
    judge: &dyn Judge,
) {
    if migrations.needed.is_empty() {
        return;
    }
    let kept = Kept {
        from: old["version"].as_str().unwrap_or_default(),
        old: normal(old),
        migrations,
        definitions: migrations
            .named
            .iter()
            .map(|older| normal(&older.definition))
            .collect(),
        judge,
    };
    let mut found = BTreeMap::new();
    for change in changes {
        let Some(place) = change.old.as_deref().and_then(place_of) else {
            continue;
        };
        for effect in change.effects.iter_mut().filter(|effect| is_open(effect)) {
            let migration = found
                .entry(place.clone())
                .or_insert_with(|| kept.migration(&place));
            if let Some(migration) = migration {
                settle(effect, migration.clone());
            }
        }
    }
}

/// Whether an effect is one on what is stored that may be lost.
fn is_open(effect: &Effect) -> bool {
    matches!(effect.affected, Affected::Owners | Affected::States)
        && effect.verdict >= Verdict::CannotTell
}

/// The configuration or the state that a change of what is stored belongs to.
fn place_of(pointer: &str) -> Option<String> {
    let names: Vec<_> = names(pointer).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    match names.as_slice() {
        ["configuration"] | ["configuration", "schema", ..] => Some(child("", "configuration")),
        [section @ ("configurations" | "states"), name]
        | [
            section @ ("configurations" | "states"),
            name,
            "schema" | "type",
            ..,
        ] => Some(child(&child("", section), name)),
        _ => None,
    }
}

/// The migration of a place, and what it does for an effect.
fn settle(effect: &mut Effect, mut migration: Migration) {
    if let Migration::Named { from, without, .. } = &mut migration {
        *without = effect.verdict;
        let stored = match effect.affected {
            Affected::States => "states",
            _ => "configurations",
        };
        effect.verdict = Verdict::Caution;
        effect.why = format!("the migration from {from} has to bring stored {stored} along");
    }
    effect.migration = Some(migration);
}

/// The versions of which a definition is kept.
struct Kept<'a> {
    /// The version of the old definition.
    from: &'a str,
    /// The old definition in normal form.
    old: Value,
    migrations: &'a Migrations,
    /// The definitions of the named versions in normal form.
    definitions: Vec<Value>,
    judge: &'a dyn Judge,
}

impl Kept<'_> {
    /// The migration that brings along what is stored at a place.
    ///
    /// What is stored has no version: it is read as one of the first version whose schema it fits. So any version does that
    /// takes all values of the old definition.
    fn migration(&self, place: &str) -> Option<Migration> {
        let Migrations { needed, named } = self.migrations;
        let Some(implementation) = needed.get(place) else {
            // A primary configuration that the old definition does not declare is not stored.
            return place
                .starts_with("/states/")
                .then_some(Migration::Impossible);
        };
        let from = self.from;
        let mut versions: Vec<_> = named.iter().zip(&self.definitions).collect();
        versions.sort_by_key(|(older, _)| older.version != from);
        let all_of = |older: &OlderVersion, definition: &Value| {
            let implementation = older.implementations.get(place)?;
            self.are_taken(place, definition).then(|| Migration::Named {
                from: older.version.clone(),
                implementation: implementation.clone(),
                without: Verdict::Breaks,
            })
        };
        let found = versions
            .iter()
            .find_map(|(older, definition)| all_of(older, definition));
        let (from, implementation) = (from.to_owned(), implementation.clone());
        Some(match found {
            Some(migration) => migration,
            None if versions
                .first()
                .is_some_and(|(older, _)| older.version == from) =>
            {
                Migration::Different {
                    from,
                    implementation,
                }
            }
            None => Migration::Missing {
                from,
                implementation,
            },
        })
    }

    /// Whether a kept definition takes all values of the old one at a place.
    fn are_taken(&self, place: &str, kept: &Value) -> bool {
        let schema = |definition: &Value| definition.pointer(&child(place, "schema")).cloned();
        let (Some(from), Some(to)) = (schema(&self.old), schema(kept)) else {
            return false;
        };
        let beyond = None;
        from == to || self.judge.ask(&Question { from, to, beyond }) == Answer::Yes
    }
}
