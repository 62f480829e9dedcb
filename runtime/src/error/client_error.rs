//! The errors of the client.

use std::fmt;

use http::StatusCode;
use serde_json::Value;

use super::{ApiError, ApiErrorKind};
use crate::{Violations, transport::TransportError};

/// The reason why a request to the API failed.
///
/// Neither `Display` nor `Debug` shows data that was sent or stored.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The API returned an error.
    #[error("the API returned an error: {0}")]
    Api(Box<ApiError>),
    /// A server other than the API returned an error, such as the storage of an upload or a
    /// gateway. Its text is written to the log but not shown to the bot's owner.
    #[error("unexpected response with status {status}: {text}")]
    Foreign {
        /// The HTTP status of the response.
        status: u16,
        /// The beginning of the response, on one line.
        text: String,
    },
    /// The API was not reached, or its response was lost.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The response of the API cannot be decoded.
    #[error("cannot decode the API's response: {0}")]
    Decode(String),
    /// The request cannot be built. Nothing was sent.
    #[error("cannot build the request: {0}")]
    Request(String),
    /// The payload does not fit its schema. Nothing was sent.
    #[error("the payload does not fit its schema: {0}")]
    Invalid(Violations),
    /// The stored payload is one of an older version, and its migration failed.
    #[error("the stored state `{name}` cannot be migrated: {reason}")]
    Migration {
        /// The name of the state.
        name: String,
        /// The stored payload.
        raw: Value,
        /// The reason: the error of the migration, or the violations of its result.
        reason: Box<str>,
        /// The error of the migration that has a message for the bot's owner.
        answer: Option<Box<ApiError>>,
    },
    /// The stored payload does not fit the schema, for example after an upgrade of the integration.
    #[error("the stored state `{name}` does not fit its schema: {violations}")]
    Stale {
        /// The name of the state.
        name: String,
        /// The stored payload.
        raw: Value,
        /// The violations of the schema.
        violations: Violations,
    },
}

impl ClientError {
    /// Returns the error of the API, if the API returned one.
    #[must_use]
    pub fn api_error(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the HTTP status of an error response, of the API or of another server.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Api(error) => Some(error.code),
            Self::Foreign { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Returns whether the API responded that the requested object does not exist. A 404 of another
    /// server, such as a gateway, does not count.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.api_error()
            .is_some_and(|error| error.kind == ApiErrorKind::ResourceNotFound)
    }

    /// Returns whether the same request may succeed later: the API was not reached, is rate
    /// limiting, or had an internal error.
    ///
    /// The client has already retried the request as its
    /// [`RetryPolicy`](crate::client::RetryPolicy) allows. If the response to a request that
    /// creates an object was lost, the object may exist.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(_) => true,
            _ => self
                .status()
                .is_some_and(|status| status == 429 || status >= 500),
        }
    }
}

impl ClientError {
    /// Creates an error from a response that is not an API error.
    pub(crate) fn foreign(status: StatusCode, body: &[u8]) -> Self {
        Self::Foreign {
            status: status.as_u16(),
            text: beginning(body),
        }
    }
}

/// The maximum number of characters of a response that are shown. Further text may contain secrets:
/// a storage that rejects a signed URL shows the text that must be signed.
const SHOWN: usize = 200;

fn beginning(body: &[u8]) -> String {
    // A character has at most four bytes.
    let body = &body[..body.len().min(SHOWN * 4)];
    let text = String::from_utf8_lossy(body);
    let plain = text.chars().take(SHOWN);
    plain
        .map(|character| match character {
            character if character.is_control() => ' ',
            character => character,
        })
        .collect()
}

impl From<Violations> for ClientError {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

impl fmt::Debug for ClientError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => formatter.debug_tuple("Api").field(error).finish(),
            Self::Foreign { status, text } => formatter
                .debug_struct("Foreign")
                .field("status", status)
                .field("text", text)
                .finish(),
            Self::Transport(error) => formatter.debug_tuple("Transport").field(error).finish(),
            Self::Decode(what) => formatter.debug_tuple("Decode").field(what).finish(),
            Self::Request(what) => formatter.debug_tuple("Request").field(what).finish(),
            Self::Invalid(violations) => {
                formatter.debug_tuple("Invalid").field(violations).finish()
            }
            Self::Migration { name, reason, .. } => formatter
                .debug_struct("Migration")
                .field("name", name)
                .field("reason", reason)
                .finish_non_exhaustive(),
            Self::Stale {
                name, violations, ..
            } => formatter
                .debug_struct("Stale")
                .field("name", name)
                .field("violations", violations)
                .finish_non_exhaustive(),
        }
    }
}
