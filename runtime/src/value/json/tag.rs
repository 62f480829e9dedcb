//! Unions whose alternatives are distinguished by a tag property.

use serde_json::{Map, Value};

use super::{conversion::Json, mismatch::Mismatch};

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

/// Serializes the variant of a union, with its tag first.
pub fn with_tag(tag: &str, text: &str, alternative: &impl Json) -> Value {
    let mut members = Map::new();
    members.insert(tag.to_owned(), text.into());
    if let Value::Object(rest) = alternative.to_json() {
        for (name, value) in rest {
            members.entry(name).or_insert(value);
        }
    }
    members.into()
}
