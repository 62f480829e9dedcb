//! Why a request to the API gave no result.

use std::fmt;

use http::StatusCode;
use serde_json::Value;

use super::{ApiError, ApiErrorKind};
use crate::{Violations, transport::TransportError};

/// Says why a request to the API gave no result.
///
/// Neither the display nor the debug form shows what was sent or stored.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The API refused.
    #[error("the API refused: {0}")]
    Api(Box<ApiError>),
    /// Another server than the API refused: the storage of an upload, or a gateway on the way. Its words are for the
    /// log; the bot's owner does not read them.
    #[error("the answer was {status} and no error of the API: {text}")]
    Foreign {
        /// The HTTP status of the answer.
        status: u16,
        /// The beginning of the answer, on one line.
        text: String,
    },
    /// The API was not reached, or its answer did not come back.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The API's answer cannot be read.
    #[error("the API's answer cannot be read: {0}")]
    Decode(String),
    /// The request cannot be put together; nothing was sent.
    #[error("the request cannot be made: {0}")]
    Request(String),
    /// What was to be sent does not fit its schema; nothing was sent.
    #[error("the payload does not fit its schema: {0}")]
    Invalid(Violations),
    /// What is stored does not fit the schema, as happens after an upgrade of the integration.
    #[error("the stored state `{name}` does not fit its schema any more: {violations}")]
    Stale {
        /// The name of the state.
        name: String,
        /// What is stored.
        raw: Value,
        /// Where it does not fit.
        violations: Violations,
    },
}

impl ClientError {
    /// Returns the error that the API answered with.
    #[must_use]
    pub fn api_error(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the HTTP status of a refusal, by the API or by another server.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Api(error) => Some(error.code),
            Self::Foreign { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Returns whether the API does not know what was asked for. A 404 of anything else on the way, as
    /// from an address that is not the API's, is no such answer.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.api_error()
            .is_some_and(|error| error.kind == ApiErrorKind::ResourceNotFound)
    }

    /// Returns whether the same request may succeed later: the API was not reached, has too much to
    /// do, or failed.
    ///
    /// The client has tried again by then, as its [`RetryPolicy`](crate::client::RetryPolicy) says. After an
    /// answer that was lost, a request that creates something may have created it.
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
    /// Creates an error of an answer that is no error of the API.
    pub(crate) fn foreign(status: StatusCode, body: &[u8]) -> Self {
        Self::Foreign {
            status: status.as_u16(),
            text: beginning(body),
        }
    }
}

/// How many characters of an answer the log shows. What follows may quote the address, which can be a
/// secret: a storage that refuses a signature shows what was to be signed.
const SHOWN: usize = 200;

fn beginning(body: &[u8]) -> String {
    // A character has four bytes at most.
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
