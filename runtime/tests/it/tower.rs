//! The service behind another server.

use std::time::SystemTime;

use bytes::Bytes;
use contexture::{CallSigner, VerifyCallsLayer};
use http::Request;
use http_body_util::{BodyExt, Full, Limited};
use tower_layer::Layer as _;
use tower_service::Service;

use crate::support::{TestApp, hello};

#[tokio::test]
async fn the_service_is_called_with_any_body() {
    let mut service = TestApp::new().service;
    let request = hello(&serde_json::json!({ "name": "Ada" }))
        .request()
        .map(Full::new);
    let response = service.call(request).await.unwrap();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert!(
        body.starts_with(br#"{"output":{"message":"hello Ada""#),
        "{body:?}"
    );
}

#[tokio::test]
async fn a_body_over_the_servers_limit_is_refused() {
    let mut service = TestApp::new().service;
    let limited = |body: Bytes| Limited::new(Full::new(body), 4);
    let request = hello(&serde_json::json!({ "name": "Ada" }))
        .request()
        .map(limited);
    let response = service.call(request).await.unwrap();
    assert_eq!(response.status(), 413);
}

#[tokio::test]
async fn a_layer_lets_only_signed_calls_and_probes_through() {
    let secret = ["c2VjcmV0"];
    let layer = VerifyCallsLayer::new(secret).unwrap();
    let mut service = layer.layer(TestApp::new().service);
    let call = || hello(&serde_json::json!({ "name": "Ada" })).request();
    let refused = service.call(call().map(Full::new)).await.unwrap();
    assert_eq!(refused.status(), 401);
    let mut signed = call();
    let signature = CallSigner::new(secret)
        .unwrap()
        .sign(signed.body(), SystemTime::now());
    signed
        .headers_mut()
        .insert("x-bp-signature", signature.parse().unwrap());
    for status in [200, 401] {
        let response = service.call(signed.clone().map(Full::new)).await.unwrap();
        assert_eq!(response.status(), status);
    }
    let health = Request::get("/health")
        .body(Full::new(Bytes::new()))
        .unwrap();
    assert_eq!(service.call(health).await.unwrap().status(), 200);
    let long = Full::new(Bytes::from(vec![b'1'; 11 * 1024 * 1024]));
    let refused = service
        .call(Request::post("/").body(long).unwrap())
        .await
        .unwrap();
    assert_eq!(refused.status(), 413);
}

#[tokio::test]
async fn a_layer_that_only_warns_lets_every_call_through() {
    let layer = VerifyCallsLayer::new(["c2VjcmV0"]).unwrap().only_warn();
    let mut service = layer.layer(TestApp::new().service);
    let call = hello(&serde_json::json!({ "name": "Ada" })).request();
    let response = service.call(call.map(Full::new)).await.unwrap();
    assert_eq!(response.status(), 200);
}
