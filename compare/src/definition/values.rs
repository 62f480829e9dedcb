//! Values that are no schemas.

use serde_json::Value as Json;

use super::Affected;
use super::table::{Plain, TEXT, VALUES};
use crate::pointer::is_at;
use crate::report::Verdict;

/// A value that is no schema, in both versions.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    pub(crate) at: String,
    pub(crate) affected: Affected,
    pub(crate) verdict: Verdict,
    pub(crate) why: &'static str,
    pub(crate) difference: Difference,
}

/// How a value changed.
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    pub(crate) old: Option<Json>,
    pub(crate) new: Option<Json>,
}

impl Value {
    /// What the change of a value means.
    pub(super) fn new(at: String, old: Option<&Json>, new: Option<&Json>) -> Self {
        let row = VALUES.iter().find(|row| is_at(&at, row.pattern));
        let Plain {
            affected,
            verdict,
            why,
            ..
        } = row.unwrap_or(&TEXT);
        let (verdict, why) = if is_wider(&at, old, new) {
            (Verdict::Safe, "more is possible than before")
        } else {
            (*verdict, *why)
        };
        Self {
            at,
            affected: *affected,
            verdict,
            why,
            difference: Difference {
                old: old.cloned(),
                new: new.cloned(),
            },
        }
    }
}

/// Whether less is required than before, or more is possible.
fn is_wider(at: &str, old: Option<&Json>, new: Option<&Json>) -> bool {
    let is_true = |value: Option<&Json>| value == Some(&Json::Bool(true));
    match at.rsplit('/').next() {
        Some("enabled") => !is_true(old) && is_true(new),
        Some("required") => is_true(old) && !is_true(new),
        Some("requiredTags") => {
            let tags =
                |value: Option<&Json>| value.and_then(Json::as_array).cloned().unwrap_or_default();
            let old = tags(old);
            tags(new).iter().all(|tag| old.contains(tag))
        }
        Some("public" | "optional") => is_true(new),
        Some("visibility") => new.and_then(Json::as_str) == Some("public"),
        _ => false,
    }
}
