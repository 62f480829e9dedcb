//! The application is called in process: no socket is opened.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use super::*;

fn app() -> Router {
    let sent = Sent::default();
    let secret = RequireHeader::new("x-proxy-secret", ["hunter2"]).unwrap();
    application(quickstart::service(sent.clone()), sent, secret)
}

/// A call of Botpress. The configuration is `{"apiKey":"key","region":"eu"}` in base64.
fn send_message(secret: &str) -> Request<Body> {
    Request::post("/botpress")
        .header("x-proxy-secret", secret)
        .header("x-bot-id", "bot-1")
        .header("x-bot-user-id", "bot-user-1")
        .header("x-integration-id", "integration-1")
        .header("x-integration-alias", "quickstart")
        .header("x-webhook-id", "webhook-1")
        .header("x-bp-operation", "action_triggered")
        .header(
            "x-bp-configuration",
            "eyJhcGlLZXkiOiJrZXkiLCJyZWdpb24iOiJldSJ9",
        )
        .body(r#"{"type":"sendMessage","input":{"to":"ada","text":"hello"}}"#.into())
        .unwrap()
}

async fn ask(app: &Router, request: Request<Body>) -> (StatusCode, String) {
    let answer = app.clone().oneshot(request).await.unwrap();
    let status = answer.status();
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn the_integration_answers_beside_the_route_of_the_application() {
    let app = app();
    let (status, body) = ask(&app, send_message("hunter2")).await;
    assert_eq!(status, 200);
    assert_eq!(
        body,
        r#"{"output":{"messageId":"message-1"},"meta":{"cost":0}}"#
    );
    let messages = Request::get("/messages").body(Body::empty()).unwrap();
    assert_eq!(ask(&app, messages).await.1, "1 messages were sent\n");
}

#[tokio::test]
async fn the_layer_refuses_who_does_not_know_the_secret() {
    let app = app();
    let (status, body) = ask(&app, send_message("hunter3")).await;
    assert_eq!(status, 401);
    assert!(body.contains(r#""type":"Unauthorized""#), "{body}");
    let messages = Request::get("/messages").body(Body::empty()).unwrap();
    assert_eq!(ask(&app, messages).await.1, "0 messages were sent\n");
}
