//! serde's traits, implemented by conversion through a JSON value.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

use super::conversion::Json;

/// Deserializes a JSON value from any format and converts it to the type.
///
/// # Errors
///
/// Returns an error of the format, or an error if the value does not fit the type.
pub fn deserialize<'de, T: Json, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    T::from_json(value).map_err(de::Error::custom)
}

/// Serializes the type to any format.
///
/// # Errors
///
/// Returns an error of the format.
pub fn serialize<S: Serializer>(value: &impl Json, serializer: S) -> Result<S::Ok, S::Error> {
    value.to_json().serialize(serializer)
}
