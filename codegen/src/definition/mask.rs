//! Masking: no message may show the value of a secret.

use serde_json::Value;

use super::yaml::Problem;
use crate::diagnostic::{Part, Pointer, SourceFile, is_secret, secret_values};

/// Masks every value of a secret in the text of a file, since messages draw lines of it.
///
/// A value of a secret in a definition is a mistake, and the diagnostic must not repeat it.
pub(super) fn mask_secrets(file: &mut SourceFile, problems: &[Problem]) {
    let mut secrets = Vec::new();
    if let Some(Value::Object(declared)) = file.value.get("secrets") {
        let section = Pointer::root().child("secrets");
        for (name, value) in declared.iter().filter(|(_, value)| !value.is_object()) {
            find_scalars(value, section.child(name), &mut secrets);
        }
    }
    find_secrets(&file.value, &Pointer::root(), &mut secrets);
    let mut spans: Vec<_> = secrets
        .iter()
        .map(|(pointer, part)| file.span(pointer, *part))
        .collect();
    // The values of duplicate keys are not in the file's value.
    spans.extend(problems.iter().filter_map(|problem| match problem {
        Problem::DuplicateKey { pointer, value, .. } => {
            let is_hidden =
                pointer.as_str().starts_with("/secrets/") || file.secret_around(pointer).is_some();
            is_hidden.then(|| value.clone())
        }
        _ => None,
    }));
    for span in spans {
        if let Some(text) = file.text.get(span.clone()) {
            let masked: String = text.chars().flat_map(mask).collect();
            file.text.replace_range(span, &masked);
        }
    }
}

/// As many stars as the character has bytes, so that spans stay valid.
fn mask(character: char) -> impl Iterator<Item = char> {
    let cover = if character.is_whitespace() && character.is_ascii() {
        character
    } else {
        '*'
    };
    std::iter::repeat_n(cover, character.len_utf8())
}

fn find_secrets(value: &Value, pointer: &Pointer, found: &mut Vec<(Pointer, Part)>) {
    if is_secret(value) {
        let values = secret_values(value, pointer);
        found.extend(values.into_iter().map(|value| (value.pointer, value.part)));
        return;
    }
    match value {
        Value::Object(members) => {
            let inner = members.iter().filter(|(_, member)| !is_scalar(member));
            for (name, member) in inner {
                find_secrets(member, &pointer.child(name), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                find_secrets(item, &pointer.item(index), found);
            }
        }
        _ => {}
    }
}

fn is_scalar(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

fn find_scalars(value: &Value, pointer: Pointer, found: &mut Vec<(Pointer, Part)>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                find_scalars(member, pointer.child(name), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                find_scalars(item, pointer.item(index), found);
            }
        }
        Value::Null => {}
        _ => found.push((pointer, Part::Value)),
    }
}
