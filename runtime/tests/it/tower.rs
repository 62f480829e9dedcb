//! The service behind another server.

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
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
