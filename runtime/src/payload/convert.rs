//! Payloads from and to JSON.

use serde::{Deserializer, Serialize, de::DeserializeOwned};
use serde_json::{Value, error::Category};

use super::{Schema, UnknownFields, Violation, Violations, unknown_fields::settle};
use crate::value::{
    json::{Json, Mismatch},
    normalize_numbers, push_segment,
};

/// A type with a schema, which every value is checked against when it comes in and goes out.
///
/// Generated code implements it; reading is exact: a field that a closed object does not declare
/// is a violation.
pub trait Payload: Json + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The JSON Schema, as the definition has it.
    const SCHEMA: &'static str;

    /// The compiled schema.
    #[doc(hidden)]
    fn schema() -> &'static Schema;

    /// Reads a payload from JSON text.
    ///
    /// # Errors
    ///
    /// The text is not JSON, or the value does not fit the schema: every violation is listed.
    fn decode(bytes: &[u8]) -> Result<Self, Violations> {
        Self::from_value(parse_json(bytes)?)
    }

    /// Reads a payload from a JSON value.
    ///
    /// # Errors
    ///
    /// The value does not fit the schema: every violation is listed.
    fn from_value(value: Value) -> Result<Self, Violations> {
        Self::from_incoming(value, UnknownFields::Refuse)
    }

    /// Reads a payload that came in, whose undeclared fields may be dropped.
    #[doc(hidden)]
    fn from_incoming(mut value: Value, unknown_fields: UnknownFields) -> Result<Self, Violations> {
        normalize_numbers(&mut value);
        settle(&mut value, unknown_fields, Self::schema())?;
        Ok(Self::from_json(value)?)
    }

    /// Writes the payload as JSON text.
    ///
    /// # Errors
    ///
    /// The payload does not fit its schema: every violation is listed.
    fn encode(&self) -> Result<Vec<u8>, Violations> {
        Ok(self.to_value()?.to_string().into_bytes())
    }

    /// Writes the payload as a JSON value.
    ///
    /// # Errors
    ///
    /// The payload does not fit its schema: every violation is listed.
    fn to_value(&self) -> Result<Value, Violations> {
        let mut value = self.to_json();
        normalize_numbers(&mut value);
        Self::schema().validate(&value)?;
        Ok(value)
    }
}

/// Reads JSON text; what is wrong with it is told by line and column, never quoted.
pub(crate) fn parse_json(bytes: &[u8]) -> Result<Value, Violations> {
    serde_json::from_slice(bytes).map_err(|error| {
        let problem = match error.classify() {
            Category::Eof => "ends too early to be JSON",
            Category::Syntax | Category::Data | Category::Io => "is not JSON",
        };
        let (line, column) = (error.line(), error.column());
        let message = format!("{problem} (line {line}, column {column})");
        Violation::at_root("json", message).into()
    })
}

/// Types a value that fits its schema. What still does not fit is told by its place only, since
/// the error of a deserializer quotes values.
pub(crate) fn parse_typed<'de, T: DeserializeOwned>(
    value: impl Deserializer<'de>,
) -> Result<T, Violations> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let mut pointer = pointer_of(error.path());
        let text = error.inner().to_string();
        let violation = match missing_field(&text) {
            Some(name) => {
                push_segment(&mut pointer, name);
                Violation::new(pointer, "required", "is required")
            }
            None => Violation::new(pointer, "type", "does not fit its type"),
        };
        violation.into()
    })
}

/// The name of the field that is missing, which comes from a type and from no value.
fn missing_field(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix("missing field `")?.split_once('`')?;
    Some(name)
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;

    let mut pointer = String::new();
    for segment in path {
        let name = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => key.clone(),
            // A variant is a fact of the type and has no place of its own in the value.
            Segment::Enum { .. } => continue,
            Segment::Unknown => break,
        };
        push_segment(&mut pointer, &name);
    }
    pointer
}

impl From<Mismatch> for Violations {
    fn from(mismatch: Mismatch) -> Self {
        let (place, keyword) = (mismatch.pointer(), mismatch.keyword());
        Violation::new(place, keyword, mismatch.message()).into()
    }
}
