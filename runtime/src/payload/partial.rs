//! Some fields of a payload, without the others.

use serde::Serialize;
use serde_json::{Map, Value};

use super::normalize::normalize_numbers;
use super::schema::compile;
use super::{Payload, Violation, Violations, describe::describe_errors};

/// What a schema's root says of a property on its own. The rest speaks of several together, such as
/// which have to be there.
const SPEAK_OF_ONE: [&str; 9] = [
    "$schema",
    "type",
    "properties",
    "patternProperties",
    "additionalProperties",
    "propertyNames",
    "definitions",
    "$defs",
    "$id",
];

/// Checks fields that are to replace those of a payload, each on its own.
pub(crate) fn check_fields<T: Payload>(
    fields: &impl Serialize,
) -> Result<Map<String, Value>, Violations> {
    // The error of a serializer may quote what it could not write.
    let mut fields = serde_json::to_value(fields)
        .map_err(|_| Violation::at_root("json", "cannot be written as JSON"))?;
    normalize_numbers(&mut fields);
    let violations = describe_errors(
        compile(&schema_of_fields(T::SCHEMA)).iter_errors(&fields),
        &fields,
    );
    if violations.count() > 0 {
        return Err(violations);
    }
    match fields {
        Value::Object(fields) => Ok(fields),
        _ => Err(Violation::at_root("type", "is not an object").into()),
    }
}

fn schema_of_fields(schema: &str) -> Value {
    let mut schema: Value =
        serde_json::from_str(schema).expect("the text of a generated schema is JSON");
    if let Some(keywords) = schema.as_object_mut() {
        keywords.retain(|keyword, _| SPEAK_OF_ONE.contains(&keyword.as_str()));
    }
    schema
}
