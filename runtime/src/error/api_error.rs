//! The error that Botpress and integrations tell each other.

use serde::{Serialize, Serializer, ser::SerializeStruct};
use serde_json::Value;

use super::{ApiErrorKind, error_id::new_error_id};

/// An error in the shape of the Botpress API.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct ApiError {
    /// The HTTP status that goes with the error.
    pub code: u16,
    /// What kind of error it is.
    pub kind: ApiErrorKind,
    /// The error's own id, to find it in logs.
    pub id: String,
    /// What went wrong, for a person.
    pub message: String,
    /// What went wrong, for a program.
    pub metadata: Option<Value>,
}

/// How much of an answer that is no API error a message keeps: it may be the page of a gateway.
const SHOWN: usize = 1000;

impl ApiError {
    /// Creates an error with a new id and the code of its kind.
    pub fn new(kind: ApiErrorKind, message: impl Into<String>) -> Self {
        Self {
            code: kind.code(),
            kind,
            id: new_error_id(),
            message: message.into(),
            metadata: None,
        }
    }

    /// Adds what a program may read about the error.
    #[must_use]
    pub fn with_metadata(mut self, metadata: Value) -> Self {
        self.metadata = Some(metadata);
        self
    }

    /// Reads an error from what the API answered.
    ///
    /// Every shape gives an error. A kind that is not known is [`Unknown`](ApiErrorKind::Unknown), and
    /// everything else is kept, its name in the message. So is what is no API error at all, of which the
    /// message keeps the beginning.
    #[must_use]
    pub fn from_wire(body: &Value) -> Self {
        Self::try_from_wire(body).unwrap_or_else(|| {
            let shown: String = body.to_string().chars().take(SHOWN).collect();
            let message = format!("An invalid error occurred: {shown}");
            Self::new(ApiErrorKind::Unknown, message)
        })
    }

    /// As [`from_wire`](Self::from_wire); none when the body has not the shape of an API error.
    pub(crate) fn try_from_wire(body: &Value) -> Option<Self> {
        let text = |name: &str| body.get(name).and_then(Value::as_str);
        let code = body.get("code").and_then(Value::as_u64);
        let (code, name, id, message) = (code?, text("type")?, text("id")?, text("message")?);
        let id = if id.is_empty() { "UNKNOWN" } else { id };
        let (kind, code, message) = match ApiErrorKind::from_wire(name) {
            Some(kind) => (kind, kind.code(), message.to_owned()),
            None => (
                ApiErrorKind::Unknown,
                u16::try_from(code).unwrap_or(ApiErrorKind::Unknown.code()),
                format!("An unclassified API error occurred: {message} ({name})"),
            ),
        };
        Some(Self {
            code,
            kind,
            id: id.to_owned(),
            message,
            metadata: body.get("metadata").cloned(),
        })
    }
}

impl Serialize for ApiError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = 4 + usize::from(self.metadata.is_some());
        let mut error = serializer.serialize_struct("ApiError", fields)?;
        error.serialize_field("id", &self.id)?;
        error.serialize_field("code", &self.code)?;
        error.serialize_field("type", self.kind.as_str())?;
        error.serialize_field("message", &self.message)?;
        if let Some(metadata) = &self.metadata {
            error.serialize_field("metadata", metadata)?;
        }
        error.end()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_error_is_read_back_as_it_was_written() {
        let error = ApiError::new(ApiErrorKind::Forbidden, "no").with_metadata(json!({ "a": 1 }));
        let written = serde_json::to_value(&error).unwrap();
        assert_eq!(written["type"], "Forbidden");
        assert_eq!(ApiError::from_wire(&written), error);
    }

    #[test]
    fn an_unknown_kind_and_another_shape_are_unknown_errors() {
        let unclassified = json!({
            "code": 418, "type": "Teapot", "id": "err_1", "message": "short", "metadata": [1],
        });
        let error = ApiError::from_wire(&unclassified);
        assert_eq!((error.kind, error.code), (ApiErrorKind::Unknown, 418));
        assert_eq!(
            (error.id.as_str(), error.metadata),
            ("err_1", Some(json!([1])))
        );
        assert_eq!(
            error.message,
            "An unclassified API error occurred: short (Teapot)"
        );

        let error = ApiError::from_wire(&json!({ "oops": true }));
        assert_eq!(error.message, r#"An invalid error occurred: {"oops":true}"#);
    }

    #[test]
    fn an_empty_id_is_unknown() {
        let body = json!({ "code": 404, "type": "ResourceNotFound", "id": "", "message": "gone" });
        assert_eq!(ApiError::from_wire(&body).id, "UNKNOWN");
    }
}
