//! No report shows the value of a secret that a definition has.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::report::Change;

/// What stands in the place of a secret.
const MASK: &str = "•••";

/// The keywords whose schemas describe the same value.
const BRANCHES: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// The keywords with values.
const VALUES: [&str; 5] = ["const", "default", "enum", "example", "examples"];

/// Masks the values of secrets in all texts and values.
pub(super) fn mask(changes: &mut [Change], definitions: [&Value; 2]) {
    let mut secrets = BTreeSet::new();
    for definition in definitions {
        collect(definition, &mut secrets);
    }
    if secrets.is_empty() {
        return;
    }
    for change in changes {
        mask_text(&mut change.what, &secrets);
        for value in change
            .effects
            .iter_mut()
            .filter_map(|effect| effect.value.as_mut())
        {
            mask_value(value, &secrets);
        }
    }
}

/// Collects the values of all schemas that are marked as secrets.
fn collect(value: &Value, secrets: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if is_secret(value) {
                for name in VALUES {
                    members
                        .get(name)
                        .into_iter()
                        .for_each(|value| texts(value, secrets));
                }
            }
            members.values().for_each(|member| collect(member, secrets));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, secrets)),
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
