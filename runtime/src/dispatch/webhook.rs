//! Requests that reach the integration's webhook.

use bytes::Bytes;
use http::Response;
use serde_json::Value;

use super::{Call, Handlers, text};
#[cfg(feature = "webhooks")]
use crate::webhook::signature::SignatureError;
use crate::{
    Definition, Error, Result, WebhookHeaders, WebhookRequest, WebhookResponse, payload::Schema,
    request::read_body,
};

pub(super) static SHAPES: &[&Schema] = &[&WEBHOOK];

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
    let request = read_request(&body["req"]);
    let response = match handlers.webhook(&call.ctx, request).await {
        Ok(response) => response,
        Err(error) => refuse(call, error)?,
    };
    response.into_http()
}

/// A request that is not genuine is refused, and no failure of the integration.
#[cfg(feature = "webhooks")]
fn refuse<D: Definition>(call: &Call<D>, error: Error) -> Result<WebhookResponse> {
    let Some(refusal) = error.source_as::<SignatureError>() else {
        return Err(error);
    };
    let logger = call.ctx.logger().for_bot();
    if call.refusals.webhooks.admit(&logger) {
        logger.warn(format_args!("refused a webhook: {refusal}"));
    }
    Ok(refusal.response())
}

#[cfg(not(feature = "webhooks"))]
fn refuse<D: Definition>(_: &Call<D>, error: Error) -> Result<WebhookResponse> {
    Err(error)
}

fn read_request(request: &Value) -> WebhookRequest {
    WebhookRequest {
        method: text(&request["method"]).to_owned(),
        path: text(&request["path"]).to_owned(),
        query: text(&request["query"]).to_owned(),
        headers: WebhookHeaders::from_wire(&request["headers"]),
        body: request["body"].as_str().map(str::to_owned).into(),
    }
}
