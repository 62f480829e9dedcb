//! Conversion of payloads from and to JSON.

use serde::{Deserializer, Serialize, de::DeserializeOwned};
use serde_json::{Value, error::Category};

use super::{Schema, UnknownFields, Violation, Violations, unknown_fields::settle};
use crate::value::{
    json::{Json, MarkedText, Mismatch},
    normalize_numbers, push_segment,
};

/// A type with a JSON Schema. Values are validated when they are read and when they are written.
///
/// Generated code implements it. Reading is strict: a field that a closed object does not declare
/// is a violation.
pub trait Payload: Json + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The JSON Schema, as it is in the definition.
    const SCHEMA: &'static str;

    /// Returns the compiled schema.
    #[doc(hidden)]
    fn schema() -> &'static Schema;

    /// Parses a payload from JSON text.
    ///
    /// # Errors
    ///
    /// Returns an error that lists every violation if the text is not JSON or the value does not
    /// fit the schema.
    fn decode(bytes: &[u8]) -> Result<Self, Violations> {
        Self::from_incoming_text(bytes, UnknownFields::Refuse)
    }

    /// Converts a JSON value to a payload.
    ///
    /// # Errors
    ///
    /// Returns an error that lists every violation if the value does not fit the schema.
    fn from_value(value: Value) -> Result<Self, Violations> {
        Self::from_incoming(value, UnknownFields::Refuse)
    }

    /// Parses a payload from received JSON text. `unknown_fields` decides about undeclared fields.
    ///
    /// A valid text is read directly. Any other, and one of an unusual form, is judged as a value.
    #[doc(hidden)]
    fn from_incoming_text(bytes: &[u8], unknown_fields: UnknownFields) -> Result<Self, Violations> {
        let text = MarkedText::of(bytes);
        match text.and_then(|text| Self::schema().read(text.all())) {
            Some(payload) => Ok(payload),
            None => Self::from_incoming(parse_json(bytes)?, unknown_fields),
        }
    }

    /// Converts a received JSON value to a payload. `unknown_fields` decides about undeclared
    /// fields.
    #[doc(hidden)]
    fn from_incoming(mut value: Value, unknown_fields: UnknownFields) -> Result<Self, Violations> {
        normalize_numbers(&mut value);
        settle(&mut value, unknown_fields, Self::schema())?;
        Ok(Self::from_json(value)?)
    }

    /// Serializes the payload as JSON text.
    ///
    /// # Errors
    ///
    /// Returns an error that lists every violation if the payload does not fit its schema.
    fn encode(&self) -> Result<Vec<u8>, Violations> {
        let mut text = Vec::new();
        self.encode_into(&mut text)?;
        Ok(text)
    }

    /// Appends the payload to JSON text. If it fails, the text is as it was.
    #[doc(hidden)]
    fn encode_into(&self, text: &mut Vec<u8>) -> Result<(), Violations> {
        let start = text.len();
        if Self::schema().write(self, text) {
            return Ok(());
        }
        text.truncate(start);
        let value = self.to_value()?;
        text.extend_from_slice(value.to_string().as_bytes());
        Ok(())
    }

    /// Converts the payload to a JSON value.
    ///
    /// # Errors
    ///
    /// Returns an error that lists every violation if the payload does not fit its schema.
    fn to_value(&self) -> Result<Value, Violations> {
        let mut value = self.to_json();
        normalize_numbers(&mut value);
        Self::schema().validate(&value)?;
        Ok(value)
    }
}

/// Parses JSON text. Errors contain the line and the column, and never quote the text.
pub(crate) fn parse_json(bytes: &[u8]) -> Result<Value, Violations> {
    let parsed = match str::from_utf8(bytes) {
        // The strings in it are not checked again.
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(bytes),
    };
    parsed.map_err(|error| {
        let problem = match error.classify() {
            Category::Eof => "ends too early to be JSON",
            Category::Syntax | Category::Data | Category::Io => "is not JSON",
        };
        let (line, column) = (error.line(), error.column());
        let message = format!("{problem} (line {line}, column {column})");
        Violation::at_root("json", message).into()
    })
}

/// Deserializes a value that has passed validation. Errors contain only the location, because the
/// errors of a deserializer quote values.
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

/// Returns the name of a missing field. It comes from the type and not from the value.
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
            // An enum variant is part of the type and has no location in the value.
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
