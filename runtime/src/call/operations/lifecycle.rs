//! Registration of the integration, and creation of users and conversations by a bot.

use bytes::Bytes;
use http::Response;
use serde::Deserialize;
use serde_json::Value;

use super::{call::Call, envelope::envelopes};
use crate::{
    Definition, Result, TagMap, Tags,
    call::{handlers::Handlers, requests::unknown_channel, response::empty_response},
};

envelopes! {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Registration {
        webhook_url: String,
    }
    r#"{"type":"object","required":["webhookUrl"],"properties":{"webhookUrl":{"type":"string"}}}"#;

    #[derive(Deserialize)]
    struct NewUser {
        #[serde(default)]
        tags: Value,
    }
    r#"{"type":"object","properties":{"tags":{"type":["object","null"]}}}"#;

    #[derive(Deserialize)]
    struct NewConversation {
        channel: String,
        #[serde(default)]
        tags: Value,
    }
    r#"{"type":"object","required":["channel"],"properties":{"channel":{"type":"string"},"tags":{"type":["object","null"]}}}"#;
}

pub(crate) async fn register<H: Handlers>(
    handlers: &H,
    call: &Call<'_, H::Definition>,
) -> Result<Response<Bytes>> {
    let body: Registration = call.body()?;
    handlers.register(call.ctx, &body.webhook_url).await?;
    Ok(empty_response())
}

pub(crate) async fn unregister<H: Handlers>(
    handlers: &H,
    call: &Call<'_, H::Definition>,
) -> Result<Response<Bytes>> {
    let body: Registration = call.body()?;
    handlers.unregister(call.ctx, &body.webhook_url).await?;
    Ok(empty_response())
}

pub(crate) async fn create_user<H: Handlers>(
    handlers: &H,
    call: &Call<'_, H::Definition>,
) -> Result<Response<Bytes>> {
    let body: NewUser = call.body()?;
    let tags = <H::Definition as Definition>::UserTags::from_wire(&body.tags);
    let created = handlers.create_user(call.ctx, tags).await?;
    Ok(answer(created.map(|created| created.to_json())))
}

pub(crate) async fn create_conversation<H: Handlers>(
    handlers: &H,
    call: &Call<'_, H::Definition>,
) -> Result<Response<Bytes>> {
    let body: NewConversation = call.body()?;
    let tags = TagMap::from_wire(&body.tags);
    let channel = call.record.channel(body.channel);
    let conversation = <H::Definition as Definition>::new_conversation(channel, tags);
    let conversation = conversation.ok_or_else(|| unknown_channel(channel))?;
    let created = handlers.create_conversation(call.ctx, conversation).await?;
    Ok(answer(created.map(|created| created.to_json())))
}

/// The response with what was created. Without it, the response is that of the official SDK
/// without a handler.
fn answer(created: Option<Value>) -> Response<Bytes> {
    match created {
        Some(created) => Response::new(created.to_string().into()),
        None => empty_response(),
    }
}
