//! The errors of the Botpress API.

use serde::{Serialize, Serializer, ser::SerializeStruct};
use serde_json::Value;

use super::{ApiErrorKind, error_id::new_error_id};

/// An error in the form of the Botpress API.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct ApiError {
    /// The HTTP status of the error.
    pub code: u16,
    /// The kind of the error.
    pub kind: ApiErrorKind,
    /// The error's id, for finding it in logs.
    pub id: String,
    /// The message, for people.
    pub message: String,
    /// Additional data, for programs.
    pub metadata: Option<Value>,
}

/// The maximum length of the quote of a response that is not an API error, such as a gateway's HTML
/// page.
const SHOWN: usize = 1000;

impl ApiError {
    /// Creates an error with a new id and the status code of its kind.
    pub fn new(kind: ApiErrorKind, message: impl Into<String>) -> Self {
        Self {
            code: kind.code(),
            kind,
            id: new_error_id(),
            message: message.into(),
            metadata: None,
        }
    }

    /// Adds metadata.
    #[must_use]
    pub fn with_metadata(mut self, metadata: Value) -> Self {
        self.metadata = Some(metadata);
        self
    }

    /// Parses an error from the body of an API response.
    ///
    /// Every body results in an error. The kind is [`Unknown`](ApiErrorKind::Unknown) if the API
    /// error has an unknown kind, whose name is then added to the message, and if the body is not
    /// an API error, in which case the message quotes its beginning.
    #[must_use]
    pub fn from_wire(body: &Value) -> Self {
        Self::try_from_wire(body).unwrap_or_else(|| {
            let shown: String = body.to_string().chars().take(SHOWN).collect();
            let message = format!("An invalid error occurred: {shown}");
            Self::new(ApiErrorKind::Unknown, message)
        })
    }

    /// Parses an error like [`from_wire`](Self::from_wire). Returns `None` if the body is not an
    /// API error.
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
