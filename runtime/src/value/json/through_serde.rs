//! serde's traits, by way of the value.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

use super::Json;

/// Reads a value of any format, and then the type.
///
/// # Errors
///
/// The format's own, or that the value does not have the type.
pub fn deserialize<'de, T: Json, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    T::from_json(value).map_err(de::Error::custom)
}

/// Writes the type to any format.
///
/// # Errors
///
/// The format's own.
pub fn serialize<S: Serializer>(value: &impl Json, serializer: S) -> Result<S::Ok, S::Error> {
    value.to_json().serialize(serializer)
}
