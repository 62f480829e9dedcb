//! Deserialization of objects: properties become the fields of a struct.

use serde_json::{Map, Value};

use super::{Json, Mismatch};

/// The properties of an object. Each can be taken once.
#[derive(Debug)]
pub struct Fields {
    properties: Map<String, Value>,
    /// The number of properties that are not taken yet.
    left: usize,
}

impl Fields {
    /// Creates the properties of an object.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not an object.
    pub fn of(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Object(properties) => Ok(Self {
                left: properties.len(),
                properties,
            }),
            _ => Err(Mismatch::wrong_type()),
        }
    }

    /// Deserializes a required property.
    ///
    /// # Errors
    ///
    /// Returns an error if the property is missing or does not fit its type.
    pub fn required<T: Json>(&mut self, name: &'static str) -> Result<T, Mismatch> {
        let value = self.take(name).ok_or_else(|| Mismatch::missing(name))?;
        T::from_json(value).map_err(|mismatch| mismatch.in_field(name))
    }

    /// Deserializes an optional property into its field, which is left as it is if the property is absent. Null is a value,
    /// which the type accepts or rejects.
    ///
    /// # Errors
    ///
    /// Returns an error if the property does not fit its type.
    pub fn optional<T: Json>(
        &mut self,
        name: &'static str,
        field: &mut Option<T>,
    ) -> Result<(), Mismatch> {
        if let Some(value) = self.take(name) {
            let read = T::from_json(value).map_err(|mismatch| mismatch.in_field(name))?;
            *field = Some(read);
        }
        Ok(())
    }

    /// Deserializes the remaining properties, for an object that allows additional properties.
    ///
    /// # Errors
    ///
    /// Returns an error if a remaining property does not fit its type.
    pub fn rest<T: Json>(mut self, declared: &[&str]) -> Result<T, Mismatch> {
        if self.left == 0 {
            self.properties.clear();
        } else if self.left < self.properties.len() {
            self.properties
                .retain(|name, _| !declared.contains(&name.as_str()));
        }
        T::from_json(Value::Object(self.properties))
    }

    /// Checks that no properties remain, for an object that does not allow additional properties.
    ///
    /// # Errors
    ///
    /// Returns an error if a property was not taken.
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

/// Reads the tag, which selects the variant of a union.
///
/// # Errors
///
/// Returns an error if the value is not an object or has no tag of type string.
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

/// Removes the tag and deserializes the variant of a union.
///
/// # Errors
///
/// Returns an error if the value does not fit the type.
pub fn without_tag<T: Json>(mut value: Value, tag: &str) -> Result<T, Mismatch> {
    if let Value::Object(properties) = &mut value {
        properties.shift_remove(tag);
    }
    T::from_json(value)
}
