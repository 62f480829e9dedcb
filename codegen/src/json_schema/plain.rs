//! Schemas that can be seen to fit some value, without a search for one.

use serde_json::{Map, Value};

/// Keywords that refuse no value.
const ANNOTATIONS: [&str; 11] = [
    "$comment",
    "$schema",
    "default",
    "deprecated",
    "description",
    "examples",
    "readOnly",
    "title",
    "writeOnly",
    "x-rust-name",
    "x-zui",
];

/// Whether a schema is one of an object, and it and every schema inside of it can be seen to fit some value.
///
/// Most schemas are: `false` says only that it cannot be seen.
///
/// ```yaml
/// type: object
/// properties:
///   name: { type: string, minLength: 1 }
///   parts: { type: array, items: { type: number } }
/// required: [name]
/// ```
pub(crate) fn is_plain_object(schema: &Value) -> bool {
    schema.get("type").is_some_and(|only| only == "object") && is_plain(schema)
}

fn is_plain(schema: &Value) -> bool {
    let Some(keywords) = schema.as_object() else {
        return *schema == Value::Bool(true);
    };
    let names = keywords.keys().map(String::as_str);
    let mut constraints = names.filter(|name| *name != "type" && !ANNOTATIONS.contains(name));
    match keywords.get("type") {
        Some(Value::String(only)) => match only.as_str() {
            "object" => constraints.all(|name| is_plain_of_object(keywords, name)),
            // Two constraints can exclude each other.
            "array" => {
                let mut others = constraints.filter(|name| *name != "items");
                let is_one = others.next().is_none_or(|name| is_bound(keywords, name));
                is_one && others.next().is_none() && keywords.get("items").is_none_or(is_plain)
            }
            "string" | "number" | "integer" => {
                let first = constraints.next();
                first.is_none_or(|name| is_bound(keywords, name)) && constraints.next().is_none()
            }
            "boolean" | "null" => constraints.next().is_none(),
            _ => false,
        },
        Some(_) => false,
        None => constraints.next().is_none(),
    }
}

/// Whether a keyword of an object leaves room for a value.
fn is_plain_of_object(keywords: &Map<String, Value>, name: &str) -> bool {
    let value = &keywords[name];
    match name {
        "properties" => value
            .as_object()
            .is_some_and(|properties| properties.values().all(is_plain)),
        "additionalProperties" => *value == Value::Bool(false) || is_plain(value),
        "required" => {
            let is_closed = keywords.get("additionalProperties") == Some(&Value::Bool(false));
            let properties = keywords.get("properties").and_then(Value::as_object);
            let is_declared = |name: &Value| {
                let name = name.as_str();
                name.is_some_and(|name| properties.is_some_and(|all| all.contains_key(name)))
            };
            let names = value.as_array();
            names.is_some_and(|names| !is_closed || names.iter().all(is_declared))
        }
        _ => false,
    }
}

/// Whether a keyword is a bound that some value is within, if it is the only one.
fn is_bound(keywords: &Map<String, Value>, name: &str) -> bool {
    let value = &keywords[name];
    match name {
        "minLength" | "maxLength" | "minItems" | "maxItems" => value.is_u64(),
        "minimum" | "maximum" => value.is_i64(),
        "enum" => {
            let is_string = keywords.get("type").is_some_and(|only| only == "string");
            let values = value.as_array().filter(|values| !values.is_empty());
            is_string && values.is_some_and(|values| values.iter().all(Value::is_string))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::emptiness::{Document, Never};
    use super::*;

    /// Schemas from every keyword that is understood, alone and beside each other, with values that leave room and with
    /// values that leave none.
    fn schemas() -> Vec<Value> {
        let constraints = [
            json!({ "minLength": 2 }),
            json!({ "maxLength": 1 }),
            json!({ "minimum": 2 }),
            json!({ "maximum": 1 }),
            json!({ "enum": ["a"] }),
            json!({ "enum": [1] }),
            json!({ "enum": [] }),
            json!({ "const": "a" }),
            json!({ "pattern": "^a$" }),
            json!({ "not": {} }),
            json!({ "minItems": 2 }),
            json!({ "maxItems": 1 }),
            json!({ "items": { "type": "string" } }),
            json!({ "items": false }),
            json!({ "properties": { "a": { "type": "string", "enum": [] } } }),
            json!({ "properties": { "a": { "type": "string" } } }),
            json!({ "required": ["a"] }),
            json!({ "required": ["b"] }),
            json!({ "additionalProperties": false }),
            json!({ "additionalProperties": { "type": "string", "minLength": 2, "maxLength": 1 } }),
            json!({ "anyOf": [false] }),
            json!({ "title": "A" }),
        ];
        let types = [
            "object", "array", "string", "number", "integer", "boolean", "null",
        ];
        let mut schemas = Vec::new();
        for name in types {
            for first in &constraints {
                for second in &constraints {
                    let mut schema = json!({ "type": name });
                    let keywords = schema.as_object_mut().expect("an object");
                    keywords.extend(first.as_object().cloned().unwrap_or_default());
                    keywords.extend(second.as_object().cloned().unwrap_or_default());
                    schemas.push(schema);
                }
            }
        }
        schemas
    }

    #[test]
    fn a_plain_object_has_no_part_that_fits_nothing() {
        let mut plain = 0;
        for inner in schemas() {
            for schema in [
                inner.clone(),
                json!({ "type": "object", "properties": { "inner": inner }, "required": ["inner"] }),
            ] {
                if is_plain_object(&schema) {
                    plain += 1;
                    let document = Document::new(&schema).expect("a schema");
                    let is_false =
                        |never: &Never| never.pointer.find(&schema) == Some(&json!(false));
                    let nevers = document.nevers();
                    assert!(nevers.iter().all(is_false), "{schema}: {nevers:?}");
                    assert!(!document.excludes_objects(), "{schema}");
                }
            }
        }
        assert!(plain > 100, "{plain}");
    }

    #[test]
    fn usual_schemas_are_plain() {
        let schema = json!({ "type": "object", "title": "Item", "properties": {
            "id": { "type": "string", "minLength": 1, "description": "Which one." },
            "kind": { "type": "string", "enum": ["a", "b"], "default": "a" },
            "parts": { "type": "array", "items": { "type": "object", "properties": {
                "count": { "type": "integer", "minimum": 1 },
            }, "required": ["count"], "additionalProperties": false } },
            "any": {},
        }, "required": ["id"], "additionalProperties": { "type": "boolean" } });
        assert!(is_plain_object(&schema));
        assert!(!is_plain_object(&json!({ "type": "string" })));
    }
}
