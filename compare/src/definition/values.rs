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

/// The places of tags that count only where bots can create something.
const REQUIRED_TAGS: [&str; 2] = [
    "user/creation/requiredTags",
    "channels/*/conversation/creation/requiredTags",
];

impl Value {
    /// The change of a value among the others of two definitions.
    pub(super) fn among(self, definitions: [&Json; 2]) -> Self {
        let is_of_creation = REQUIRED_TAGS.iter().any(|pattern| is_at(&self.at, pattern));
        let creation = self
            .at
            .rsplit_once('/')
            .map_or("", |(creation, _)| creation);
        let is_enabled = |definition: &&Json| {
            let creation = definition.pointer(creation);
            creation.is_some_and(|creation| creation["enabled"] == true)
        };
        let counts = !is_of_creation || definitions.iter().all(is_enabled);
        if counts || self.verdict == Verdict::Safe {
            return self;
        }
        Self {
            verdict: Verdict::Safe,
            why: "it counts only where bots could create one, and still can",
            ..self
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
        Some("visibility") => visibility(new) > visibility(old),
        _ => false,
    }
}

/// How many can see an integration, from the author's workspace to all.
fn visibility(value: Option<&Json>) -> usize {
    let levels = ["private", "unlisted", "public"];
    let level = value.and_then(Json::as_str);
    levels
        .iter()
        .position(|known| level == Some(known))
        .unwrap_or(0)
}
