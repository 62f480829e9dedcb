//! Conversion of errors to responses.

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::json;

use super::{ApiError, ApiErrorKind, Error};
use crate::Violations;

/// The official SDK's message for errors without an explanation.
const UNEXPECTED: &str = "An unexpected error occurred in the integration. Bot owners: Check logs \
    for more informations. Integration owners: throw a RuntimeError to return a custom error \
    message instead.";

/// The response to an error: its status and the error in the form of the Botpress API.
#[derive(Debug)]
pub(crate) struct ErrorResponse {
    pub(crate) status: StatusCode,
    pub(crate) error: ApiError,
}

/// Converts an error to its response, as the official SDK does.
pub(crate) fn answer_error(error: &Error) -> ErrorResponse {
    match error.as_api() {
        Some(api)
            if matches!(
                api.kind,
                ApiErrorKind::Runtime | ApiErrorKind::InvalidPayload
            ) =>
        {
            ErrorResponse::of(api.clone())
        }
        Some(api) => internal(&api.message),
        None => internal(UNEXPECTED),
    }
}

/// An error of the kind `Runtime` with code 400 in a response with status 500, as the official SDK
/// sends it.
fn internal(message: &str) -> ErrorResponse {
    ErrorResponse {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        error: ApiError::new(ApiErrorKind::Runtime, message),
    }
}

impl ErrorResponse {
    /// Creates a response from an error, with the status of its code.
    pub(crate) fn of(error: ApiError) -> Self {
        let status = StatusCode::from_u16(error.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, error }
    }

    /// Converts the response to an HTTP response.
    pub(crate) fn into_response(self) -> Response<Bytes> {
        let body = json!(self.error).to_string();
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = self.status;
        response
    }
}

/// Creates an error for invalid input, with all violations.
pub(crate) fn refusal(subject: &str, violations: &Violations) -> Error {
    let error = ApiError::new(
        ApiErrorKind::InvalidPayload,
        format!("{subject} is invalid: {violations}"),
    );
    let places: Vec<_> = violations
        .listed()
        .map(|violation| json!({ "path": violation.instance_path, "message": violation.message }))
        .collect();
    error.with_metadata(json!({ "violations": places })).into()
}
