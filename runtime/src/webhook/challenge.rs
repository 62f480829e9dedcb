//! Challenges: requests that a service sends to verify the webhook's owner, and their responses.

use serde::Deserialize;
use serde_json::json;
use subtle::ConstantTimeEq as _;

use super::signature::Algorithm;
use super::{Verified, WebhookRequest, WebhookResponse};
use crate::value::is_blank;
use crate::{Result, Secret};

/// Responds to the challenge of Messenger, Instagram and WhatsApp: a `GET` request with `hub.mode`,
/// `hub.verify_token` and `hub.challenge`.
///
/// `verify_token` is the token that is configured in the app. The response is a 403 if the request
/// has another token or `verify_token` is blank. Returns `None` if the request is not a challenge.
///
/// Source: <https://developers.facebook.com/docs/graph-api/webhooks/getting-started>.
#[must_use]
pub fn meta(request: &WebhookRequest, verify_token: &Secret) -> Option<WebhookResponse> {
    if !request.method.eq_ignore_ascii_case("GET") {
        return None;
    }
    let mode = request.query_field("hub.mode")?;
    let sent = request.query_field("hub.verify_token").unwrap_or_default();
    let expected = verify_token.expose().as_bytes();
    let same = !is_blank(verify_token.expose()) && bool::from(sent.as_bytes().ct_eq(expected));
    let challenge = request.query_field("hub.challenge");
    Some(match challenge.filter(|_| same && mode == "subscribe") {
        Some(challenge) => WebhookResponse::text(challenge),
        None => WebhookResponse::text("invalid verify token").with_status(403),
    })
}

/// Responds to the challenge of Slack, which is signed like its events. Returns `None` if the
/// request is not a challenge.
///
/// Source: <https://docs.slack.dev/reference/events/url_verification>.
#[must_use]
pub fn slack(request: &Verified<WebhookRequest>) -> Option<WebhookResponse> {
    #[derive(Deserialize)]
    #[serde(tag = "type", rename_all = "snake_case")]
    enum Challenge {
        UrlVerification { challenge: String },
    }

    let Challenge::UrlVerification { challenge } = request.json().ok()?;
    Some(json!({ "challenge": challenge }).into())
}

/// Responds to the challenge of Zoom, which is signed like its events. The response contains a
/// signature. Returns `None` if the request is not a challenge.
///
/// Source: <https://developers.zoom.us/docs/api/webhooks/#validate-your-webhook-endpoint>.
#[must_use]
pub fn zoom(request: &Verified<WebhookRequest>, secret: &Secret) -> Option<WebhookResponse> {
    #[derive(Deserialize)]
    #[serde(tag = "event", content = "payload")]
    enum Challenge {
        #[serde(rename = "endpoint.url_validation", rename_all = "camelCase")]
        UrlValidation { plain_token: String },
    }

    let challenge: Result<Challenge> = request.json();
    let Challenge::UrlValidation { plain_token } = challenge.ok()?;
    let tag = Algorithm::Sha256.sign(secret.expose().as_bytes(), plain_token.as_bytes());
    Some(json!({ "plainToken": plain_token, "encryptedToken": tag.hex() }).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(body: &str) -> Verified<WebhookRequest> {
        WebhookRequest::new("POST", "/")
            .with_body(body)
            .assume_verified()
    }

    #[test]
    fn meta_gets_its_challenge_back_for_the_right_token() {
        let query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
        let ask = |token: &str, secret: &str| {
            let request = WebhookRequest::new("GET", "/").with_query(format!("{query}{token}"));
            meta(&request, &Secret::from(secret)).map(|answer| answer.status)
        };
        assert_eq!(ask("meatyhamhock", "meatyhamhock"), Some(200));
        assert_eq!(ask("another", "meatyhamhock"), Some(403));
        assert_eq!(ask("", ""), Some(403));
        assert_eq!(ask("+", " "), Some(403));
        let request = WebhookRequest::new("GET", "/").with_query(format!("{query}x"));
        let answer = meta(&request, &Secret::from("x")).unwrap();
        assert_eq!(answer.body, "1158201444");
        let event = WebhookRequest::new("POST", "/").with_query(query);
        assert!(meta(&event, &Secret::from("x")).is_none());
        assert!(meta(&WebhookRequest::new("GET", "/"), &Secret::from("x")).is_none());
    }

    #[test]
    fn slack_gets_its_challenge_back() {
        let body = r#"{"token":"x","challenge":"3eZbrw1aB","type":"url_verification"}"#;
        assert_eq!(
            slack(&posted(body)).unwrap().body,
            r#"{"challenge":"3eZbrw1aB"}"#
        );
        for body in ["", r#"{"type":"event_callback"}"#] {
            assert!(slack(&posted(body)).is_none());
        }
    }

    /// By Python: `hmac.new(b'zoomsecret', token, 'sha256').hexdigest()`.
    #[test]
    fn zoom_gets_a_signature_back() {
        let body = r#"{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}"#;
        let answer = zoom(&posted(body), &Secret::from("zoomsecret")).unwrap();
        let answer: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(
            answer["encryptedToken"],
            "83b2a60d4bbe49dc93763ed9e727a9a7690cbe4c1f8bb0adc0ffccd09ecb1384"
        );
        assert!(
            zoom(
                &posted(r#"{"event":"meeting.started"}"#),
                &Secret::from("x")
            )
            .is_none()
        );
    }
}
