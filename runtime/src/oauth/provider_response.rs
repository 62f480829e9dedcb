//! Responses of token endpoints as providers send them, in the form that RFC 6749 prescribes.
//!
//! Codes and many refresh tokens can be used only once. A response that is unusual must therefore not cause the loss of
//! its tokens.

use bytes::Bytes;
use http::{Response, header::CONTENT_TYPE};
use serde::de::IgnoredAny;
use serde_json::{Map, Value, json};

use super::refusal::Refusal;
use crate::value::is_blank;

/// The reason why a response has no tokens.
#[derive(Debug)]
pub(super) enum NoTokens {
    Refused(Refusal),
    Unreadable,
}

/// Returns the response in the standard form: a JSON object with `access_token`, `token_type` and, if they are usable,
/// `refresh_token` and `expires_in`. The fields of the provider are in `original`.
pub(super) fn standard_form(response: &Response<Bytes>) -> Result<Value, NoTokens> {
    let status = response.status();
    let Some(answer) = parse(response) else {
        // A proxy sends a page; other JSON comes from the provider and says nothing.
        let is_json = serde_json::from_slice::<IgnoredAny>(response.body()).is_ok();
        return Err(match Refusal::of_status(status) {
            Some(refusal) if !is_json => NoTokens::Refused(refusal),
            _ => NoTokens::Unreadable,
        });
    };
    // Some providers put the tokens into an inner object.
    let inner = answer.get("data").and_then(Value::as_object);
    let tokens = inner.filter(|inner| has_token(inner)).unwrap_or(&answer);
    let is_refused = !status.is_success() || answer.get("ok") == Some(&Value::Bool(false));
    if is_refused || !has_token(tokens) {
        return Err(match Refusal::read(status, &answer) {
            Some(refusal) => NoTokens::Refused(refusal),
            None => NoTokens::Unreadable,
        });
    }
    let mut standard = json!({ "access_token": tokens["access_token"], "token_type": "bearer" });
    if let Some(token) = filled(tokens.get("refresh_token")) {
        standard["refresh_token"] = token.into();
    }
    if let Some(seconds) = tokens.get("expires_in").and_then(whole_seconds) {
        standard["expires_in"] = seconds.into();
    }
    standard["original"] = Value::Object(answer);
    Ok(standard)
}

/// Parses JSON, whatever its media type, or a form.
fn parse(response: &Response<Bytes>) -> Option<Map<String, Value>> {
    let body = response.body();
    if let Ok(answer) = serde_json::from_slice(body) {
        return Some(answer);
    }
    let media_type = response.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    let is_form = media_type.contains("form-urlencoded") || media_type.contains("text/plain");
    let fields =
        form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), value.into()));
    is_form.then(|| fields.collect())
}

fn has_token(answer: &Map<String, Value>) -> bool {
    filled(answer.get("access_token")).is_some()
}

fn filled(text: Option<&Value>) -> Option<&str> {
    text?.as_str().filter(|text| !is_blank(text))
}

/// Converts a lifetime to whole seconds. Some providers send a string, a fraction or a negative number. A lifetime that
/// is not a number is ignored.
fn whole_seconds(lasts: &Value) -> Option<u64> {
    let number = match lasts {
        Value::Number(number) => match number.as_u64() {
            Some(seconds) => return Some(seconds),
            None => number.as_f64()?,
        },
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
    use super::*;

    fn read(status: u16, media_type: &str, body: &str) -> Result<Value, NoTokens> {
        let response = Response::builder()
            .status(status)
            .header(CONTENT_TYPE, media_type);
        standard_form(&response.body(Bytes::from(body.to_owned())).unwrap())
    }

    #[test]
    fn a_lifetime_in_another_form_becomes_whole_seconds() {
        let read = |lasts: Value| whole_seconds(&lasts);
        assert_eq!(read(json!(3600)), Some(3600));
        assert_eq!(read(json!("3600")), Some(3600));
        assert_eq!(read(json!(3599.9)), Some(3599));
        assert_eq!(read(json!(-1)), Some(0));
        assert_eq!(read(json!(1e300)), Some(u64::MAX));
        assert_eq!(read(json!(u64::MAX)), Some(u64::MAX));
        for no_number in [json!(null), json!("soon"), json!("NaN"), json!([3600])] {
            assert_eq!(read(no_number.clone()), None, "{no_number}");
        }
    }

    #[test]
    fn tokens_are_found_in_every_form() {
        for (status, media_type, body) in [
            (200, "application/json", r#"{"access_token":"t"}"#),
            (
                201,
                "application/json",
                r#"{"access_token":"t","scope":["a","b"]}"#,
            ),
            (
                200,
                "text/html",
                r#"{"access_token":"t","token_type":7,"expires_in":null}"#,
            ),
            (
                200,
                "application/json",
                r#"{"code":0,"data":{"access_token":"t"}}"#,
            ),
            (
                200,
                "application/x-www-form-urlencoded",
                "access_token=t&scope=a%2Cb",
            ),
            (
                200,
                "text/plain; charset=utf-8",
                "access_token=t&refresh_token=",
            ),
        ] {
            let standard = read(status, media_type, body).unwrap();
            assert_eq!(standard["access_token"], "t", "{body}");
            assert_eq!(standard["token_type"], "bearer", "{body}");
            assert_eq!(standard.get("refresh_token"), None, "{body}");
        }
    }

    #[test]
    fn a_response_without_a_token_is_refused_or_unreadable() {
        for (status, body) in [
            (200, r#"{"access_token":" "}"#),
            (200, "<html>"),
            (404, "[1]"),
            (502, "\"x\""),
        ] {
            assert!(
                matches!(read(status, "text/html", body), Err(NoTokens::Unreadable)),
                "{body}"
            );
        }
        for (status, body) in [
            (200, r#"{"ok":false,"error":"x","access_token":"t"}"#),
            (400, r#"{"error":"x","access_token":"t"}"#),
            (503, "<html>"),
            (429, ""),
        ] {
            assert!(
                matches!(read(status, "text/html", body), Err(NoTokens::Refused(_))),
                "{body}"
            );
        }
    }
}
