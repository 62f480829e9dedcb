//! Webhook requests, and the context of their handler.

use http::StatusCode;
use serde_json::json;

use crate::support::{Ask, TestApp, webhook};

#[tokio::test]
async fn the_handlers_response_is_the_http_response() {
    let test_app = TestApp::new();
    test_app.webhook("/none").await.is_empty_answer();
    let answer = test_app.webhook("/created").await;
    assert_eq!((answer.status, answer.body.as_str()), (201, "made"));
    assert_eq!(answer.headers["x-sample"], "yes");
}

#[tokio::test]
async fn the_request_arrives_as_it_was_sent() {
    let request = json!({
        "path": "/echo",
        "query": "a=1&b=%20",
        "method": "PUT",
        "headers": { "content-type": "text/plain", "x-a": "é" },
        "body": "héllo ✓",
    });
    let ask = Ask::new("webhook_received").body(&json!({ "req": request }));
    let answer = TestApp::new().ask(ask.request()).await;
    assert_eq!(answer.json(), request);
}

#[tokio::test]
async fn the_context_has_everything_that_the_headers_say() {
    let ask = webhook("/context")
        .configuration_type("oauth")
        .configuration(&json!({ "clientId": "a", "clientSecret": "b" }))
        .header("traceparent", "00-abc-def-01");
    let answer = TestApp::new().ask(ask.request()).await;
    assert_eq!(
        answer.json(),
        json!({
            "botId": "bot_1",
            "botUserId": "botuser_1",
            "integrationId": "intg_1",
            "integrationAlias": "me/sample",
            "webhookId": "wh_1",
            "operation": "webhook_received",
            "configurationType": "oauth",
            "traceId": "abc",
        })
    );
}

#[tokio::test]
async fn a_body_may_be_any_bytes_and_a_header_names_the_installation() {
    let request = webhook("/binary").request();
    let response = TestApp::new().service.call_bytes(request).await;
    assert_eq!(response.body(), &[0, 0xff, 0xfe, b'\n'][..]);
    let identifier = &response.headers()["x-bp-integration-identifier"];
    assert_eq!(identifier, "installation-7");
}

#[tokio::test]
async fn the_trace_of_a_call_goes_on_to_the_api() {
    let test_app = TestApp::new();
    test_app
        .api
        .answer(StatusCode::OK, &json!({ "state": { "payload": {} } }));
    let trace = [("traceparent", "00-abc-def-01"), ("tracestate", "vendor=1")];
    let ask = trace.iter().fold(webhook("/client"), |ask, (name, value)| {
        ask.header(name, value)
    });
    test_app.ask(ask.request()).await;
    let asked = test_app.api.requests().remove(0);
    for (name, value) in trace {
        assert_eq!(asked.header(name), Some(value));
    }
}

#[tokio::test]
async fn the_older_name_of_the_operation_is_read() {
    let ask = webhook("/created").header("x-bp-operation", "webhook");
    assert_eq!(TestApp::new().ask(ask.request()).await.status, 201);
}

#[tokio::test]
async fn a_handler_reaches_secrets_and_the_api() {
    let test_app = TestApp::new();
    assert_eq!(test_app.webhook("/secret").await.body, "shared false");

    test_app.api.answer(
        StatusCode::OK,
        &json!({ "state": { "payload": { "botId": "bot_1" } } }),
    );
    test_app
        .api
        .answer(StatusCode::CREATED, &json!({ "event": { "id": "ev_1" } }));
    let answer = test_app.webhook("/client").await;
    assert_eq!(answer.status, 200, "{answer:?} {}", test_app.log.text());
    assert_eq!(test_app.api.requests().len(), 2);
}

#[tokio::test]
async fn an_error_of_the_api_tells_its_message_inside_a_500() {
    let test_app = TestApp::new();
    test_app.api.refuse(
        contexture::ApiErrorKind::ResourceNotFound,
        "no such integration",
    );
    test_app
        .webhook("/client")
        .await
        .is_error(500, "Runtime", "no such integration");
}

#[cfg(feature = "webhook-signatures")]
#[tokio::test]
async fn a_request_that_is_not_genuine_is_answered_with_401_and_warned_about() {
    use contexture::webhook::signature::Algorithm;

    let test_app = TestApp::new();
    let ask = |signature: String| {
        let headers = json!({ "x-hub-signature-256": signature });
        let request =
            json!({ "method": "POST", "path": "/signed", "headers": headers, "body": "hi" });
        Ask::new("webhook_received")
            .body(&json!({ "req": request }))
            .request()
    };
    let answer = test_app.ask(ask("sha256=00".to_owned())).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (401, "invalid signature")
    );
    let log = test_app.log.text();
    assert!(
        log.contains(
            "rejected a webhook request: the signature does not match the message and the secret"
        ),
        "{log}"
    );

    let tag = Algorithm::Sha256.sign(b"shared", b"hi");
    let answer = test_app.ask(ask(format!("sha256={}", tag.hex()))).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "hi"));
}

#[tokio::test]
async fn a_body_of_another_shape_is_refused() {
    let test_app = TestApp::new();
    let ask = |text: &str| Ask::new("webhook_received").text(text).request();
    test_app.ask(ask("")).await.is_refusal("Missing body");
    let refusal = "the body is invalid: at the root: ends too early to be JSON (line 1, column 1)";
    test_app.ask(ask("{")).await.is_refusal(refusal);
    test_app
        .ask(ask("{}"))
        .await
        .is_refusal("the body is invalid: at /req: is required");
    let refusal = "the body is invalid: at /req/method: is required; at /req/path: is required";
    test_app
        .ask(ask(r#"{ "req": {} }"#))
        .await
        .is_refusal(refusal);
}

#[tokio::test]
async fn the_body_of_a_get_is_not_read() {
    let ask = webhook("/none").method(http::Method::GET);
    TestApp::new()
        .ask(ask.request())
        .await
        .is_refusal("Missing body");
}

#[tokio::test]
async fn a_response_that_http_does_not_allow_is_an_opaque_500() {
    TestApp::new().webhook("/impossible").await.is_opaque();
}
