//! Judges every change between two definitions.

mod effects;
mod item;
mod migration;
mod payload;
mod secret;
#[cfg(test)]
mod tests;

use serde_json::Value;

pub use self::migration::{Migrations, OlderVersion};
use self::secret::Secrets;

use crate::ask::Judge;
use crate::definition::{self, Places, normal, places};
use crate::report::{Change, Effect, Report, VersionCheck};
use crate::schema::code;

/// Compares two versions of a definition, whose schemas are self-contained.
#[must_use]
pub fn compare(old: &Value, new: &Value, judge: &dyn Judge) -> Report {
    compare_migrated(old, new, &Migrations::default(), judge)
}

/// Compares two versions of a definition, whose schemas are self-contained. What a migration has to bring along is not broken.
#[must_use]
pub fn compare_migrated(
    old: &Value,
    new: &Value,
    migrations: &Migrations,
    judge: &dyn Judge,
) -> Report {
    let normal = (normal(old), normal(new));
    let Places {
        schemas,
        items,
        values,
    } = places(&normal.0, &normal.1);
    let mut changes: Vec<_> = items.into_iter().map(of_item).collect();
    let secrets = Secrets::of([old, new]);
    for schemas in &schemas {
        changes.extend(payload::changes(schemas, &secrets, judge));
    }
    changes.extend(values.into_iter().map(of_value));
    migration::apply(&mut changes, old, migrations, judge);
    secrets.mask(&mut changes);
    changes.sort_by_key(|change| std::cmp::Reverse(change.verdict()));
    let version = |definition: &Value| {
        definition["version"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    Report {
        version: VersionCheck::new(&version(old), &version(new), &changes),
        changes,
    }
}

fn of_item(item: definition::Item) -> Change {
    let is_guess = item.old.is_some() && item.new.is_some();
    let at = item
        .old
        .as_deref()
        .or(item.new.as_deref())
        .unwrap_or_default();
    let what = match (&item.old, &item.new) {
        (Some(_), Some(new)) => {
            let name = crate::pointer::names(new).last().unwrap_or_default();
            format!("it is renamed to {}, as it seems", code(&name))
        }
        (Some(_), None) => "it is removed".to_owned(),
        _ => "it is new".to_owned(),
    };
    Change {
        item: item::item(at),
        what,
        effects: vec![Effect {
            affected: item.affected,
            verdict: item.verdict,
            why: item.why.to_owned(),
            value: None,
            migration: None,
        }],
        old: item.old,
        new: item.new,
        is_guess,
        is_functional: true,
    }
}

fn of_value(value: definition::Value) -> Change {
    let is_text = value.affected == definition::Affected::People;
    let definition::Difference { old, new } = value.difference;
    let (item, name) = item::parts(&value.at);
    Change {
        item,
        what: item::value_words(&name, old.as_ref(), new.as_ref()),
        effects: vec![Effect {
            affected: value.affected,
            verdict: value.verdict,
            why: value.why.to_owned(),
            value: None,
            migration: None,
        }],
        old: old.map(|_| value.at.clone()),
        new: new.map(|_| value.at),
        is_guess: false,
        is_functional: !is_text,
    }
}
