//! The definition as JSON text.

use std::collections::HashSet;

use serde_json::Value;

use super::self_contained;
use crate::definition::DefinitionSet;
use crate::diagnostic::Pointer;
use crate::model::{JsonText, SchemaText};
use crate::sections::embedded_schemas;

/// The definition as JSON text, with self-contained schemas.
pub(crate) fn definition_text(set: &DefinitionSet) -> JsonText {
    let places = embedded_schemas(&set.files().get(set.root()).value);
    let mut writer = Writer {
        set,
        places: places.into_iter().collect(),
        written: JsonText::default(),
    };
    writer.write(set.published(), &Pointer::root());
    writer.written
}

struct Writer<'a> {
    set: &'a DefinitionSet<'a>,
    /// The places of the schemas.
    places: HashSet<Pointer>,
    written: JsonText,
}

impl Writer<'_> {
    fn write(&mut self, value: &Value, at: &Pointer) {
        if self.places.contains(at) {
            let schema = self_contained(self.set, &self.set.schema_at(at.clone())).schema;
            self.written.schemas.push(SchemaText {
                before: std::mem::take(&mut self.written.end),
                place: at.clone(),
                text: schema.to_string(),
            });
            return;
        }
        match value {
            Value::Object(members) => {
                let mut separator = "{";
                for (name, member) in members {
                    self.push(separator);
                    self.push(&Value::from(name.as_str()).to_string());
                    self.push(":");
                    self.write(member, &at.child(name));
                    separator = ",";
                }
                self.push(if members.is_empty() { "{}" } else { "}" });
            }
            // No schema of a definition is in a list.
            other => self.push(&other.to_string()),
        }
    }

    fn push(&mut self, text: &str) {
        self.written.end.push_str(text);
    }
}
