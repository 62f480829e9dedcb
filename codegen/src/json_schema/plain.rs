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
    let constraints: Vec<_> = names
        .filter(|name| *name != "type" && !ANNOTATIONS.contains(name))
        .collect();
    let kind = match keywords.get("type") {
        Some(Value::String(kind)) => kind.as_str(),
        Some(Value::Array(kinds)) => return !kinds.is_empty() && constraints.is_empty(),
        Some(_) => return false,
        None => "",
    };
    match (kind, constraints.as_slice()) {
        ("object", all) => all.iter().all(|name| is_plain_of_object(keywords, name)),
        ("array", ["items"]) => is_plain(&keywords["items"]),
        ("array", ["items", bound] | [bound, "items"]) => {
            is_bound(&keywords[*bound], bound) && is_plain(&keywords["items"])
        }
        ("", ["anyOf"]) => is_nullable(&keywords["anyOf"]),
        (_, []) => true,
        // Two constraints can exclude each other.
        ("string", [only]) => is_plain_of_string(&keywords[*only], only),
        ("array" | "number" | "integer", [only]) => is_bound(&keywords[*only], only),
        _ => false,
    }
}

/// Whether alternatives are one schema, or null.
fn is_nullable(alternatives: &Value) -> bool {
    let is_null = |schema: &Value| schema.get("type").is_some_and(|only| only == "null");
    match alternatives.as_array().map(Vec::as_slice) {
        Some([schema, null]) => {
            is_null(null) && !is_null(schema) && is_plain(schema) && is_plain(null)
        }
        _ => false,
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

/// Whether some string is valid for a keyword, if it is the only one.
fn is_plain_of_string(value: &Value, name: &str) -> bool {
    match name {
        "const" | "format" => value.is_string(),
        "enum" => {
            let values = value.as_array().filter(|values| !values.is_empty());
            values.is_some_and(|values| values.iter().all(Value::is_string))
        }
        _ => is_bound(value, name),
    }
}

/// Whether a keyword is a bound that some value is within, if it is the only one.
fn is_bound(value: &Value, name: &str) -> bool {
    match name {
        "minLength" | "maxLength" | "minItems" | "maxItems" => value.is_u64(),
        "minimum" | "maximum" => value.is_i64(),
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
            json!({ "format": "email" }),
            json!({ "anyOf": [false] }),
            json!({ "anyOf": [{ "type": "string" }, { "type": "null" }] }),
            json!({ "anyOf": [{ "type": "string", "enum": [] }, { "type": "null" }] }),
            json!({ "title": "A" }),
        ];
        let names = [
            "object", "array", "string", "number", "integer", "boolean", "null",
        ];
        let types = names.map(|name| json!({ "type": name })).into_iter();
        let types = types.chain([json!({ "type": ["string", "null"] }), json!({})]);
        let mut schemas = Vec::new();
        for kind in types {
            for first in &constraints {
                for second in &constraints {
                    let mut schema = kind.clone();
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
                    assert!(jsonschema::validator_for(&schema).is_ok(), "{schema}");
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
