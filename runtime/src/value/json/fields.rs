//! The properties of an object, on the way into the fields of a struct.

use serde_json::{Map, Value};

use super::{Json, Mismatch};

/// The properties of an object, each of which is taken once.
#[derive(Debug)]
pub struct Fields {
    properties: Map<String, Value>,
    /// How many of them were not taken.
    left: usize,
}

impl Fields {
    /// The properties of a value.
    ///
    /// # Errors
    ///
    /// The value is no object.
    pub fn of(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Object(properties) => Ok(Self {
                left: properties.len(),
                properties,
            }),
            _ => Err(Mismatch::wrong_type()),
        }
    }

    /// Reads a property that has to be there.
    ///
    /// # Errors
    ///
    /// It is not there, or does not have its type.
    pub fn required<T: Json>(&mut self, name: &'static str) -> Result<T, Mismatch> {
        let value = self.take(name).ok_or_else(|| Mismatch::missing(name))?;
        T::from_json(value).map_err(|mismatch| mismatch.in_field(name))
    }

    /// Reads a property that may be absent. A null is a value, which the type takes or not.
    ///
    /// # Errors
    ///
    /// It does not have its type.
    pub fn optional<T: Json>(&mut self, name: &'static str) -> Result<Option<T>, Mismatch> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let read = T::from_json(value).map_err(|mismatch| mismatch.in_field(name))?;
        Ok(Some(read))
    }

    /// Reads what is left, of an object that is open.
    ///
    /// # Errors
    ///
    /// What is left does not have its type.
    pub fn rest<T: Json>(mut self, declared: &[&str]) -> Result<T, Mismatch> {
        if self.left == 0 {
            self.properties.clear();
        } else if self.left < self.properties.len() {
            self.properties
                .retain(|name, _| !declared.contains(&name.as_str()));
        }
        T::from_json(Value::Object(self.properties))
    }

    /// Makes sure that nothing is left, of an object that is closed.
    ///
    /// # Errors
    ///
    /// There is a property that was not taken.
    pub fn none_left(self) -> Result<(), Mismatch> {
        if self.left == 0 {
            Ok(())
        } else {
            Err(Mismatch::undeclared())
        }
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        let value = self.properties.get_mut(name)?.take();
        self.left -= 1;
        Some(value)
    }
}

/// The text that tells which alternative of a union an object is.
///
/// # Errors
///
/// The value is no object, or has no such text.
pub fn read_tag(value: &Value, tag: &'static str) -> Result<String, Mismatch> {
    let Value::Object(properties) = value else {
        return Err(Mismatch::wrong_type());
    };
    match properties.get(tag) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(_) => Err(Mismatch::wrong_type().in_field(tag)),
        None => Err(Mismatch::missing(tag)),
    }
}

/// Reads an alternative of a union, which knows nothing of its tag.
///
/// # Errors
///
/// The value does not have its type.
pub fn without_tag<T: Json>(mut value: Value, tag: &str) -> Result<T, Mismatch> {
    if let Value::Object(properties) = &mut value {
        properties.shift_remove(tag);
    }
    T::from_json(value)
}
