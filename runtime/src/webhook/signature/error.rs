//! The error of signature verification.

use crate::webhook::WebhookResponse;

/// The reason why a request could not be verified.
///
/// If a handler returns it through `?`, the response is a 401.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureError {
    /// No secret is configured. Anyone could sign with an empty secret.
    #[error("no secret configured to verify the signature")]
    NoSecret,
    /// The secret does not have the format of the scheme.
    #[error("invalid secret: expected {expected}")]
    UnusableSecret {
        /// The format of a secret.
        expected: &'static str,
    },
    /// A part of the request that is needed for the verification is missing.
    #[error("{part} is missing")]
    Missing {
        /// The missing part, such as ``the header `x-hub-signature-256` ``.
        part: String,
    },
    /// A part of the request that is needed for the verification is malformed.
    #[error("{part} is malformed: expected {expected}")]
    Malformed {
        /// The malformed part.
        part: String,
        /// The expected format.
        expected: &'static str,
    },
    /// The signature is too old. The request may be a replay.
    #[error("the signature is {seconds} s old, which exceeds the tolerance")]
    TooOld {
        /// The age in seconds.
        seconds: u64,
    },
    /// The time of the signature is further in the future than the tolerance allows.
    #[error("the signature is {seconds} s in the future")]
    InTheFuture {
        /// The distance from now in seconds.
        seconds: u64,
    },
    /// The scheme cannot sign requests.
    #[error("this scheme cannot sign requests")]
    CannotSign,
    /// A token is invalid.
    #[error("invalid token: {reason}")]
    Token {
        /// The reason.
        reason: &'static str,
    },
    /// The signature does not match: another secret, another body or another sender.
    #[error("the signature does not match the message and the secret")]
    Mismatch,
}

impl SignatureError {
    /// Returns the name of the kind of error, such as `mismatch`. Metrics have it as a label.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::NoSecret => "no_secret",
            Self::UnusableSecret { .. } => "unusable_secret",
            Self::Missing { .. } => "missing",
            Self::Malformed { .. } => "malformed",
            Self::TooOld { .. } => "too_old",
            Self::InTheFuture { .. } => "in_the_future",
            Self::CannotSign => "cannot_sign",
            Self::Token { .. } => "token",
            Self::Mismatch => "mismatch",
        }
    }

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

    /// Returns the response to the request: a 401 without details. `?` in a handler has the same
    /// effect.
    #[must_use]
    pub fn response(&self) -> WebhookResponse {
        WebhookResponse::text("invalid signature").with_status(401)
    }
}
