//! The maximum number of values that are valid against a schema.

use serde_json::{Map, Value};

/// The depth to which nested references and combinations are followed.
const DEPTH: usize = 16;

/// Keywords that reject nothing.
const ANNOTATIONS: [&str; 10] = [
    "title",
    "description",
    "default",
    "examples",
    "$schema",
    "$id",
    "$comment",
    "definitions",
    "readOnly",
    "x-zui",
];

/// Returns the maximum number of values that are valid against a schema; `None` if it is infinite or unknown.
#[must_use]
pub(super) fn at_most(schema: &Value) -> Option<u64> {
    amount(schema, schema, 0)
}

/// Returns whether a schema accepts every value.
#[must_use]
pub(super) fn takes_anything(schema: &Value) -> bool {
    match schema {
        Value::Object(keywords) => keywords
            .keys()
            .all(|keyword| ANNOTATIONS.contains(&keyword.as_str())),
        schema => *schema == Value::Bool(true),
    }
}

fn amount(root: &Value, schema: &Value, depth: usize) -> Option<u64> {
    let Value::Object(keywords) = schema else {
        return (*schema == Value::Bool(false)).then_some(0);
    };
    if depth > DEPTH {
        return None;
    }
    let inner = |schema: &Value| amount(root, schema, depth + 1);
    if let Some(reference) = keywords.get("$ref").and_then(Value::as_str) {
        let pointer = reference.strip_prefix('#')?;
        return inner(root.pointer(pointer)?);
    }
    let list = |keyword: &str| keywords.get(keyword).and_then(Value::as_array);
    // All keywords apply, so that the smallest number counts.
    let mut limits = vec![
        keywords.get("const").map(|_| 1),
        list("enum").map(|values| count(values.len())),
    ];
    limits.extend(list("allOf").into_iter().flatten().map(inner));
    for parts in [list("anyOf"), list("oneOf")].into_iter().flatten() {
        limits.push(sum(parts.iter().map(inner)));
    }
    let kinds = match keywords.get("type") {
        Some(Value::Array(kinds)) => kinds.as_slice(),
        Some(kind) => std::slice::from_ref(kind),
        None => &[],
    };
    if !kinds.is_empty() {
        limits.push(sum(kinds.iter().map(|kind| {
            of_kind(keywords, kind.as_str().unwrap_or_default(), inner)
        })));
    }
    limits.into_iter().flatten().min()
}

fn of_kind(
    keywords: &Map<String, Value>,
    kind: &str,
    inner: impl Fn(&Value) -> Option<u64>,
) -> Option<u64> {
    let limit = |keyword: &str| keywords.get(keyword).and_then(Value::as_i64);
    match kind {
        "null" => Some(1),
        "boolean" => Some(2),
        "integer" => {
            let least = limit("minimum").or(limit("exclusiveMinimum"))?;
            let most = limit("maximum").or(limit("exclusiveMaximum"))?;
            u64::try_from(most.checked_sub(least)?).ok()?.checked_add(1)
        }
        "string" => (limit("maxLength")? == 0).then_some(1),
        "array" => {
            let item = keywords
                .get("items")
                .filter(|items| !items.is_array())
                .and_then(inner);
            let longest = u32::try_from(limit("maxItems")?).ok()?;
            sum((0..=longest).map(|length| match length {
                0 => Some(1),
                _ => item?.checked_pow(length),
            }))
        }
        "object" => of_objects(keywords, inner),
        _ => None,
    }
}

fn of_objects(keywords: &Map<String, Value>, inner: impl Fn(&Value) -> Option<u64>) -> Option<u64> {
    let has_patterns = keywords.contains_key("patternProperties");
    if keywords.get("additionalProperties") != Some(&Value::Bool(false)) || has_patterns {
        return None;
    }
    let required = keywords.get("required").and_then(Value::as_array);
    let is_required =
        |name: &str| required.is_some_and(|names| names.iter().any(|other| other == name));
    let Some(Value::Object(properties)) = keywords.get("properties") else {
        return Some(1);
    };
    properties.iter().try_fold(1_u64, |amount, (name, schema)| {
        let absent = u64::from(!is_required(name));
        amount.checked_mul(inner(schema)?.checked_add(absent)?)
    })
}

fn sum(mut amounts: impl Iterator<Item = Option<u64>>) -> Option<u64> {
    amounts.try_fold(0_u64, |sum, amount| sum.checked_add(amount?))
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_counted_where_they_come_to_an_end() {
        for (schema, amount) in [
            (json!(true), None),
            (json!(false), Some(0)),
            (json!({ "type": "string" }), None),
            (json!({ "type": ["null", "boolean"] }), Some(3)),
            (json!({ "type": "string", "enum": ["a", "b"] }), Some(2)),
            (json!({ "type": "object", "properties": {} }), None),
            (
                json!({ "type": "object", "additionalProperties": false }),
                Some(1),
            ),
            (
                json!({ "type": "object", "properties": { "a": { "type": "boolean" }, "b": { "const": 1 } },
                    "required": ["a"], "additionalProperties": false }),
                Some(4),
            ),
            (
                json!({ "anyOf": [{ "const": 1 }, { "type": "integer", "minimum": 1, "maximum": 3 }] }),
                Some(4),
            ),
            (
                json!({ "allOf": [{ "type": "string" }, { "enum": ["a"] }] }),
                Some(1),
            ),
            (
                json!({ "type": "array", "items": { "type": "boolean" }, "maxItems": 2 }),
                Some(7),
            ),
            (
                json!({ "type": "array", "items": { "type": "boolean" } }),
                None,
            ),
            (json!({ "$ref": "#" }), None),
        ] {
            assert_eq!(at_most(&schema), amount, "{schema}");
        }
    }

    #[test]
    fn annotations_refuse_nothing() {
        assert!(takes_anything(&json!({ "description": "Anything." })));
        assert!(takes_anything(&json!(true)));
        assert!(!takes_anything(&json!({ "type": "object" })));
        assert!(!takes_anything(&json!(false)));
    }
}
