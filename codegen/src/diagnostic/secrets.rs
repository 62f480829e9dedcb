//! The values of secrets in a schema.

use serde_json::Value;

use super::{Part, Pointer};
use crate::json_schema::{Content, keyword};

/// A value of a secret: where it is written, and its text.
pub(crate) struct SecretValue {
    pub(crate) pointer: Pointer,
    pub(crate) part: Part,
    pub(super) text: String,
}

/// Botpress marks a secret with `x-zui: { secret: true }`. One branch that says so makes the whole value a secret:
/// Botpress prints a secret that may be null as `anyOf: [{ x-zui: { secret: true } }, { type: null }]`.
pub(crate) fn is_secret(schema: &Value) -> bool {
    let mut branches = BRANCHES.iter().filter_map(|keyword| schema.get(keyword));
    is_marked(schema)
        || branches.any(|value| match value {
            Value::Array(schemas) => schemas.iter().any(is_secret),
            other => is_secret(other),
        })
}

/// Whether a schema is itself marked as a secret.
pub(crate) fn is_marked(schema: &Value) -> bool {
    schema["x-zui"]["secret"] == true
}

/// The keywords whose schemas describe the same value.
const BRANCHES: [&str; 5] = ["allOf", "anyOf", "oneOf", "then", "else"];

/// Every value at or below a schema that is a secret.
pub(crate) fn secret_values(schema: &Value, at: &Pointer) -> Vec<SecretValue> {
    let mut found = Vec::new();
    collect(schema, at, false, &mut found);
    found
}

fn collect(value: &Value, at: &Pointer, is_value: bool, found: &mut Vec<SecretValue>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let at = at.child(name);
                if is_value {
                    collect(member, &at, true, found);
                    continue;
                }
                match keyword(name).map_or(Content::Bounds, |keyword| keyword.content) {
                    Content::ValuesAsKeys => collect_names(member, &at, found),
                    Content::Schemas => {
                        let schemas = member.as_object().into_iter().flatten();
                        for (name, schema) in schemas {
                            collect(schema, &at.child(name), false, found);
                        }
                    }
                    Content::Display => {}
                    Content::Description if !member.is_object() => {}
                    Content::Values => collect(member, &at, true, found),
                    Content::Description | Content::Bounds => collect(member, &at, false, found),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &at.item(index), is_value, found);
            }
        }
        Value::String(text) => found.push(SecretValue {
            pointer: at.clone(),
            part: Part::Value,
            text: text.clone(),
        }),
        Value::Number(_) | Value::Bool(_) if is_value => found.push(SecretValue {
            pointer: at.clone(),
            part: Part::Value,
            text: value.to_string(),
        }),
        Value::Null | Value::Number(_) | Value::Bool(_) => {}
    }
}

/// The values that `x-rust-names` names are its keys.
fn collect_names(names: &Value, at: &Pointer, found: &mut Vec<SecretValue>) {
    for name in names
        .as_object()
        .into_iter()
        .flat_map(serde_json::Map::keys)
    {
        found.push(SecretValue {
            pointer: at.child(name),
            part: Part::Key,
            text: name.clone(),
        });
    }
}
