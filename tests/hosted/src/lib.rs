//! An integration that uses what a bundle gets from JavaScript: requests, timers, the log, and a new instance after a
//! panic.

contexture::include_definition!("definition");

pub mod calls;

use std::time::Duration;

use contexture::client::RetryPolicy;
use contexture::prelude::*;
use contexture::webhook::signature::{self, Algorithm};
use contexture::{MessageCall, Service};
use serde_json::json;

use crate::hosted::channels::{self, ChannelChannel, ChannelTextMessage};
use crate::hosted::{Context, Definition};

/// Creates the service.
#[must_use]
pub fn service() -> Service<Definition> {
    hosted::service(App)
}

struct App;

impl channels::Channel for App {
    async fn text(&self, _: MessageCall<'_, ChannelChannel>, _: ChannelTextMessage) -> Result {
        Ok(())
    }
}

impl hosted::Integration for App {
    async fn webhook(&self, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
        let segments: Vec<_> = request.path.split('/').skip(1).collect();
        match segments.as_slice() {
            ["calls", owner] => {
                calls::of(owner, ctx.client()).await?;
                Ok(WebhookResponse::ok())
            }
            ["http"] => send_on(ctx, &request).await,
            ["signed"] => {
                let verifier = signature::github(&ctx.secrets().webhook_key);
                Ok(WebhookResponse::text(verifier.verify(request)?.text()))
            }
            ["hmac"] => Ok(WebhookResponse::json(&macs(
                request.body.unverified_bytes(),
            ))?),
            ["log"] => {
                ctx.logger().for_bot().info("a line of the logger");
                tracing::warn!(count = 2, "an event");
                Ok(WebhookResponse::ok())
            }
            ["later"] => {
                let http = ctx.http().get(request.body.unverified_text());
                ctx.after_response(async move {
                    http.send().await?;
                    Ok(())
                })?;
                Ok(WebhookResponse::ok())
            }
            ["bytes"] => Ok(WebhookResponse::ok().with_body([0x61, 0xff, 0x62].as_slice())),
            ["panic"] => panic!("a handler panicked"),
            ["trap"] => std::process::abort(),
            ["deep"] => Ok(WebhookResponse::text(depth(1).to_string())),
            _ => Ok(WebhookResponse::json(&request)?),
        }
    }
}

/// Sends the request on to the address in the header `to`, and returns what came back.
async fn send_on(ctx: &Context, request: &WebhookRequest) -> Result<WebhookResponse> {
    let to = request.header("to").unwrap_or_default();
    let timeout = request.header("timeout").and_then(|time| time.parse().ok());
    let body = request.body.unverified_text().to_owned();
    let mut sent = match request.method.as_str() {
        "GET" => ctx.http().get(to),
        _ => ctx.http().post(to).body(body, "text/plain"),
    };
    if let Some(timeout) = timeout {
        sent = sent.timeout(Duration::from_millis(timeout));
    }
    if request.header("retries").is_some() {
        sent = sent.retries(RetryPolicy::new());
    }
    let answer = match sent.send().await {
        Ok(answer) => json!({
            "status": answer.status().as_u16(),
            "header": answer.header("x-answer"),
            "length": answer.bytes().len(),
            "text": answer.text(),
        }),
        Err(error) => json!({ "error": chain(&error) }),
    };
    Ok(WebhookResponse::json(&answer)?)
}

/// The HMAC of a message by each algorithm, with the key `key`.
#[must_use]
pub fn macs(message: &[u8]) -> [String; 3] {
    [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512]
        .map(|algorithm| algorithm.sign(b"key", message).hex())
}

/// Calls itself until the stack ends.
#[expect(
    unconditional_recursion,
    reason = "the end of the stack is what a test needs"
)]
fn depth(level: u64) -> u64 {
    std::hint::black_box(depth(std::hint::black_box(level + 1)) + 1)
}

/// The messages of an error and of its causes.
fn chain(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", chain(cause)),
        None => error.to_string(),
    }
}
