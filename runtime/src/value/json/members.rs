//! The members of an object, out of the fields of a struct.

use serde_json::{Map, Value};

use super::Json;

/// The members of an object, in the order in which they are written.
#[derive(Debug, Default)]
pub struct Members(Map<String, Value>);

impl Members {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes a property that is always there.
    pub fn required(&mut self, name: &str, field: &impl Json) {
        self.0.insert(name.to_owned(), field.to_json());
    }

    /// Writes a property unless it is absent.
    pub fn optional<T: Json>(&mut self, name: &str, field: &Option<T>) {
        if let Some(field) = field {
            self.required(name, field);
        }
    }

    /// Writes what the object has beside its declared properties, which it does not replace.
    pub fn rest(&mut self, rest: &impl Json) {
        if let Value::Object(rest) = rest.to_json() {
            for (name, value) in rest {
                self.0.entry(name).or_insert(value);
            }
        }
    }

    /// The object.
    #[must_use]
    pub fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

/// Writes an alternative of a union behind its tag.
pub fn with_tag(tag: &str, text: &str, alternative: &impl Json) -> Value {
    let mut members = Members::new();
    members.0.insert(tag.to_owned(), Value::from(text));
    members.rest(alternative);
    members.into_value()
}
