//! Validation of single fields of a payload.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Payload, Violation, Violations};
use crate::value::normalize_numbers;

/// Validates fields that replace those of a payload, each on its own.
pub(crate) fn check_fields<T: Payload>(
    fields: &impl Serialize,
) -> Result<Map<String, Value>, Violations> {
    // A serializer's error may quote the value.
    let mut fields = serde_json::to_value(fields)
        .map_err(|_| Violation::at_root("json", "cannot be written as JSON"))?;
    normalize_numbers(&mut fields);
    T::schema().validate_fields(&fields)?;
    match fields {
        Value::Object(fields) => Ok(fields),
        _ => Err(Violation::at_root("type", "is not an object").into()),
    }
}
