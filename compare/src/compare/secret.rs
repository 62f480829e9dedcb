//! The values of secrets that a definition has. No report shows one.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::report::Change;

/// What stands in the place of a secret.
const MASK: &str = "•••";

/// The keywords whose schemas describe the same value.
const BRANCHES: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// The keywords with values.
const VALUES: [&str; 5] = ["const", "default", "enum", "example", "examples"];

/// The values of all schemas that are marked as secrets.
pub(super) struct Secrets(BTreeSet<String>);

impl Secrets {
    /// Those of some definitions.
    pub(super) fn of(definitions: [&Value; 2]) -> Self {
        let mut secrets = BTreeSet::new();
        for definition in definitions {
            collect(definition, &mut secrets);
        }
        Self(secrets)
    }

    /// A value without secrets. A sentence that quotes the start of a long value has to mask it before.
    pub(super) fn masked(&self, value: &Value) -> Value {
        let mut masked = value.clone();
        mask_value(&mut masked, &self.0);
        masked
    }

    /// Masks the values of secrets in all texts and values.
    pub(super) fn mask(&self, changes: &mut [Change]) {
        for change in changes {
            mask_text(&mut change.what, &self.0);
            let values = change.effects.iter_mut();
            let values = values.filter_map(|effect| effect.value.as_mut());
            values.for_each(|value| mask_value(value, &self.0));
        }
    }
}

/// Collects the values of secrets from all schemas in a value.
fn collect(value: &Value, secrets: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, written) in VALUES
                .iter()
                .filter_map(|name| members.get_key_value(*name))
            {
                match (name.as_str(), written) {
                    ("enum" | "examples", Value::Array(all)) => {
                        for one in all {
                            within(value, one, secrets);
                        }
                    }
                    _ => within(value, written, secrets),
                }
            }
            members.values().for_each(|member| collect(member, secrets));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, secrets)),
        _ => {}
    }
}

/// Collects what is secret in a value of a schema: all of it, or some properties.
fn within(schema: &Value, value: &Value, secrets: &mut BTreeSet<String>) {
    if is_secret(schema) {
        texts(value, secrets);
        return;
    }
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                within(&schema["properties"][name], member, secrets);
            }
        }
        Value::Array(items) => {
            let one = &schema["items"];
            for item in items {
                within(one, item, secrets);
            }
        }
        _ => {}
    }
}

/// Botpress marks a secret in its schema, or in an alternative of it.
fn is_secret(schema: &Value) -> bool {
    let branches = BRANCHES.iter().filter_map(|name| schema[*name].as_array());
    schema["x-zui"]["secret"] == true || branches.flatten().any(is_secret)
}

fn texts(value: &Value, secrets: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if !text.is_empty() => drop(secrets.insert(text.clone())),
        Value::Number(number) => drop(secrets.insert(number.to_string())),
        Value::Array(items) => items.iter().for_each(|item| texts(item, secrets)),
        Value::Object(members) => members.values().for_each(|member| texts(member, secrets)),
        _ => {}
    }
}

fn mask_text(text: &mut String, secrets: &BTreeSet<String>) {
    for secret in secrets {
        let quoted = Value::from(secret.as_str()).to_string();
        *text = text
            .replace(&quoted, MASK)
            .replace(&format!("`{secret}`"), MASK);
    }
}

fn mask_value(value: &mut Value, secrets: &BTreeSet<String>) {
    match value {
        Value::String(text) if secrets.contains(text) => MASK.clone_into(text),
        Value::Number(number) if secrets.contains(&number.to_string()) => *value = MASK.into(),
        Value::Array(items) => items.iter_mut().for_each(|item| mask_value(item, secrets)),
        Value::Object(members) => members
            .values_mut()
            .for_each(|member| mask_value(member, secrets)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Secrets;

    #[test]
    fn a_secret_is_found_in_the_values_of_the_schemas_around_it() {
        let schema = json!({
            "properties": { "key": { "type": "string", "x-zui": { "secret": true } }, "name": { "default": "shown" } },
            "default": { "key": "a", "name": "shown" }, "examples": [{ "key": "b" }], "const": { "key": "c" },
        });
        let list = json!({ "type": "array", "items": schema, "default": [{ "key": "d" }] });
        let secrets = Secrets::of([&list, &json!({})]);
        let masked = secrets.masked(&json!(["a", "b", "c", "d", "shown"]));
        assert_eq!(masked, json!(["•••", "•••", "•••", "•••", "shown"]));
    }
}
