//! Requests that need https.

use std::sync::Arc;

use contexture::testing::{LogRecorder, RecordingTransport};
use contexture::{ClientError, Environment};
use http::StatusCode;
use serde_json::json;

use super::context;
use super::uploads::upload;
use crate::handlers::Author;
use crate::sample;
use crate::support::{secrets, webhook};

/// Runs a handler that calls the API; returns the number of requests sent, and the log.
async fn requests_to(environment: Environment) -> (usize, String) {
    let (transport, log) = (RecordingTransport::new(), LogRecorder::new());
    let environment = environment
        .token("token-1")
        .transport(Arc::new(transport.clone()))
        .log_sink(Arc::new(log.clone()));
    let service = sample::service(Author::default())
        .secrets(secrets())
        .environment(environment);
    service.call_bytes(webhook("/client").request()).await;
    (transport.requests().len(), log.text())
}

#[tokio::test]
async fn the_token_is_not_sent_over_plain_http() {
    for address in [
        "http://api.test",
        "http://10.0.0.1:9000",
        "http://localhost.api.test",
        "http://127.0.0.1@api.test",
    ] {
        let (sent, log) = requests_to(Environment::new().api_url(address)).await;
        assert_eq!(sent, 0, "{address}");
        assert!(log.contains("https"), "{address}: {log}");
    }
}

#[tokio::test]
async fn this_machine_and_hosts_that_are_allowed_are_reached_over_plain_http() {
    let allowed = Environment::new().api_url("http://api.internal:9000");
    for environment in [
        Environment::new().api_url("http://localhost:9000"),
        Environment::new().api_url("http://127.0.0.1:9000"),
        Environment::new().api_url("http://[::1]:9000"),
        Environment::new().api_url("https://api.test"),
        allowed.plain_http("api.internal"),
    ] {
        let (sent, log) = requests_to(environment).await;
        assert_eq!(sent, 2, "{log}");
    }
}

#[tokio::test]
async fn the_content_is_not_sent_over_plain_http() {
    for address in [
        "http://storage.test/up?signature=secret",
        "http://localhost.storage.test/up?signature=secret",
        "ftp://127.0.0.1/up?signature=secret",
    ] {
        let ctx = context();
        let file = json!({ "id": "f", "contentType": "a/b", "uploadUrl": address });
        ctx.answer(StatusCode::OK, &json!({ "file": file }));
        let refused = upload(&ctx, "hello".into()).await.unwrap_err();
        assert!(matches!(refused, ClientError::Request(_)), "{refused:?}");
        assert!(!refused.to_string().contains("secret"), "{refused}");
        assert_eq!(ctx.requests().len(), 1);
    }
}
