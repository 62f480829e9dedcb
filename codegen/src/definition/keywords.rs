//! Where schemas are inside a schema, and inside a definition.

use serde_json::Value;

use crate::diagnostic::Pointer;

/// Where the schemas of a definition are; `*` is every name.
const EMBEDDED: &[&[&str]] = &[
    &["configuration", "schema"],
    &["configurations", "*", "schema"],
    &["actions", "*", "input", "schema"],
    &["actions", "*", "output", "schema"],
    &["events", "*", "schema"],
    &["channels", "*", "messages", "*", "schema"],
    &["states", "*", "schema"],
    &["entities", "*", "schema"],
];

/// Keywords whose value is a schema, or a list of schemas.
const SCHEMAS: &[&str] = &[
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "oneOf",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Keywords whose value is an object of schemas; those of `dependencies` may be lists of names.
const MAPS: &[&str] = &[
    "$defs",
    "definitions",
    "dependencies",
    "dependentSchemas",
    "patternProperties",
    "properties",
];

/// Keywords whose schemas describe the same value as the schema that they are in.
const IN_PLACE: &[&str] = &[
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "dependencies",
    "dependentSchemas",
];

/// The schemas of a definition, whatever else is wrong with it.
pub(crate) fn embedded_schemas(definition: &Value) -> Vec<Pointer> {
    let mut found = Vec::new();
    for path in EMBEDDED {
        find_embedded(definition, Pointer::root(), path, &mut found);
    }
    found
}

/// The schemas of one action, event or channel, with their places in it.
pub(super) fn member_schemas(section: &str, member: &Value) -> Vec<Pointer> {
    let mut found = Vec::new();
    for path in EMBEDDED.iter().filter(|path| path[0] == section) {
        find_embedded(member, Pointer::root(), &path[2..], &mut found);
    }
    found
}

fn find_embedded(value: &Value, pointer: Pointer, path: &[&str], found: &mut Vec<Pointer>) {
    match (path.split_first(), value) {
        (None, Value::Object(_) | Value::Bool(_)) => found.push(pointer),
        (Some((&"*", rest)), Value::Object(members)) => {
            for (name, member) in members {
                find_embedded(member, pointer.child(name), rest, found);
            }
        }
        (Some((name, rest)), Value::Object(members)) => {
            if let Some(member) = members.get(*name) {
                find_embedded(member, pointer.child(name), rest, found);
            }
        }
        _ => {}
    }
}

/// The schemas directly inside a schema, with their places relative to it.
pub(crate) fn subschemas(schema: &Value) -> Vec<(Pointer, &Value)> {
    let Some(schema) = schema.as_object() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (keyword, value) in schema {
        let place = || Pointer::root().child(keyword);
        match value {
            Value::Array(items) if SCHEMAS.contains(&keyword.as_str()) => {
                let pointer = place();
                found.extend(
                    items
                        .iter()
                        .enumerate()
                        .map(|(index, item)| (pointer.item(index), item)),
                );
            }
            Value::Object(members) if MAPS.contains(&keyword.as_str()) => {
                let pointer = place();
                found.extend(
                    members
                        .iter()
                        .map(|(name, member)| (pointer.child(name), member)),
                );
            }
            Value::Object(_) if SCHEMAS.contains(&keyword.as_str()) => found.push((place(), value)),
            _ => {}
        }
    }
    found.retain(|(_, value)| value.is_object());
    found
}

/// Whether a schema inside another one describes the same value.
pub(super) fn is_in_place(pointer: &Pointer) -> bool {
    let keyword = pointer.names().next();
    keyword.is_some_and(|keyword| IN_PLACE.contains(&keyword.as_str()))
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
    fn the_schemas_of_a_definition_are_found() {
        let definition = json!({
            "configuration": { "schema": {} },
            "channels": { "a": { "messages": { "text": { "schema": true }, "image": { "schema": 1 } } } },
            "events": [],
        });
        let found: Vec<_> = embedded_schemas(&definition)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            found,
            ["/configuration/schema", "/channels/a/messages/text/schema"]
        );
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
}
