//! Botpress's built-in messages.
//!
//! ```yaml
//! channels:
//!   channel:
//!     messages: { $defaults: [text, image] }
//! ```
//!
//! `messages.json` has their schemas as `messages.defaults` of the official SDK (`@botpress/sdk` 7.2.4) prints them. It is
//! a file that every definition can refer to, as to the schemas of JSON Schema: each name of `$defaults` becomes a message
//! of one reference, so that the same message of several channels is one type.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use crate::diagnostic::catalog::shape;
use crate::diagnostic::{Diagnostic, FileId, Location, Origins, Pointer};
use crate::sections::places;

/// The address of the file.
pub(super) const ADDRESS: &str = "botpress:messages";

/// The property of `messages` that lists built-in messages.
pub(super) const LIST: &str = "$defaults";

/// The schemas of the messages, under `definitions`.
pub(super) static MESSAGES: LazyLock<Value> = LazyLock::new(|| {
    let text = include_str!("messages.json");
    serde_json::from_str(text).expect("the file is JSON")
});

/// The names of the messages.
pub(super) fn names() -> Vec<&'static str> {
    let messages = MESSAGES["definitions"].as_object().into_iter().flatten();
    messages.map(|(name, _)| name.as_str()).collect()
}

/// The schema of a message that is a reference to a built-in one.
pub(super) fn behind(schema: &Value) -> Option<&'static Value> {
    let reference = schema.get("$ref")?.as_str()?;
    let place = reference.strip_prefix(ADDRESS)?.strip_prefix('#')?;
    MESSAGES.pointer(place)
}

/// Puts the schemas of built-in messages in the place of references to them.
pub(super) fn inline(definition: &mut Value) {
    let schemas = places(definition, "channels/*/messages/*/schema").into_iter();
    let referring = schemas.filter_map(|(place, schema)| Some((place, behind(schema)?)));
    for (place, schema) in referring.collect::<Vec<_>>() {
        if let Some(there) = definition.pointer_mut(place.as_str()) {
            *there = schema.clone();
        }
    }
}

/// A file with the messages that its lists name.
#[derive(Debug)]
pub(super) struct Expanded {
    pub(super) value: Value,
    /// The places of the new messages in the lists.
    pub(super) origins: Origins,
    pub(super) found: Vec<Diagnostic>,
}

/// Declares the messages that the lists of a definition or an interface name; `None` if there is no list.
pub(super) fn expand(file: FileId, value: &Value) -> Option<Expanded> {
    let lists: Vec<_> = places(value, "channels/*/messages/$defaults")
        .into_iter()
        .filter_map(|(place, list)| Some((place, list.as_array()?.clone())))
        .collect();
    if lists.is_empty() {
        return None;
    }
    let mut expanded = Expanded {
        value: value.clone(),
        origins: Origins::new(),
        found: Vec::new(),
    };
    for (place, list) in &lists {
        expanded.declare(file, place, list);
    }
    Some(expanded)
}

impl Expanded {
    fn declare(&mut self, file: FileId, list: &Pointer, items: &[Value]) {
        let at = list.parent().unwrap_or_default();
        let Some(Value::Object(messages)) = self.value.pointer_mut(at.as_str()) else {
            return;
        };
        messages.shift_remove(LIST);
        let mut known: HashMap<String, Location> = messages
            .keys()
            .map(|name| (name.clone(), Location::key(file, at.child(name))))
            .collect();
        for (index, item) in items.iter().enumerate() {
            let place = list.item(index);
            let location = Location::value(file, place.clone());
            let Some(name) = item.as_str().filter(|name| names().contains(name)) else {
                self.found
                    .push(shape::unknown_value(location, list, item, &names()));
                continue;
            };
            if let Some(first) = known.get(name) {
                self.found
                    .push(shape::overridden_default(location, first.clone(), name));
                continue;
            }
            known.insert(name.to_owned(), location);
            self.origins.insert(at.child(name), (file, place));
            messages.insert(name.to_owned(), message(name));
        }
        messages.sort_keys();
    }
}

fn message(name: &str) -> Value {
    let mut message = Map::new();
    let reference = format!("{ADDRESS}#/definitions/{name}");
    message.insert("schema".to_owned(), json!({ "$ref": reference }));
    Value::Object(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_has_a_closed_object() {
        assert_eq!(names().len(), 11);
        for name in names() {
            let schema = &MESSAGES["definitions"][name];
            assert_eq!(schema["additionalProperties"], false, "{name}");
            assert!(jsonschema::draft7::new(schema).is_ok(), "{name}");
        }
    }
}
