//! The draft of JSON Schema that a schema is written in.

use serde_json::Value;

/// The draft of a schema that names none.
const DEFAULT: &str = "http://json-schema.org/draft-07/schema";

/// The address of a schema's draft.
pub(crate) fn draft(schema: &Value) -> &str {
    let named = schema["$schema"].as_str();
    named.map_or(DEFAULT, |draft| draft.trim_end_matches('#'))
}

/// Whether a schema is of a draft after draft 7.
pub(crate) fn is_later(schema: &Value) -> bool {
    draft(schema).contains("/draft/20")
}
