//! Conversion of token responses.

use std::fmt;
use std::time::SystemTime;

use oauth2::basic::{BasicErrorResponse, BasicTokenType};
use oauth2::{ExtraTokenFields, RequestTokenError, StandardTokenResponse, TokenResponse as _};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::exchange::SendError;
use super::{OauthError, Tokens};
use crate::Secret;

pub(super) type TokenAnswer = StandardTokenResponse<Extra, BasicTokenType>;

pub(super) type Answer = Result<TokenAnswer, RequestTokenError<SendError, BasicErrorResponse>>;

/// The fields of the provider. Some of them are secrets, so `Debug` hides them.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Extra {
    original: Map<String, Value>,
}

impl ExtraTokenFields for Extra {}

impl fmt::Debug for Extra {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Extra({} hidden)", self.original.len())
    }
}

/// Converts the response to a request that was sent at `asked`.
pub(super) fn read_tokens(answer: Answer, asked: SystemTime) -> Result<Tokens, OauthError> {
    match answer {
        Ok(answer) => Ok(tokens(&answer, asked)),
        Err(RequestTokenError::Request(SendError::Transport(error))) => {
            Err(OauthError::Unreachable(error))
        }
        Err(RequestTokenError::Request(SendError::Refused(refusal))) => {
            Err(OauthError::refused(&refusal))
        }
        // The cause is left out: it may quote the response.
        Err(_) => Err(OauthError::Unreadable),
    }
}

fn tokens(answer: &TokenAnswer, asked: SystemTime) -> Tokens {
    const TOKENS: [&str; 3] = ["access_token", "refresh_token", "expires_in"];

    let mut extra = answer.extra_fields().original.clone();
    extra.retain(|name, _| !TOKENS.contains(&name.as_str()));
    let refresh_token = answer.refresh_token();
    Tokens {
        refresh_token: refresh_token.map(|token| Secret::from(token.secret().as_str())),
        extra,
        ..Tokens::new(answer.access_token().secret().as_str())
    }
    .lasting(answer.expires_in(), asked)
}
