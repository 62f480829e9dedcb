//! Masking: no message may show the value of a secret.

use std::ops::Range;

use serde_json::Value;

use super::secret_parts::secret_parts;
use super::yaml::Problem;
use crate::diagnostic::{
    FileId, Files, Location, Origins, Part, Pointer, SourceFile, Target, is_secret, secret_values,
};

/// Masks every value of a secret in the text of a file, since messages draw lines of it.
///
/// A value of a secret in a definition is a mistake, and the diagnostic must not repeat it.
pub(super) fn mask_secrets(file: &mut SourceFile, problems: &[Problem]) {
    let secrets = secrets_of(&file.value);
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
        mask_span(&mut file.text, span);
    }
}

/// Masks the values of secrets that are written in another file than the mark that they are secret.
pub(super) fn mask_moved_secrets(files: &mut Files, id: FileId) {
    for (pointer, part) in secrets_of(&files.get(id).value) {
        let target = Target::Pointer { pointer, part };
        let written = files.written(Location { file: id, target });
        if let Some(span) = files.span(&written) {
            let file = files.get(written.file);
            let mut file = file.with(file.value.clone(), Origins::new());
            mask_span(&mut file.text, span);
            files.replace(written.file, file);
        }
    }
}

fn secrets_of(definition: &Value) -> Vec<(Pointer, Part)> {
    let mut secrets = Vec::new();
    if let Some(Value::Object(declared)) = definition.get("secrets") {
        let section = Pointer::root().child("secrets");
        for (name, value) in declared.iter().filter(|(_, value)| !value.is_object()) {
            find_scalars(value, section.child(name), &mut secrets);
        }
    }
    find_secrets(&mut Vec::new(), definition, &Pointer::root(), &mut secrets);
    secrets
}

fn mask_span(text: &mut String, span: Range<usize>) {
    if let Some(shown) = text.get(span.clone()) {
        let masked: String = shown.chars().flat_map(mask).collect();
        text.replace_range(span, &masked);
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

/// `around` has the values around this one that a reference may be resolved in, the outermost first.
fn find_secrets<'a>(
    around: &mut Vec<&'a Value>,
    value: &'a Value,
    pointer: &Pointer,
    found: &mut Vec<(Pointer, Part)>,
) {
    if is_secret(value) {
        let values = secret_values(value, pointer);
        found.extend(values.into_iter().map(|value| (value.pointer, value.part)));
        return;
    }
    around.push(value);
    for part in secret_parts(value, around, pointer) {
        let value = part.find(around[0]).unwrap_or(&Value::Null);
        find_scalars(value, part, found);
    }
    match value {
        Value::Object(members) => {
            let inner = members.iter().filter(|(_, member)| !is_scalar(member));
            for (name, member) in inner {
                find_secrets(around, member, &pointer.child(name), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                find_secrets(around, item, &pointer.item(index), found);
            }
        }
        _ => {}
    }
    around.pop();
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
