//! Calls and their responses, as the official bundle has them.

use bytes::Bytes;
use contexture::webhook::signature;
use contexture::{Secret, WebhookRequest};
use http::Request;

use crate::bundle::{Bundle, KEY, json_of};

#[tokio::test]
async fn a_webhook_request_comes_back_as_it_was_sent() {
    let Some(bundle) = Bundle::start("http://127.0.0.1:9").await else {
        return;
    };
    let large = "é\n\n\0✓".repeat(200_000);
    for body in ["", "{}", "a\r\n\r\nb", &large] {
        let request = WebhookRequest::new("PUT", "/echo/é")
            .with_query("a=1&b=%20")
            .with_header("x-empty", "")
            .with_header("x-text", "ü")
            .with_body(body);
        let answer = bundle.webhook(&request).await;
        assert_eq!(answer.status(), 200);
        let sent = serde_json::to_value(&request).unwrap();
        assert!(json_of(&answer) == sent, "{} bytes", body.len());
    }
}

#[tokio::test]
async fn a_health_check_and_a_request_that_is_no_call_are_answered() {
    let Some(bundle) = Bundle::start("http://127.0.0.1:9").await else {
        return;
    };
    let get = |path| Request::get(path).body(Bytes::new()).unwrap();
    let health = bundle.send(get("/health")).await;
    assert_eq!(
        (health.status().as_u16(), health.body().as_ref()),
        (200, &b"ok"[..])
    );
    let stranger = bundle.send(get("/?a=b")).await;
    assert_eq!(stranger.status(), 400);
    assert_eq!(json_of(&stranger)["type"], "InvalidPayload");
}

#[tokio::test]
async fn a_signature_is_verified_as_a_native_program_makes_it() {
    let Some(bundle) = Bundle::start("http://127.0.0.1:9").await else {
        return;
    };
    let verifier = signature::github(&Secret::from(KEY));
    let request = WebhookRequest::new("POST", "/signed").with_body("genuine");
    let signed = verifier.sign(request).unwrap();
    let answer = bundle.webhook(&signed).await;
    assert_eq!(
        (answer.status().as_u16(), answer.body().as_ref()),
        (200, &b"genuine"[..])
    );
    let forged = bundle.webhook(&signed.with_body("forged")).await;
    assert_eq!(forged.status(), 401);
    let request = WebhookRequest::new("POST", "/hmac").with_body("message");
    let macs = bundle.webhook(&request).await;
    assert_eq!(json_of(&macs), serde_json::json!(hosted::macs(b"message")));
}

#[tokio::test]
async fn a_response_that_is_not_text_is_warned_about() {
    let Some(bundle) = Bundle::start("http://127.0.0.1:9").await else {
        return;
    };
    let answer = bundle.webhook(&WebhookRequest::new("POST", "/bytes")).await;
    assert_eq!(answer.body(), "a\u{fffd}b");
    bundle.warns("not UTF-8").await;
}
