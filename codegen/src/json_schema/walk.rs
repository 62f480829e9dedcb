//! The schemas inside a schema.

use serde_json::Value;

use super::keywords::{Schemas, keyword};
use crate::pointer::Pointer;

/// The types of JSON Schema.
pub(crate) const TYPES: [&str; 7] = [
    "array", "boolean", "integer", "null", "number", "object", "string",
];

/// The schemas directly inside a schema, with their places relative to it.
pub(crate) fn subschemas(schema: &Value) -> Vec<(Pointer, &Value)> {
    let Some(schema) = schema.as_object() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (name, value) in schema {
        let place = || Pointer::root().child(name);
        let schemas = keyword(name).map_or(Schemas::None, |keyword| keyword.schemas);
        match (schemas, value) {
            (Schemas::Listed, Value::Array(items)) => {
                let place = place();
                let items = items.iter().enumerate();
                found.extend(items.map(|(index, item)| (place.item(index), item)));
            }
            (Schemas::Named, Value::Object(members)) => {
                let place = place();
                let members = members.iter();
                found.extend(members.map(|(name, member)| (place.child(name), member)));
            }
            (Schemas::Listed, Value::Object(_)) => found.push((place(), value)),
            _ => {}
        }
    }
    found.retain(|(_, value)| value.is_object());
    found
}

/// Whether a schema inside another one describes the same value.
pub(crate) fn is_in_place(pointer: &Pointer) -> bool {
    let first = pointer.names().next();
    first.is_some_and(|name| keyword(&name).is_some_and(|keyword| keyword.is_in_place))
}

/// Whether a pointer from a schema leads to a keyword `type`, or to an item of it, and not to a property of that name.
pub(crate) fn is_type(pointer: &Pointer) -> bool {
    let mut names = pointer.names().peekable();
    while let Some(name) = names.next() {
        let is_index = |name: &String| name.parse::<usize>().is_ok();
        match keyword(&name).map_or(Schemas::None, |keyword| keyword.schemas) {
            Schemas::None => {
                return name == "type" && names.all(|name| is_index(&name));
            }
            Schemas::Listed => drop(names.next_if(is_index)),
            Schemas::Named => drop(names.next()),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn places(found: Vec<(Pointer, &Value)>) -> Vec<String> {
        found
            .into_iter()
            .map(|(pointer, _)| pointer.to_string())
            .collect()
    }

    #[test]
    fn values_that_look_like_schemas_are_none() {
        let schema = json!({ "default": { "$ref": "x" }, "enum": [{ "$ref": "x" }], "const": { "$ref": "x" } });
        assert_eq!(places(subschemas(&schema)), Vec::<String>::new());
    }

    #[test]
    fn a_property_may_be_called_like_a_keyword() {
        let schema = json!({ "properties": { "properties": { "type": "string" }, "$ref": {} } });
        assert_eq!(
            places(subschemas(&schema)),
            ["/properties/properties", "/properties/$ref"]
        );
    }

    #[test]
    fn properties_are_not_in_place() {
        let schema = json!({ "properties": { "a": {} }, "allOf": [{}, {}], "items": {} });
        let mut found = subschemas(&schema);
        found.retain(|(pointer, _)| is_in_place(pointer));
        assert_eq!(places(found), ["/allOf/0", "/allOf/1"]);
    }

    #[test]
    fn a_type_is_told_from_a_property_of_that_name() {
        let is_type = |text: &str| is_type(&Pointer::parse(text).expect("a pointer"));
        for text in [
            "/type",
            "/type/0",
            "/properties/type/type",
            "/properties/properties/type",
            "/patternProperties/^a/type/1",
            "/allOf/0/type",
            "/items/type",
            "/not/type",
        ] {
            assert!(is_type(text), "{text}");
        }
        for text in [
            "",
            "/properties/type",
            "/patternProperties/type",
            "/dependentSchemas/type",
            "/$defs/type",
            "/enum/type",
            "/properties/type/minLength",
        ] {
            assert!(!is_type(text), "{text}");
        }
    }
}
