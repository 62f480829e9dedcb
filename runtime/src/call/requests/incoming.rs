//! Payloads that are not deserialized yet.

use serde_json::Value;

use crate::{
    Error, Payload, Result, UnknownFields, Violations, error::refusal, payload::parse_json,
    value::json::TextPart,
};

/// The payload of a call.
pub(in crate::call) enum Incoming<'a> {
    /// A part of the body that is valid JSON if the whole body is.
    Part(TextPart<'a>),
    /// A value that was parsed with the body of the call.
    Value(Box<Value>),
}

impl Incoming<'_> {
    /// Validates and deserializes the payload, which is taken. A valid one is read directly; any other, and one of an
    /// unusual form, is judged as a value. `subject` is the payload's name in errors.
    pub(super) fn decode<P: Payload>(
        &mut self,
        unknown_fields: UnknownFields,
        subject: impl Fn() -> String,
    ) -> Result<P> {
        let value = match self {
            Self::Value(value) => value.take(),
            Self::Part(text) => {
                if let Some(payload) = P::schema().read(*text) {
                    return Ok(payload);
                }
                parse_part(*text)?
            }
        };
        P::from_incoming(value, unknown_fields)
            .map_err(|violations| refusal(&subject(), &violations))
    }

    /// Returns this error, unless the body is not JSON, which comes first.
    pub(super) fn or_invalid(&self, error: impl FnOnce() -> Error) -> Error {
        let invalid = match self {
            Self::Value(_) => None,
            Self::Part(text) => parse_part(*text).err(),
        };
        invalid.unwrap_or_else(error)
    }
}

/// Parses a part of a body. The places in an error are those in the body.
fn parse_part(part: TextPart<'_>) -> Result<Value> {
    let of_body = |violations: Violations| {
        let whole = parse_json(part.whole().as_bytes());
        whole.err().unwrap_or(violations)
    };
    parse_json(part.text().as_bytes())
        .map_err(|violations| refusal("the body", &of_body(violations)))
}
