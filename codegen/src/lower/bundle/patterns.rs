//! Patterns, as the validator has to read them.

use serde_json::{Map, Value};

use crate::json_schema::rust_pattern;

/// The keyword of generated texts with a pattern as its author wrote it, beside the rewritten one.
const WRITTEN_PATTERN: &str = "x-pattern";

/// Whether a keyword may have a pattern to rewrite.
pub(super) fn has_pattern(name: &str) -> bool {
    matches!(name, "pattern" | "patternProperties")
}

/// Rewrites the patterns of a schema that the validator would read in another way. Messages quote them as they were.
pub(super) fn rewrite_patterns(keywords: &mut Map<String, Value>) {
    let pattern = keywords.get("pattern").and_then(Value::as_str);
    if let Some(rewritten) = pattern.and_then(rust_pattern)
        && let Some(written) = keywords.insert("pattern".to_owned(), rewritten.into())
    {
        keywords.insert(WRITTEN_PATTERN.to_owned(), written);
    }
    if let Some(Value::Object(by_pattern)) = keywords.get_mut("patternProperties") {
        let members = std::mem::take(by_pattern).into_iter();
        by_pattern
            .extend(members.map(|(name, member)| (rust_pattern(&name).unwrap_or(name), member)));
    }
}
