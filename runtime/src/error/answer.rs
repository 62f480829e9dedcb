//! Errors into answers.

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::json;

use super::{ApiError, ApiErrorKind, Error};
use crate::Violations;

/// The text of the official SDK for what a handler did not explain.
const UNEXPECTED: &str = "An unexpected error occurred in the integration. Bot owners: Check logs \
    for more informations. Integration owners: throw a RuntimeError to return a custom error \
    message instead.";

/// The answer to an error: a status and the error as Botpress sees it.
#[derive(Debug)]
pub(crate) struct ErrorResponse {
    pub(crate) status: StatusCode,
    pub(crate) error: ApiError,
}

/// Maps an error to its answer, as the official SDK does.
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

/// An error of the kind `Runtime`, code 400, inside a 500: so does the official SDK.
fn internal(message: &str) -> ErrorResponse {
    ErrorResponse {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        error: ApiError::new(ApiErrorKind::Runtime, message),
    }
}

impl ErrorResponse {
    /// Answers an error as it is, with the status of its code.
    pub(crate) fn of(error: ApiError) -> Self {
        let status = StatusCode::from_u16(error.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, error }
    }

    /// The answer as an HTTP response.
    pub(crate) fn into_response(self) -> Response<Bytes> {
        let body = json!(self.error).to_string();
        let mut response = Response::new(Bytes::from(body));
        *response.status_mut() = self.status;
        response
    }
}

/// Refuses what was sent, naming every place that does not fit.
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
