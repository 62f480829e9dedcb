//! Webhook requests.

use bytes::Bytes;
use http::Response;
use serde::Deserialize;
use serde_json::Value;

use super::{call::Call, envelope::envelopes};
#[cfg(feature = "webhook-signatures")]
use crate::{
    Definition,
    webhook::signature::{RefusedWebhook, SignatureError},
};
use crate::{
    Result, WebhookHeaders, WebhookRequest, WebhookResponse, call::handlers::Handlers,
    webhook::UnverifiedBody,
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
    answer(handlers, call, body.req).await?.into_http()
}

#[cfg(feature = "webhook-signatures")]
async fn answer<H: Handlers>(
    handlers: &H,
    call: &Call<'_, H::Definition>,
    mut received: ReceivedRequest,
) -> Result<WebhookResponse> {
    let (body, verification) = UnverifiedBody::received(received.body.take());
    let request = received.with_body(body);
    let answered = handlers.webhook(call.ctx, request).await;
    let returned = match &answered {
        Ok(_) => None,
        Err(error) => error.source_as::<SignatureError>(),
    };
    let noted = verification.refusal();
    let noted = noted.as_ref().map(|(scheme, error)| (*scheme, error));
    if let Some((scheme, error)) = noted.or_else(|| Some(("other", returned?))) {
        report(call, scheme, error);
    }
    match returned {
        Some(refusal) => Ok(refuse(call, refusal)),
        None => answered,
    }
}

/// Tells the observer of a request whose signature was refused.
#[cfg(feature = "webhook-signatures")]
fn report<D: Definition>(call: &Call<'_, D>, scheme: &str, error: &SignatureError) {
    let refused = RefusedWebhook {
        call: call.ctx,
        scheme,
        error,
    };
    let logger = call.ctx.logger();
    if let Err(panicked) = call.state.observer.refused_webhook(&refused)
        && call.state.refusals.webhooks.admit(&logger)
    {
        logger.error(panicked);
    }
}

/// Rejects a request with an invalid signature. This is a response of the webhook, not an error of
/// the integration.
#[cfg(feature = "webhook-signatures")]
fn refuse<D: Definition>(call: &Call<'_, D>, refusal: &SignatureError) -> WebhookResponse {
    let logger = call.ctx.logger().for_bot();
    if call.state.refusals.webhooks.admit(&logger) {
        logger.warn(format_args!("rejected a webhook request: {refusal}"));
    }
    refusal.response()
}

#[cfg(not(feature = "webhook-signatures"))]
async fn answer<H: Handlers>(
    handlers: &H,
    call: &Call<'_, H::Definition>,
    mut received: ReceivedRequest,
) -> Result<WebhookResponse> {
    let body = received.body.take().into();
    handlers.webhook(call.ctx, received.with_body(body)).await
}

impl ReceivedRequest {
    fn with_body(self, body: UnverifiedBody) -> WebhookRequest {
        WebhookRequest {
            method: self.method,
            path: self.path,
            query: self.query.unwrap_or_default(),
            headers: WebhookHeaders::from_wire(&self.headers),
            body,
        }
    }
}
