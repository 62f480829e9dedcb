//! Pages that cannot be shown.

use axum::response::{IntoResponse, Response};
use http::StatusCode;

use super::frame;
use crate::platform::PlatformError;
use crate::storage::StorageError;

/// Why a page cannot be shown.
#[derive(Debug)]
pub(super) struct Failure {
    status: StatusCode,
    text: String,
}

/// A response, or why there is none.
pub(super) type Answer = Result<Response, Failure>;

impl Failure {
    pub(super) fn new(status: StatusCode, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { status, text }
    }

    pub(super) fn not_found(what: &str, name: &str) -> Self {
        let text = format!("There is no {what} `{name}`.");
        Self::new(StatusCode::NOT_FOUND, text)
    }
}

impl From<PlatformError> for Failure {
    fn from(error: PlatformError) -> Self {
        let status = match error {
            PlatformError::UnknownInstance(_) | PlatformError::UnknownExchange(_) => {
                StatusCode::NOT_FOUND
            }
            PlatformError::Storage(_) | PlatformError::NoRandomNumbers => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::new(status, sentence(&error.to_string()))
    }
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            sentence(&error.to_string()),
        )
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let title = match self.status {
            StatusCode::NOT_FOUND => "Not found",
            _ => "That did not work",
        };
        (self.status, frame::bare(title, &self.text)).into_response()
    }
}

/// A message of the emulator as a sentence.
pub(super) fn sentence(message: &str) -> String {
    let mut characters = message.chars();
    let Some(first) = characters.next() else {
        return String::new();
    };
    let mut sentence: String = first.to_uppercase().collect();
    sentence.push_str(characters.as_str());
    if !sentence.ends_with(['.', '!', '?', '…']) {
        sentence.push('.');
    }
    sentence
}
