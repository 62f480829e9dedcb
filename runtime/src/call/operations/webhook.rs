//! Webhook requests.

use bytes::Bytes;
use http::Response;
use serde::Deserialize;
use serde_json::Value;

use super::{call::Call, envelope::envelopes};
#[cfg(feature = "webhook-signatures")]
use crate::webhook::signature::SignatureError;
use crate::{
    Definition, Error, Result, WebhookHeaders, WebhookRequest, WebhookResponse,
    call::handlers::Handlers,
};

envelopes! {
    #[derive(Deserialize)]
    struct Received {
        req: ReceivedRequest,
    }
    r#"{"type":"object","required":["req"],"properties":{"req":{
        "type":"object",
        "required":["method","path"],
        "properties":{
            "method":{"type":"string"},
            "path":{"type":"string"},
            "query":{"type":["string","null"]},
            "headers":{"type":["object","null"]},
            "body":{"type":["string","null"]}}}}}"#;
}

#[derive(Deserialize)]
struct ReceivedRequest {
    method: String,
    path: String,
    query: Option<String>,
    #[serde(default)]
    headers: Value,
    body: Option<String>,
}

pub(crate) async fn webhook<H: Handlers>(
    handlers: &H,
    call: &Call<'_, H::Definition>,
) -> Result<Response<Bytes>> {
    let body: Received = call.body()?;
    let response = match handlers.webhook(call.ctx, body.req.into()).await {
        Ok(response) => response,
        Err(error) => refuse(call, error)?,
    };
    response.into_http()
}

/// Rejects a request with an invalid signature. This is a response of the webhook, not an error of
/// the integration.
#[cfg(feature = "webhook-signatures")]
fn refuse<D: Definition>(call: &Call<'_, D>, error: Error) -> Result<WebhookResponse> {
    let Some(refusal) = error.source_as::<SignatureError>() else {
        return Err(error);
    };
    let logger = call.ctx.logger().for_bot();
    if call.state.refusals.webhooks.admit(&logger) {
        logger.warn(format_args!("rejected a webhook request: {refusal}"));
    }
    Ok(refusal.response())
}

#[cfg(not(feature = "webhook-signatures"))]
fn refuse<D: Definition>(_: &Call<'_, D>, error: Error) -> Result<WebhookResponse> {
    Err(error)
}

impl From<ReceivedRequest> for WebhookRequest {
    fn from(request: ReceivedRequest) -> Self {
        Self {
            method: request.method,
            path: request.path,
            query: request.query.unwrap_or_default(),
            headers: WebhookHeaders::from_wire(&request.headers),
            body: request.body.into(),
        }
    }
}
