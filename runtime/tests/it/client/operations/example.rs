//! Values that fit a schema of an OpenAPI document.

use serde_json::{Map, Value, json};

use super::document::follow;

/// Builds a value with every described field.
pub(super) fn example(document: &Value, schema: &Value) -> Value {
    let schema = follow(document, schema);
    if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
        return first.clone();
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds[0].as_str(),
        kind => kind.as_str(),
    };
    match kind {
        Some("string") if schema["format"] == "date-time" => json!("2026-01-01T00:00:00.000Z"),
        Some("string") => {
            let length = schema["minLength"].as_u64().unwrap_or(1).max(1);
            json!("a".repeat(usize::try_from(length).unwrap()))
        }
        Some("number" | "integer") => json!(1),
        Some("boolean") => json!(true),
        Some("array") => json!([example(document, &schema["items"])]),
        _ => {
            let properties = schema["properties"].as_object().into_iter().flatten();
            let fields: Map<_, _> = properties
                // The last page of a list.
                .filter(|(name, _)| *name != "nextToken")
                .map(|(name, property)| (name.clone(), example(document, property)))
                .collect();
            Value::Object(fields)
        }
    }
}
