//! Secrets in the values that a schema around them has: `default: { token: … }`.

use std::ptr;

use serde_json::Value;

use super::reference::address::decode;
use crate::diagnostic::{Pointer, is_secret};
use crate::json_schema::{Content, is_in_place, keyword, subschemas};

/// The places of secrets in the values that a schema at a place has: `/default/token` if the property `token` is a secret.
///
/// References are followed within each of `roots`. All values of a schema that is marked as a secret are secrets, and none is a part.
pub(crate) fn secret_parts(schema: &Value, roots: &[&Value], at: &Pointer) -> Vec<Pointer> {
    let mut found = Vec::new();
    if is_secret(schema) {
        return found;
    }
    for (name, written) in schema.as_object().into_iter().flatten() {
        if keyword(name).is_none_or(|keyword| keyword.content != Content::Values) {
            continue;
        }
        let at = at.child(name);
        match (name.as_str(), written) {
            ("enum" | "examples", Value::Array(values)) => {
                for (index, value) in values.iter().enumerate() {
                    look(&[schema], roots, value, &at.item(index), &mut found);
                }
            }
            _ => look(&[schema], roots, written, &at, &mut found),
        }
    }
    found
}

/// Looks for secrets in a value of some schemas.
fn look(
    schemas: &[&Value],
    roots: &[&Value],
    value: &Value,
    at: &Pointer,
    found: &mut Vec<Pointer>,
) {
    let schemas = of_one_value(schemas, roots);
    if schemas.iter().any(|schema| is_secret(schema)) {
        found.push(at.clone());
        return;
    }
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let inner: Vec<_> = schemas
                    .iter()
                    .flat_map(|schema| of_property(schema, name))
                    .collect();
                look(&inner, roots, member, &at.child(name), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let inner: Vec<_> = schemas
                    .iter()
                    .flat_map(|schema| of_item(schema, index))
                    .collect();
                look(&inner, roots, item, &at.item(index), found);
            }
        }
        _ => {}
    }
}

/// The schemas, and those that describe the same value.
fn of_one_value<'a>(schemas: &[&'a Value], roots: &[&'a Value]) -> Vec<&'a Value> {
    let mut all = schemas.to_vec();
    let mut index = 0;
    while let Some(schema) = all.get(index).copied() {
        index += 1;
        let inside = subschemas(schema).into_iter();
        let inside = inside
            .filter(|(place, _)| is_in_place(place))
            .map(|(_, schema)| schema);
        for next in inside.chain(targets(schema, roots)) {
            if !all.iter().any(|known| ptr::eq(*known, next)) {
                all.push(next);
            }
        }
    }
    all
}

/// The schemas that a reference within the document may lead to.
fn targets<'a>(schema: &Value, roots: &[&'a Value]) -> Vec<&'a Value> {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let pointer = reference.and_then(|reference| reference.strip_prefix('#'));
    let Some(pointer) = pointer.and_then(|pointer| Pointer::parse(&decode(pointer))) else {
        return Vec::new();
    };
    let found = roots.iter().filter_map(|root| pointer.find(root));
    found.collect()
}

/// The schemas of a property. Which pattern the name of one fits that is not declared is not asked.
fn of_property<'a>(schema: &'a Value, name: &str) -> Vec<&'a Value> {
    if let Some(declared) = schema.get("properties").and_then(|all| all.get(name)) {
        return vec![declared];
    }
    let patterns = schema.get("patternProperties").and_then(Value::as_object);
    let patterns = patterns.into_iter().flat_map(serde_json::Map::values);
    patterns.chain(schema.get("additionalProperties")).collect()
}

/// The schemas of an item.
fn of_item(schema: &Value, index: usize) -> impl Iterator<Item = &Value> {
    let lists = ["prefixItems", "items"].into_iter();
    let listed = lists.filter_map(move |name| schema.get(name)?.get(index));
    let each = ["items", "additionalItems", "contains"].into_iter();
    listed.chain(each.filter_map(|name| schema.get(name).filter(|items| items.is_object())))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parts(schema: &Value) -> Vec<String> {
        let found = secret_parts(schema, &[schema], &Pointer::root());
        found
            .iter()
            .map(|found| found.as_str().to_owned())
            .collect()
    }

    #[test]
    fn a_secret_is_found_in_each_value_of_the_schemas_around_it() {
        let secret = json!({ "type": "string", "x-zui": { "secret": true } });
        let schema = json!({
            "properties": {
                "token": secret, "name": { "type": "string" }, "next": { "$ref": "#" },
                "list": { "items": { "$ref": "#/definitions/a%20b" } }, "pair": { "items": [{}, secret] },
                "union": { "anyOf": [{ "properties": { "one": secret } }, { "allOf": [{ "properties": { "two": secret } }] }] },
            },
            "patternProperties": { "^x": secret }, "definitions": { "a b": secret },
            "default": { "token": "t", "name": "n", "next": { "token": "t", "name": "n" }, "x": [1] },
            "examples": [{ "list": ["a", "b"] }, { "pair": ["a", "b"] }, "text"],
            "const": { "union": { "one": 1, "two": 2, "three": 3 } },
            "title": { "token": "a title" },
        });
        let mut found = parts(&schema);
        found.sort();
        assert_eq!(
            found,
            [
                "/const/union/one",
                "/const/union/two",
                "/default/next/token",
                "/default/token",
                "/default/x",
                "/examples/0/list/0",
                "/examples/0/list/1",
                "/examples/1/pair/1",
            ]
        );
    }

    #[test]
    fn a_secret_that_a_reference_leads_to_is_found_and_one_that_is_marked_is_left() {
        let secret = json!({ "x-zui": { "secret": true }, "default": "a" });
        assert_eq!(parts(&secret), [""; 0]);
        let reference = json!({ "$ref": "#/definitions/key", "default": "a", "definitions": { "key": secret } });
        assert_eq!(parts(&reference), ["/default"]);
    }
}
