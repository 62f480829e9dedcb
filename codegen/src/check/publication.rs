//! What Botpress refuses when a definition is published: its name, its version, counts, sizes and messages.

use serde_json::Value;

use crate::definition::DefinitionSet;
use crate::diagnostic::catalog::publication;
use crate::diagnostic::{Diagnostic, Pointer};
use crate::lower::bundled;
use crate::sections::{self, BUILT_IN_MESSAGES, places};
use crate::version::parse_version;

/// The most items of each collection, by Botpress's list of limits.
const MOST: [(&str, usize); 8] = [
    ("channels", 10),
    ("channels/*/conversation/tags", 50),
    ("channels/*/message/tags", 50),
    ("channels/*/messages", 20),
    ("events", 20),
    ("secrets", 25),
    ("states", 20),
    ("user/tags", 50),
];

/// The most bytes of a schema.
const SCHEMA_BYTES: usize = 102_400;

/// Finds what Botpress refuses.
pub(super) fn check(set: &DefinitionSet, definition: &Value) -> Vec<Diagnostic> {
    [
        identity(set, definition),
        counts(set, definition),
        sizes(set),
        messages(set, definition),
    ]
    .concat()
}

fn identity(set: &DefinitionSet, definition: &Value) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let text = |name: &str| definition.get(name).and_then(Value::as_str);
    let place = |name| set.value_location(Pointer::root().child(name));
    if let Some(version) = text("version").filter(|version| parse_version(version).is_none()) {
        found.push(publication::invalid_version(place("version"), version));
    }
    if let Some(name) = text("name").filter(|name| !is_name(name)) {
        let suggestion = suggest_name(name);
        let suggestion = suggestion.as_deref();
        found.push(publication::invalid_name(place("name"), name, suggestion));
    }
    found
}

/// Whether a text is the name of an integration, with or without the handle of its workspace: `acme/github`.
fn is_name(text: &str) -> bool {
    let is_part = |part: &str| {
        let mut bytes = part.bytes();
        let is_allowed =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !part.is_empty() && bytes.all(is_allowed)
    };
    // An empty name has a diagnostic of its own.
    text.is_empty() || (text.split('/').count() <= 2 && text.split('/').all(is_part))
}

fn suggest_name(text: &str) -> Option<String> {
    let name = heck::AsKebabCase(text).to_string();
    let is_like_it = name.chars().any(|letter| letter.is_ascii_alphabetic());
    (is_like_it && is_name(&name)).then_some(name)
}

fn counts(set: &DefinitionSet, definition: &Value) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (pattern, most) in MOST {
        for (pointer, items) in places(definition, pattern) {
            let names = items.as_object().into_iter().flat_map(|items| items.keys());
            let mut names: Vec<_> = names
                .map(|name| set.key_location(pointer.child(name)))
                .collect();
            names.sort_by_cached_key(|place| set.files().position(place));
            let Some(first) = names.get(most) else {
                continue;
            };
            let noun = pointer.last().unwrap_or_default();
            let noun = sections::noun(&noun).unwrap_or("item");
            let count = names.len();
            found.push(publication::too_many(first.clone(), noun, count, most));
        }
    }
    found
}

/// Finds schemas that are too large.
fn sizes(set: &DefinitionSet) -> Vec<Diagnostic> {
    let all = sections::embedded_schemas(&set.files().get(set.root()).value).into_iter();
    let too_large = all.filter_map(|pointer| {
        let bytes = bundled(set, &set.schema_at(pointer.clone()))
            .to_string()
            .len();
        let place = set.key_location(pointer);
        (bytes > SCHEMA_BYTES).then(|| publication::schema_too_large(place, bytes, SCHEMA_BYTES))
    });
    too_large.collect()
}

/// Finds messages of a built-in type that do not declare its whole payload.
fn messages(set: &DefinitionSet, definition: &Value) -> Vec<Diagnostic> {
    let messages = places(definition, "channels/*/messages/*");
    let incomplete = messages.into_iter().filter_map(|(pointer, message)| {
        let name = pointer.last()?;
        let mut built_in = BUILT_IN_MESSAGES.iter();
        let (_, wanted) = built_in.find(|(built_in, _)| *built_in == name)?;
        let schema = message.get("schema")?;
        // Only a plain object says all of its properties.
        let properties = schema.get("properties")?.as_object()?;
        let is_plain = ["$ref", "allOf", "anyOf", "oneOf"];
        if is_plain.iter().any(|keyword| schema.get(keyword).is_some()) {
            return None;
        }
        let missing = wanted
            .iter()
            .filter(|name| !properties.contains_key(**name));
        let missing: Vec<&str> = missing.copied().collect();
        let place = set.key_location(pointer.clone());
        (!missing.is_empty()).then(|| publication::incomplete_message(place, &pointer, &missing))
    });
    incomplete.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_small_letters_digits_and_hyphens() {
        for name in ["github", "sharepoint-excel", "acme/github", "n8n"] {
            assert!(is_name(name), "{name}");
        }
        for name in ["Demo", "demo thing", "demo!", "a/b/c", "демо", "acme/"] {
            assert!(!is_name(name), "{name}");
        }
        assert_eq!(suggest_name("Demo Thing!").as_deref(), Some("demo-thing"));
        assert_eq!(suggest_name("демо"), None);
    }
}
