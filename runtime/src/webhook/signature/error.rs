//! Why a request is not known to be genuine.

use crate::webhook::WebhookResponse;

/// Why a request is not known to be genuine.
///
/// A handler that returns one through `?` answers with a 401.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureError {
    /// Anybody can sign with an empty secret.
    #[error("there is no secret to check the signature with")]
    NoSecret,
    /// The secret is not of the form that the scheme has.
    #[error("the secret is not usable: expected {expected}")]
    UnusableSecret {
        /// The form of a secret.
        expected: &'static str,
    },
    /// A part of the request that has the signature or belongs to it is missing.
    #[error("{part} is missing")]
    Missing {
        /// What is missing, such as ``the header `x-hub-signature-256` ``.
        part: String,
    },
    /// A part of the request that has the signature or belongs to it cannot be read.
    #[error("{part} is malformed: expected {expected}")]
    Malformed {
        /// What cannot be read.
        part: String,
        /// What it should be.
        expected: &'static str,
    },
    /// It was signed too long ago: it may have been recorded and sent again.
    #[error("it was signed {seconds} s ago, which is too long")]
    TooOld {
        /// How long ago, in seconds.
        seconds: u64,
    },
    /// It was signed at a time that is still to come, by more than clocks may differ.
    #[error("it was signed {seconds} s in the future")]
    InTheFuture {
        /// How far in the future, in seconds.
        seconds: u64,
    },
    /// A token does not hold.
    #[error("the token is refused: {reason}")]
    Token {
        /// Why.
        reason: &'static str,
    },
    /// Another secret, another body or another sender.
    #[error("the signature belongs to another secret or another message")]
    Mismatch,
}

impl SignatureError {
    pub(super) fn missing_header(name: &str) -> Self {
        Self::Missing {
            part: format!("the header `{name}`"),
        }
    }

    pub(super) fn malformed_header(name: &str, expected: &'static str) -> Self {
        Self::Malformed {
            part: format!("the header `{name}`"),
            expected,
        }
    }

    /// The answer to the request: a 401 that says no more than that. `?` in a handler answers the same.
    #[must_use]
    pub fn response(&self) -> WebhookResponse {
        WebhookResponse::text("the signature is not right").with_status(401)
    }
}
