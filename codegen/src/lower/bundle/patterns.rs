//! Patterns, as the validator has to read them.

use serde_json::Value;

use crate::json_schema::rust_pattern;
use crate::lower::bundle::walk::{has_member, schemas_of};

/// The keyword of generated texts with a pattern as its author wrote it, beside the rewritten one.
const WRITTEN_PATTERN: &str = "x-pattern";

/// Whether a schema may have patterns to rewrite; most have none.
pub(super) fn has_patterns(schema: &Value) -> bool {
    has_member(schema, &|name, _| {
        matches!(name, "pattern" | "patternProperties")
    })
}

/// Rewrites the patterns that the validator would read in another way. Messages quote them as they were.
pub(super) fn rewrite_patterns(schema: &mut Value) {
    let places: Vec<_> = schemas_of(schema).map(|(place, _)| place).collect();
    // The inner ones first, since the names on the way to them change.
    for place in places.into_iter().rev() {
        let Some(Value::Object(keywords)) = schema.pointer_mut(place.as_str()) else {
            continue;
        };
        let pattern = keywords.get("pattern").and_then(Value::as_str);
        if let Some(rewritten) = pattern.and_then(rust_pattern)
            && let Some(written) = keywords.insert("pattern".to_owned(), rewritten.into())
        {
            keywords.insert(WRITTEN_PATTERN.to_owned(), written);
        }
        if let Some(Value::Object(by_pattern)) = keywords.get_mut("patternProperties") {
            let members = std::mem::take(by_pattern).into_iter();
            by_pattern.extend(
                members.map(|(name, member)| (rust_pattern(&name).unwrap_or(name), member)),
            );
        }
    }
}
