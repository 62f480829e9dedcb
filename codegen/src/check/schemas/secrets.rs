//! Secrets that would be shown, since nothing marks them as Contexture reads it.

use serde_json::Value;

use super::subject::Subject;
use crate::definition::DefinitionSet;
use crate::diagnostic::catalog::{schema, secrets};
use crate::diagnostic::{Diagnostic, FileId, Location, Pointer, is_secret};
use crate::json_schema::{Content, DISPLAY_KEYS, Draft, keyword};
use crate::sections::embedded_schemas;

/// Words for a secret, apart from those that are similar to `secret`.
const SENSITIVE: [&str; 3] = ["confidential", "masked", "sensitive"];

/// Finds marks of secrets that are misspelt, and keys of `x-zui` that do not exist.
pub(super) fn check(schema: &Subject<'_>) -> Vec<Diagnostic> {
    let unknown = schema.keywords.iter();
    let unknown = unknown.filter(|(name, value)| keyword(name).is_none() && is_mark(name, value));
    let mut found: Vec<_> = unknown
        .map(|(name, _)| secrets::exposed_secret(schema.key(name), name))
        .collect();
    if let Some(display) = schema.keywords.get("x-zui") {
        found.extend(check_display(schema, display));
    }
    found
}

fn check_display(subject: &Subject<'_>, display: &Value) -> Vec<Diagnostic> {
    let at = subject.at.pointer.child("x-zui");
    let Some(keys) = display.as_object() else {
        let place = Location::key(subject.at.file, at.clone());
        return vec![schema::keyword_of_wrong_type(
            place,
            &at,
            &["object"],
            display,
        )];
    };
    let key = |name: &str| Location::key(subject.at.file, at.child(name));
    let mut found = Vec::new();
    for (name, value) in keys {
        if name == "secret" && !value.is_boolean() {
            let place = Location::value(subject.at.file, at.child(name));
            found.push(secrets::secret_not_boolean(place, value));
        } else if DISPLAY_KEYS.contains(&name.as_str()) {
        } else if means_secret(name) {
            found.push(secrets::exposed_secret(key(name), name));
        } else {
            found.push(secrets::unknown_display_key(key(name), name, DISPLAY_KEYS));
        }
    }
    found
}

/// Whether an unknown keyword is meant to mark a secret: `secret: true`, `zui: { secret: true }`.
pub(super) fn is_mark(name: &str, value: &Value) -> bool {
    let is_set = |value: &Value| match value {
        Value::Bool(is_set) => *is_set,
        Value::String(_) | Value::Number(_) => true,
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    };
    match value {
        Value::Object(members) => {
            let mut members = members.iter();
            members.any(|(name, value)| means_secret(name) && is_set(value))
        }
        _ => means_secret(name) && is_set(value),
    }
}

/// Whether one of the words of a name is similar to `secret`, or means the same.
pub(super) fn means_secret(name: &str) -> bool {
    let words = heck::AsSnakeCase(name).to_string();
    words.split('_').any(|word| {
        let is_similar = word.starts_with('s')
            && word.len() >= 5
            && strsim::damerau_levenshtein(word, "secret") <= 2;
        is_similar || SENSITIVE.contains(&word)
    })
}

/// Finds marks of secrets where they mark nothing: where no schema is, and at whole payloads.
pub(super) fn check_places(set: &DefinitionSet) -> Vec<Diagnostic> {
    let root = &set.files().get(set.root()).value;
    let mut found = Vec::new();
    let payloads = embedded_schemas(root);
    for pointer in &payloads {
        if pointer.find(root).is_some_and(is_secret) {
            found.push(secrets::secret_payload(set.key_location(pointer.clone())));
        }
    }
    let mut files: Vec<FileId> = set.schemas().iter().map(|at| at.file).collect();
    files.dedup();
    for id in files {
        let file = set.files().get(id);
        if Draft::named(&file.display).is_some() {
            continue;
        }
        let roots = if id == set.root() {
            payloads.clone()
        } else {
            vec![Pointer::root()]
        };
        for pointer in roots {
            let schema = pointer.find(&file.value).unwrap_or(&Value::Null);
            find_marks(set, id, &pointer, schema, &mut found);
        }
    }
    found
}

fn find_marks(
    set: &DefinitionSet,
    file: FileId,
    at: &Pointer,
    value: &Value,
    found: &mut Vec<Diagnostic>,
) {
    if is_secret(value) && !is_schema(set, file, at) {
        let place = Location::key(file, at.child("x-zui"));
        found.push(secrets::secret_in_no_schema(place));
    }
    match value {
        Value::Object(members) => {
            // The values of these keywords are data, in which `x-zui` means nothing.
            let is_data = |name: &str| {
                let is_values = |content| matches!(content, Content::Values | Content::Display);
                keyword(name).is_some_and(|keyword| is_values(keyword.content))
            };
            for (name, member) in members {
                if !(is_schema(set, file, at) && is_data(name)) {
                    find_marks(set, file, &at.child(name), member, found);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                find_marks(set, file, &at.item(index), item, found);
            }
        }
        _ => {}
    }
}

fn is_schema(set: &DefinitionSet, file: FileId, at: &Pointer) -> bool {
    let schemas = set.schemas();
    schemas
        .binary_search_by(|schema| (schema.file, &schema.pointer).cmp(&(file, at)))
        .is_ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_mark_is_recognized_however_it_is_spelt() {
        for name in [
            "secret",
            "secert",
            "Secret",
            "isSecret",
            "x-secret",
            "sensitive",
            "x-zui-secret",
        ] {
            assert!(is_mark(name, &json!(true)), "{name}");
            assert!(!is_mark(name, &json!(false)), "{name}");
        }
        assert!(is_mark("zui", &json!({ "secret": "yes" })));
        for name in ["select", "section", "second", "set", "title"] {
            assert!(!is_mark(name, &json!(true)), "{name}");
        }
    }

    #[test]
    fn a_schema_of_that_name_is_not_a_mark() {
        assert!(!is_mark(
            "props",
            &json!({ "secret": { "type": "string" } })
        ));
    }
}
