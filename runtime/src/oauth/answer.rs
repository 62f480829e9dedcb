//! Conversion of token responses.

use std::time::SystemTime;

use oauth2::basic::{BasicErrorResponse, BasicTokenResponse};
use oauth2::{RequestTokenError, TokenResponse as _};
use serde::Deserialize;
use serde_json::Value;

use super::{OauthError, Tokens};
use crate::Secret;
use crate::client::TransportError;

pub(super) type Answer =
    Result<BasicTokenResponse, RequestTokenError<TransportError, BasicErrorResponse>>;

/// Converts the response to a request that was sent at `asked`.
pub(super) fn read_tokens(answer: Answer, asked: SystemTime) -> Result<Tokens, OauthError> {
    /// An error with a success status, as GitHub sends it.
    #[derive(Deserialize)]
    struct Refusal {
        error: String,
    }

    match answer {
        Ok(answer) => Ok(Tokens {
            access_token: Secret::from(answer.access_token().secret().as_str()),
            refresh_token: answer
                .refresh_token()
                .map(|token| Secret::from(token.secret().as_str())),
            expires_at: answer
                .expires_in()
                .and_then(|lasts| asked.checked_add(lasts)),
        }),
        Err(RequestTokenError::ServerResponse(refusal)) => {
            Err(OauthError::refused(refusal.error().as_ref()))
        }
        Err(RequestTokenError::Request(error)) => Err(OauthError::Unreachable(error)),
        // The cause is left out: it may quote the response.
        Err(RequestTokenError::Parse(_, body)) => match serde_json::from_slice(&body) {
            Ok(Refusal { error }) => Err(OauthError::refused(&error)),
            Err(_) => Err(OauthError::Unreadable),
        },
        Err(RequestTokenError::Other(_)) => Err(OauthError::Unreadable),
    }
}

/// Converts `expires_in` to whole seconds, the only form that `oauth2` accepts.
///
/// Some providers send a string, a fraction or a negative number. At this point the old refresh
/// token has already been used, so an unusual lifetime must not cause the loss of the new tokens. A
/// lifetime that is not a number is removed.
pub(super) fn with_whole_seconds(body: Vec<u8>) -> Vec<u8> {
    let Ok(Value::Object(mut answer)) = serde_json::from_slice(&body) else {
        return body;
    };
    let Some(lasts) = answer.get("expires_in").filter(|lasts| !lasts.is_u64()) else {
        return body;
    };
    match whole_seconds(lasts) {
        Some(seconds) => answer.insert("expires_in".to_owned(), seconds.into()),
        None => answer.remove("expires_in"),
    };
    Value::Object(answer).to_string().into_bytes()
}

fn whole_seconds(lasts: &Value) -> Option<u64> {
    let number = match lasts {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast of a float saturates, and the value is not negative"
    )]
    (!number.is_nan()).then(|| number.max(0.0) as u64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(lasts: &Value) -> Option<Value> {
        let body = json!({ "access_token": "a", "expires_in": lasts });
        let body = with_whole_seconds(body.to_string().into_bytes());
        let mut answer: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(answer["access_token"], "a");
        answer.as_object_mut().unwrap().remove("expires_in")
    }

    #[test]
    fn a_lifetime_in_another_form_becomes_whole_seconds() {
        assert_eq!(read(&json!(3600)), Some(json!(3600)));
        assert_eq!(read(&json!("3600")), Some(json!(3600)));
        assert_eq!(read(&json!(3599.9)), Some(json!(3599)));
        assert_eq!(read(&json!(-1)), Some(json!(0)));
        assert_eq!(read(&json!(1e300)), Some(json!(u64::MAX)));
        for no_number in [json!(null), json!("soon"), json!("NaN"), json!([3600])] {
            assert_eq!(read(&no_number), None, "{no_number}");
        }
    }

    #[test]
    fn a_body_that_is_no_object_stays_as_it_is() {
        for body in ["", "no json", "[1]", r#"{"expires_in":1 }"#] {
            assert_eq!(with_whole_seconds(body.into()), body.as_bytes());
        }
    }
}
