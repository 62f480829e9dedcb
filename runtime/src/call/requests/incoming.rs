//! Payloads that are not deserialized yet.

use serde_json::Value;

use crate::{Payload, UnknownFields, Violations};

/// The payload of a call.
pub(in crate::call) enum Incoming<'a> {
    /// Valid JSON.
    Text(&'a str),
    /// A value that was parsed with the body of the call.
    Value(Value),
}

impl Incoming<'_> {
    /// Validates and deserializes the payload.
    pub(super) fn decode<P: Payload>(self, unknown_fields: UnknownFields) -> Result<P, Violations> {
        match self {
            Self::Text(text) => P::from_incoming_text(text, unknown_fields),
            Self::Value(value) => P::from_incoming(value, unknown_fields),
        }
    }
}
