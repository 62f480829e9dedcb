//! How the schema of an object differs from an earlier one, in words.

use serde_json::Value;

/// The differences of two schemas, a phrase each; empty if they are equal.
///
/// Properties of the object itself are compared. A difference that lies deeper is shown as one of its property.
pub(super) fn differences(before: &Value, after: &Value) -> Vec<String> {
    if is_equal(before, after) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (old, new) = (properties(before), properties(after));
    for (name, schema) in &new {
        let earlier = old.iter().find(|(known, _)| known == name);
        match earlier {
            None if requires(after, name) => found.push(format!("requires `{name}`, which is new")),
            None => found.push(format!("gets `{name}`")),
            Some(_) if requires(after, name) && !requires(before, name) => {
                found.push(format!("requires `{name}`"));
            }
            Some(_) if requires(before, name) && !requires(after, name) => {
                found.push(format!("no longer requires `{name}`"));
            }
            Some((_, earlier)) if !is_equal(earlier, schema) => {
                found.push(format!("changes `{name}`"));
            }
            Some(_) => {}
        }
    }
    let gone = old
        .iter()
        .filter(|(name, _)| new.iter().all(|(known, _)| known != name));
    found.extend(gone.map(|(name, _)| format!("loses `{name}`")));
    if found.is_empty() {
        found.push("has another schema".to_owned());
    }
    found
}

/// Whether values of an earlier schema may lack something that this one requires.
pub(super) fn requires_more(before: &Value, after: &Value) -> bool {
    let required = after["required"].as_array().into_iter().flatten();
    let mut required = required.filter_map(Value::as_str);
    required.any(|name| !requires(before, name))
}

/// Whether two values are equal: the order of members and the form of numbers do not count.
pub(super) fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len() && pairs.all(|(one, other)| is_equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let is_there = |(name, member): (&String, &Value)| {
                other.get(name).is_some_and(|there| is_equal(member, there))
            };
            one.len() == other.len() && one.iter().all(is_there)
        }
        _ => one == other,
    }
}

fn properties(schema: &Value) -> Vec<(&str, &Value)> {
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .map(|(name, schema)| (name.as_str(), schema))
        .collect()
}

fn requires(schema: &Value, name: &str) -> bool {
    let required = schema["required"].as_array();
    required.is_some_and(|required| required.iter().any(|known| known == name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_property_that_differs_is_named() {
        let before = json!({
            "properties": { "a": {}, "b": { "type": "string" }, "c": {}, "d": {} }, "required": ["d"],
        });
        let after = json!({
            "properties": { "a": {}, "b": { "type": "integer" }, "d": {}, "e": {}, "f": {} }, "required": ["a", "e"],
        });
        assert_eq!(
            differences(&before, &after),
            [
                "requires `a`",
                "changes `b`",
                "no longer requires `d`",
                "requires `e`, which is new",
                "gets `f`",
                "loses `c`"
            ]
        );
        assert!(requires_more(&before, &after));
    }

    #[test]
    fn order_and_the_form_of_numbers_make_no_difference() {
        let one = json!({ "type": "integer", "minimum": 1 });
        let other = json!({ "minimum": 1.0, "type": "integer" });
        assert_eq!(differences(&one, &other), [""; 0]);
        assert!(!requires_more(&one, &other));
        let other = json!({ "minimum": 2, "type": "integer" });
        assert_eq!(differences(&one, &other), ["has another schema"]);
    }
}
