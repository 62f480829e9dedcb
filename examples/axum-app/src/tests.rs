//! Tests call the application in process, without a socket.

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, Request, StatusCode},
};
use contexture::{Operation, Payload as _, testing::Harness};
use http_body_util::BodyExt as _;
use quickstart::{Configuration, PrimaryConfigurationRegion as Region};
use serde_json::json;
use tower::ServiceExt as _;

use super::*;

fn app() -> Router {
    let sent = Sent::default();
    let secret = RequireHeaderLayer::new("x-proxy-secret", ["hunter2"]).unwrap();
    application(quickstart::service(sent.clone()), sent, secret)
}

fn harness() -> Harness<Definition> {
    let configuration = Configuration::new("key", Region::Eu);
    Harness::new(quickstart::service(Sent::default()), configuration)
}

fn hello() -> SendMessageInput {
    SendMessageInput::new("ada", "hello")
}

/// A call from Botpress to the path of the integration.
fn send_message(secret: &'static str) -> Request<Body> {
    let body = json!({ "type": "sendMessage", "input": hello().to_value().unwrap() });
    let mut request = harness().request(Operation::ActionTriggered, &body);
    *request.uri_mut() = "/botpress".parse().unwrap();
    let headers = request.headers_mut();
    headers.insert("x-proxy-secret", HeaderValue::from_static(secret));
    request.map(|body: Bytes| body.into())
}

async fn ask(app: &Router, request: Request<Body>) -> (StatusCode, String) {
    let answer = app.clone().oneshot(request).await.unwrap();
    let status = answer.status();
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn each_message_has_a_number() {
    let harness = harness();
    for id in ["message-1", "message-2"] {
        let acted = harness.actions().send_message(&hello()).await.unwrap();
        let output: SendMessageOutput = acted.output;
        assert_eq!(output.message_id, id);
    }
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
