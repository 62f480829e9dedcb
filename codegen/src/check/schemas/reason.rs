//! The reason why a value does not fit a schema.

use jsonschema::Validator;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use serde_json::Value;

use crate::diagnostic::suggest::list;

/// The reason why a validator refuses a value, without the value; `None` if it accepts the value.
pub(super) fn refusal(validator: &Validator, value: &Value) -> Option<String> {
    let error = validator.iter_errors(value).next()?;
    let place = error.instance_path().as_str();
    let within = match place {
        "" => String::new(),
        place => format!(" at `{place}`"),
    };
    let reason = match error.kind() {
        ValidationErrorKind::Type { kind } => {
            let expected = types(kind);
            let expected = list(expected.iter().copied(), "or");
            format!("expected {expected}, found {}", type_of(error.instance()))
        }
        ValidationErrorKind::Enum { .. } => "not one of the values of `enum`".to_owned(),
        _ => error.masked_with("this").to_string(),
    };
    Some(reason + &within)
}

fn types(kind: &TypeKind) -> Vec<&'static str> {
    match kind {
        TypeKind::Single(only) => vec![only.as_str()],
        TypeKind::Multiple(several) => several.iter().map(jsonschema::JsonType::as_str).collect(),
    }
}

/// The type of a value, as code.
fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "`null`",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
