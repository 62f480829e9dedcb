//! Serialization of objects: fields of a struct become members.

use serde_json::{Map, Value};

use super::Json;

/// The members of an object, in the order of serialization.
#[derive(Debug, Default)]
pub struct Members(Map<String, Value>);

impl Members {
    /// Creates an empty object.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a required property.
    pub fn required(&mut self, name: &str, field: &impl Json) {
        self.0.insert(name.to_owned(), field.to_json());
    }

    /// Adds an optional property, unless it is absent.
    pub fn optional<T: Json>(&mut self, name: &str, field: &Option<T>) {
        if let Some(field) = field {
            self.required(name, field);
        }
    }

    /// Adds additional properties. They do not replace declared properties.
    pub fn rest(&mut self, rest: &impl Json) {
        if let Value::Object(rest) = rest.to_json() {
            for (name, value) in rest {
                self.0.entry(name).or_insert(value);
            }
        }
    }

    /// Returns the object.
    #[must_use]
    pub fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

/// Serializes the variant of a union, with its tag first.
pub fn with_tag(tag: &str, text: &str, alternative: &impl Json) -> Value {
    let mut members = Members::new();
    members.0.insert(tag.to_owned(), Value::from(text));
    members.rest(alternative);
    members.into_value()
}
