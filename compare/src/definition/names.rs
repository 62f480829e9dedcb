//! Guesses of new names.

use serde_json::Value;

/// How similar two names are at least, if one may be the other's new name.
const SIMILAR: f64 = 0.75;

/// Whether an item may be another one with a new name: both are the same but for texts, and have similar names.
pub(super) fn is_renamed(old: (&str, &Value), new: (&str, &Value)) -> bool {
    let has_contents = old.1.as_object().is_some_and(|members| !members.is_empty());
    let is_similar = strsim::jaro_winkler(&old.0.to_lowercase(), &new.0.to_lowercase()) >= SIMILAR;
    has_contents && is_similar && bare(old.1) == bare(new.1)
}

/// An item without its texts.
fn bare(item: &Value) -> Value {
    let mut item = item.clone();
    if let Value::Object(members) = &mut item {
        members.retain(|name, _| {
            !["name", "title", "description", "attributes"].contains(&name.as_str())
        });
    }
    item
}
