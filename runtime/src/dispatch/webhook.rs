//! Requests that reach the integration's webhook.

use bytes::Bytes;
use http::Response;
use serde_json::Value;

use super::{Call, Handlers, text};
use crate::{Result, WebhookHeaders, WebhookRequest, payload::Schema, request::read_body};

static WEBHOOK: Schema = Schema::new(
    r#"{"type":"object","required":["req"],"properties":{"req":{
        "type":"object",
        "required":["method","path"],
        "properties":{
            "method":{"type":"string"},
            "path":{"type":"string"},
            "query":{"type":["string","null"]},
            "headers":{"type":["object","null"]},
            "body":{"type":["string","null"]}}}}}"#,
);

pub(super) async fn webhook_received<H: Handlers>(
    handlers: &H,
    call: &Call<H::Definition>,
) -> Result<Response<Bytes>> {
    let body = read_body(&call.body, &WEBHOOK)?;
    let response = handlers
        .webhook(&call.ctx, read_request(&body["req"]))
        .await?;
    response.into_http()
}

fn read_request(request: &Value) -> WebhookRequest {
    WebhookRequest {
        method: text(&request["method"]).to_owned(),
        path: text(&request["path"]).to_owned(),
        query: text(&request["query"]).to_owned(),
        headers: WebhookHeaders::from_wire(&request["headers"]),
        body: request["body"].as_str().map(str::to_owned),
    }
}
