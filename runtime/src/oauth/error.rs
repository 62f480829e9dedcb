//! Errors of OAuth.

use super::refusal::{Refusal, RefusalKind};
use crate::ClientError;
use crate::client::TransportError;

/// An error of OAuth. Neither `Display` nor `Debug` shows a token, a code, a state or a secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OauthError {
    /// A setting is missing or malformed.
    #[error("{what} is missing or malformed")]
    Setting {
        /// The setting.
        what: &'static str,
    },
    /// The user or the provider denied the authorization.
    #[error("the authorization was denied: {code}")]
    Denied {
        /// The provider's code, such as `access_denied`.
        code: String,
    },
    /// The parameter `state` was not created for this webhook, or it has expired. The authorization
    /// must be started again.
    #[error("the parameter `state` {problem}")]
    State {
        /// The problem.
        problem: &'static str,
    },
    /// The parameter `key` of the link to the page that starts an authorization was not created for
    /// this webhook, or it has expired.
    #[error("the parameter `key` {problem}")]
    StartKey {
        /// The problem.
        problem: &'static str,
    },
    /// The callback has no authorization code.
    #[error("the parameter `code` is missing")]
    NoCode,
    /// The signed token that proves the application's identity could not be created.
    #[error("cannot sign the client assertion: {problem}")]
    Assertion {
        /// The error of the function that signs.
        problem: String,
    },
    /// The provider rejected the token request.
    #[error("the provider rejected the token request: {code}")]
    Refused {
        /// The provider's code, such as `invalid_grant`.
        code: String,
        /// The kind of the refusal: whether the user, the owner of the integration or time can help.
        kind: RefusalKind,
    },
    /// The provider was not reached, or did not respond in time.
    #[error("cannot reach the provider")]
    Unreachable(#[source] TransportError),
    /// The provider's token URL uses plain HTTP. No request was sent.
    #[error("{problem}")]
    PlainHttp {
        /// The host, and how plain HTTP can be allowed for it.
        problem: String,
    },
    /// The provider's response is not a valid OAuth response.
    #[error("invalid response from the provider")]
    Unreadable,
    /// The runtime shut down during the refresh.
    #[error("the token refresh was interrupted by the shutdown")]
    Interrupted,
    /// There are no tokens, or they cannot be refreshed. The integration must be authorized again.
    #[error(
        "the integration is not authorized, or the authorization is no longer valid: authorize it again"
    )]
    NotAuthorized,
    /// The store that the processes share did not answer, so the tokens were not refreshed.
    #[error("cannot claim the refresh of the tokens: {problem}")]
    Lease {
        /// The error of the store.
        problem: String,
    },
    /// The state that stores the tokens cannot be read or written.
    #[error("cannot read or store the tokens: {0}")]
    Store(#[from] ClientError),
    /// The tokens do not fit the schema of the state that stores them.
    #[error("the tokens do not fit the schema of their state: {0}")]
    Unfit(crate::Violations),
}

fn without_cause(error: &TransportError) -> TransportError {
    let message = error.to_string();
    if error.is_timeout() {
        TransportError::timeout(message)
    } else {
        TransportError::new(message)
    }
}

/// The maximum number of characters of a provider's code that are shown.
const SHOWN: usize = 64;

/// Keeps the characters that OAuth codes consist of: letters, digits and some punctuation. The
/// provider may send arbitrary text.
fn shown(code: &str) -> String {
    let plain = |character: &char| character.is_ascii_alphanumeric() || "_-.".contains(*character);
    code.chars().filter(plain).take(SHOWN).collect()
}

impl OauthError {
    pub(super) fn denied(code: &str) -> Self {
        Self::Denied { code: shown(code) }
    }

    pub(super) fn refused(refusal: &Refusal) -> Self {
        Self::Refused {
            code: shown(&refusal.code),
            kind: refusal.kind,
        }
    }

    /// Copies the error for callers that waited for the same refresh. Causes are left out.
    pub(super) fn for_waiting(&self) -> Self {
        match self {
            Self::Setting { what } => Self::Setting { what },
            Self::PlainHttp { problem } => Self::PlainHttp {
                problem: problem.clone(),
            },
            Self::Refused { code, kind } => Self::Refused {
                code: code.clone(),
                kind: *kind,
            },
            Self::Assertion { problem } => Self::Assertion {
                problem: problem.clone(),
            },
            Self::Lease { problem } => Self::Lease {
                problem: problem.clone(),
            },
            Self::Unreachable(error) => Self::Unreachable(without_cause(error)),
            Self::NotAuthorized => Self::NotAuthorized,
            Self::Store(ClientError::Transport(error)) => {
                Self::Store(ClientError::Transport(without_cause(error)))
            }
            Self::Store(ClientError::Api(error)) => Self::Store(ClientError::Api(error.clone())),
            Self::Store(error) => Self::Store(ClientError::Request(error.to_string())),
            Self::Unfit(violations) => Self::Unfit(violations.clone()),
            Self::Interrupted => Self::Interrupted,
            _ => Self::Unreadable,
        }
    }
}
