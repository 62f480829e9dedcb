//! Values of secrets, which no message may show.

use serde_json::Value;

use crate::diagnostic::{Part, Pointer, SourceFile};

/// The keywords beside a secret whose values may be secrets themselves.
const VALUES: [&str; 4] = ["const", "default", "enum", "examples"];

/// Covers every value of a secret in the text of a file, from which messages draw.
///
/// What stands for a secret's value is a mistake, and the finding about it must not repeat it.
pub(super) fn mask_secrets(file: &mut SourceFile) {
    let mut secrets = Vec::new();
    if let Some(Value::Object(declared)) = file.value.get("secrets") {
        let section = Pointer::root().child("secrets");
        for (name, value) in declared.iter().filter(|(_, value)| !value.is_object()) {
            find_scalars(value, section.child(name), &mut secrets);
        }
    }
    find_secrets(&file.value, &Pointer::root(), &mut secrets);
    for pointer in secrets {
        let span = file.span(&pointer, Part::Value);
        if let Some(text) = file.text.get(span.clone()) {
            let masked: String = text.chars().flat_map(mask).collect();
            file.text.replace_range(span, &masked);
        }
    }
}

/// As many stars as the character has bytes: places in the text stay where they are.
fn mask(character: char) -> impl Iterator<Item = char> {
    let cover = if character.is_whitespace() && character.is_ascii() {
        character
    } else {
        '*'
    };
    std::iter::repeat_n(cover, character.len_utf8())
}

fn find_secrets(value: &Value, pointer: &Pointer, found: &mut Vec<Pointer>) {
    match value {
        Value::Object(members) => {
            let is_secret = value["x-zui"]["secret"] == true;
            for (name, member) in members {
                if is_secret && VALUES.contains(&name.as_str()) {
                    find_scalars(member, pointer.child(name), found);
                } else if member.is_object() || member.is_array() {
                    find_secrets(member, &pointer.child(name), found);
                }
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

fn find_scalars(value: &Value, pointer: Pointer, found: &mut Vec<Pointer>) {
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
        _ => found.push(pointer),
    }
}
