//! Errors of operations.

use contexture::{ApiError, ApiErrorKind};

use crate::storage::StorageError;

/// Why an operation failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The API refuses the request.
    #[error(transparent)]
    Refused(Box<ApiError>),
    /// The storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The content of a file could not be read or written.
    #[error("the content of the file could not be stored: {0}")]
    Content(#[from] std::io::Error),
}

pub(crate) type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    pub(crate) fn new(kind: ApiErrorKind, message: impl Into<String>) -> Self {
        Self::Refused(Box::new(ApiError::new(kind, message)))
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(ApiErrorKind::InvalidPayload, message)
    }

    pub(crate) fn invalid_query(message: impl Into<String>) -> Self {
        Self::new(ApiErrorKind::InvalidQuery, message)
    }

    pub(crate) fn forbidden(message: impl Into<String>) -> Self {
        Self::new(ApiErrorKind::Forbidden, message)
    }

    pub(crate) fn limit(message: impl Into<String>) -> Self {
        Self::new(ApiErrorKind::LimitExceeded, message)
    }

    /// The resource that the path names does not exist.
    pub(crate) fn not_found(what: &str, id: &str) -> Self {
        let message = format!("{what} {id:?} does not exist");
        Self::new(ApiErrorKind::ResourceNotFound, message)
    }

    /// A resource that the body names does not exist.
    pub(crate) fn no_reference(what: &str, id: &str) -> Self {
        let message = format!("{what} {id:?} does not exist");
        Self::new(ApiErrorKind::ReferenceNotFound, message)
    }

    /// The resource exists already.
    pub(crate) fn exists(message: impl Into<String>) -> Self {
        Self::new(ApiErrorKind::AlreadyExists, message)
    }

    /// The error of the API.
    pub(crate) fn into_api_error(self) -> ApiError {
        match self {
            Self::Refused(error) => *error,
            other => ApiError::new(ApiErrorKind::Internal, other.to_string()),
        }
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(error.into())
    }
}
