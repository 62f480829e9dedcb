//! The report as JSON.

use serde_json::{Value, json};

use super::change::{Change, Effect};
use super::changes::Report;

impl Report {
    /// The report as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        report(self)
    }
}

fn report(report: &Report) -> Value {
    let version = &report.version;
    json!({
        "verdict": report.verdict(),
        "version": {
            "old": version.old,
            "new": version.new,
            "step": version.needed,
            "least": version.least,
            "is_enough": version.is_enough,
        },
        "missing_migrations": report.missing_migrations(),
        "changes": report.changes.iter().map(change).collect::<Vec<_>>(),
    })
}

fn change(change: &Change) -> Value {
    json!({
        "verdict": change.verdict(),
        "item": change.item,
        "what": change.what,
        "is_guess": change.is_guess,
        "old": change.old,
        "new": change.new,
        "effects": change.effects.iter().map(effect).collect::<Vec<_>>(),
    })
}

fn effect(effect: &Effect) -> Value {
    json!({
        "affected": effect.affected,
        "verdict": effect.verdict,
        "why": effect.why,
        "value": effect.value,
        "migration": effect.migration,
    })
}
