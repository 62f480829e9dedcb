//! The schemas inside a schema.

use serde_json::Value;

/// Keywords whose value is a schema, or a list of schemas.
const SCHEMAS: [&str; 15] = [
    "items",
    "prefixItems",
    "additionalItems",
    "additionalProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
    "anyOf",
    "oneOf",
    "allOf",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
];

/// Keywords whose value maps names to schemas.
const NAMED: [&str; 6] = [
    "properties",
    "patternProperties",
    "definitions",
    "$defs",
    "dependencies",
    "dependentSchemas",
];

/// Calls a function for a schema and every schema inside it, outermost first.
pub fn subschemas<'a>(schema: &'a Value, visit: &mut impl FnMut(&'a Value)) {
    if !schema.is_object() && !schema.is_boolean() {
        return;
    }
    visit(schema);
    for keyword in SCHEMAS {
        match schema.get(keyword) {
            Some(Value::Array(parts)) => parts.iter().for_each(|part| subschemas(part, visit)),
            Some(part) => subschemas(part, visit),
            None => {}
        }
    }
    for keyword in NAMED {
        if let Some(Value::Object(parts)) = schema.get(keyword) {
            parts.values().for_each(|part| subschemas(part, visit));
        }
    }
}

/// Returns whether a schema constrains the type of a value.
#[must_use]
pub fn says_type(schema: &Value) -> bool {
    let Value::Object(keywords) = schema else {
        return false;
    };
    let says = |keyword: &str| keywords.contains_key(keyword);
    let about_shape = [
        "type",
        "const",
        "enum",
        "properties",
        "patternProperties",
        "required",
        "items",
        "prefixItems",
        "$ref",
    ];
    let all_say = |keyword: &str| {
        let parts = keywords.get(keyword).and_then(Value::as_array);
        parts.is_some_and(|parts| parts.iter().all(says_type))
    };
    let some_says = |keyword: &str| {
        let parts = keywords.get(keyword).and_then(Value::as_array);
        parts.is_some_and(|parts| parts.iter().any(says_type))
    };
    about_shape.into_iter().any(says)
        || keywords.get("additionalProperties").is_some_and(says_type)
        || all_say("anyOf")
        || all_say("oneOf")
        || some_says("allOf")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_schema_inside_is_visited_once() {
        let schema = json!({
            "properties": { "a": { "items": [{}, true] }, "b": { "anyOf": [{ "not": {} }] } },
            "enum": [{ "items": {} }],
            "dependencies": { "a": ["b"], "b": { "required": ["a"] } }
        });
        let mut count = 0;
        subschemas(&schema, &mut |_| count += 1);
        assert_eq!(count, 8);
    }

    #[test]
    fn a_union_with_anything_says_nothing() {
        assert!(says_type(
            &json!({ "anyOf": [{ "type": "string" }, { "const": 1 }] })
        ));
        assert!(!says_type(&json!({ "anyOf": [{ "type": "string" }, {}] })));
        assert!(says_type(&json!({ "allOf": [{ "type": "string" }, {}] })));
        assert!(!says_type(
            &json!({ "description": "anything", "x-zui": {} })
        ));
        assert!(!says_type(&json!({ "additionalProperties": {} })));
        assert!(says_type(
            &json!({ "additionalProperties": { "type": "string" } })
        ));
    }
}
