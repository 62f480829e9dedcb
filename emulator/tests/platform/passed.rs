//! Calls that the real Botpress makes.

use std::net::SocketAddr;

use axum::Router;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use contexture_emulator::exchange::ExchangeKind;
use contexture_emulator::platform::PlatformError;
use http::{HeaderMap, Request, StatusCode, Uri};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::bench::{API_KEY, Bench, parity_definition};
use crate::scripted::{self, response};

/// A call as the tunnel brings it, for a bot that the emulator does not know.
fn call(operation: &str, body: &Value) -> Request<Bytes> {
    let configuration = json!({ "apiKey": API_KEY, "region": "eu" });
    Request::post("/?a=b")
        .header("content-type", "application/json")
        .header("x-bot-id", "6b5a12a5-0000-4000-8000-000000000001")
        .header("x-bp-operation", operation)
        .header(
            "x-bp-configuration",
            BASE64_STANDARD.encode(configuration.to_string()),
        )
        .header("x-bp-signature", "1,abc")
        .body(body.to_string().into())
        .unwrap()
}

/// Answers with the configuration, the path and the query of a call.
async fn serve_echo() -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let echo = Router::new().fallback(|headers: HeaderMap, uri: Uri| async move {
        assert_eq!(headers["x-bp-signature"], "1,abc");
        let configuration = BASE64_STANDARD
            .decode(&headers["x-bp-configuration"])
            .unwrap();
        let configuration = String::from_utf8(configuration).unwrap();
        (StatusCode::CREATED, format!("{configuration} {uri}"))
    });
    tokio::spawn(async move { axum::serve(listener, echo).await });
    address
}

#[tokio::test]
async fn a_call_of_the_real_botpress_is_passed_on_as_it_is_and_recorded_without_its_secrets() {
    let bench = Bench::of(parity_definition()).await;
    let address = serve_echo().await;
    bench.call_at(address);
    let body = json!({ "type": "hello", "input": { "name": API_KEY } });
    let answer = bench
        .platform
        .pass_on(call("action_triggered", &body))
        .await
        .unwrap();
    assert_eq!(answer.status(), 201);
    let told = String::from_utf8_lossy(answer.body()).into_owned();
    assert_eq!(
        told,
        format!(r#"{{"apiKey":"{API_KEY}","region":"eu"}} /?a=b"#)
    );

    let recorded = bench.last(ExchangeKind::Call);
    assert_eq!(
        (recorded.name.as_str(), recorded.subject.as_deref()),
        ("action_triggered", Some("hello"))
    );
    assert_eq!(recorded.instance, None);
    assert!(
        recorded.trace.is_some(),
        "log lines belong to a call by its trace"
    );
    let shown = format!("{recorded:?}");
    let encoded = BASE64_STANDARD.encode(json!({ "apiKey": API_KEY, "region": "eu" }).to_string());
    for secret in [API_KEY, &encoded, "1,abc"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    let text = recorded.request.body.text().unwrap_or_default();
    assert!(text.contains("[secret /apiKey]"), "{text}");
}

#[tokio::test]
async fn what_an_authorization_grants_is_not_recorded() {
    let bench = Bench::of(parity_definition()).await;
    let address = scripted::serve(|_| async move { response(200, "{}".to_owned()) }).await;
    bench.call_at(address);
    let request = json!({
        "method": "GET", "path": "/oauth", "query": "state=s&code=granted-code", "headers": {},
    });
    let webhook = call("webhook_received", &json!({ "req": request }));
    bench.platform.pass_on(webhook).await.unwrap();
    let recorded = bench.last(ExchangeKind::Call);
    assert_eq!(recorded.subject.as_deref(), Some("GET /oauth"));
    assert!(
        !format!("{recorded:?}").contains("granted-code"),
        "{recorded:?}"
    );
}

#[tokio::test]
async fn an_integration_that_does_not_answer_is_an_error_that_is_recorded() {
    let bench = Bench::of(parity_definition()).await;
    bench.call_at(([127, 0, 0, 1], 9).into());
    let request = Request::get("/health").body(Bytes::new()).unwrap();
    let error = bench.platform.pass_on(request).await.unwrap_err();
    assert!(matches!(error, PlatformError::Call(_)), "{error}");
    let recorded = bench.last(ExchangeKind::Call);
    assert_eq!(recorded.name, "GET /health");
    assert!(recorded.error.is_some());
}
