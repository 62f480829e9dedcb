//! `Context::http` where there are no sockets: this package enables neither the default transport nor the server.

use std::sync::Arc;

use bytes::Bytes;
use contexture::client::{RequestBody, SendFuture, Transport};
use contexture::{Environment, Result, WebhookRequest, WebhookResponse};
use contexture_tests::minimal;
use http::{Method, Request, Response};
use serde_json::json;

use super::test_app::Ask;

/// The author's own way to reach other services. Its answer quotes the request.
#[derive(Debug)]
struct Own;

impl Transport for Own {
    fn send(&self, request: Request<RequestBody>) -> SendFuture {
        let answer = format!("{} {}", request.method(), request.uri());
        Box::pin(async move { Ok(Response::new(Bytes::from(answer))) })
    }
}

struct Asks;

impl minimal::Integration for Asks {
    async fn webhook(&self, ctx: &minimal::Context, _: WebhookRequest) -> Result<WebhookResponse> {
        let request = ctx
            .http()
            .request(Method::GET, "https://api.acme.test/items");
        let answer = request.query("page", "1").send().await?.success()?;
        Ok(WebhookResponse::text(answer.text()))
    }
}

#[tokio::test]
async fn requests_to_other_services_use_the_transport_of_the_author() {
    let environment = Environment::new().transport(Arc::new(Own));
    let service = minimal::service(Asks).environment(environment);
    let request = json!({ "req": WebhookRequest::new("POST", "/") });
    let ask = Ask::new("webhook_received", None, &json!({})).body(&request);
    let answer = service.call_bytes(ask.request()).await;
    let body = String::from_utf8(answer.into_body().to_vec()).unwrap();
    assert_eq!(body, "GET https://api.acme.test/items?page=1");
}
