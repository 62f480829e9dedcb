//! Why there is no token.

use crate::ClientError;
use crate::client::TransportError;

/// Why there is no token. Neither form shows a token, a code, a state or a secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OauthError {
    /// The application cannot be used as it is set up.
    #[error("{what} is missing or malformed")]
    Setting {
        /// What has to be set.
        what: &'static str,
    },
    /// Somebody did not agree, or the provider did not let them.
    #[error("the authorization was not given: {code}")]
    Denied {
        /// The provider's code, such as `access_denied`.
        code: String,
    },
    /// The parameter `state` is not one that this webhook gave out, or it is too old. Begin anew.
    #[error("the parameter `state` {problem}")]
    State {
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The parameter `key` of the link to the page that begins an authorization is not one that this webhook gave out, or
    /// it is too old.
    #[error("the parameter `key` {problem}")]
    StartKey {
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The request came back without a code.
    #[error("the parameter `code` is missing")]
    NoCode,
    /// The provider refuses to give a token.
    #[error("the provider refuses to give a token: {code}")]
    Refused {
        /// The provider's code, such as `invalid_grant`.
        code: String,
    },
    /// The provider was not reached, or did not answer.
    #[error("the provider was not reached")]
    Unreachable(#[source] TransportError),
    /// The address of the provider's tokens is one of plain http; nothing was sent.
    #[error("{problem}")]
    PlainHttp {
        /// Which host has no https, and how it can be allowed.
        problem: String,
    },
    /// The provider's answer is none that OAuth knows.
    #[error("the provider's answer cannot be read")]
    Unreadable,
    /// The process stops, and the refresh with it.
    #[error("the tokens were not refreshed, since the process stops")]
    Interrupted,
    /// There is no token, or none that can be refreshed: somebody has to authorize the integration again.
    #[error("the integration is not authorized, or not any more: it has to be authorized again")]
    NotAuthorized,
    /// The state that keeps the tokens cannot be read or written.
    #[error("the tokens cannot be kept: {0}")]
    Store(#[from] ClientError),
    /// The state that keeps the tokens has no room for them.
    #[error("the tokens do not fit the state that keeps them: {0}")]
    Unfit(crate::Violations),
}

fn without_cause(error: &TransportError) -> TransportError {
    let message = error.to_string();
    if error.is_time_out() {
        TransportError::timeout(message)
    } else {
        TransportError::new(message)
    }
}

/// How much of a provider's code is shown.
const SHOWN: usize = 64;

/// A code of OAuth: letters, digits and some signs. What is none may be anything.
fn shown(code: &str) -> String {
    let plain = |character: &char| character.is_ascii_alphanumeric() || "_-.".contains(*character);
    code.chars().filter(plain).take(SHOWN).collect()
}

impl OauthError {
    pub(super) fn denied(code: &str) -> Self {
        Self::Denied { code: shown(code) }
    }

    pub(super) fn refused(code: &str) -> Self {
        Self::Refused { code: shown(code) }
    }

    /// The same failure, for callers that waited for the request that failed. Causes are left out.
    pub(super) fn for_waiting(&self) -> Self {
        match self {
            Self::Setting { what } => Self::Setting { what },
            Self::PlainHttp { problem } => Self::PlainHttp {
                problem: problem.clone(),
            },
            Self::Refused { code } => Self::Refused { code: code.clone() },
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
