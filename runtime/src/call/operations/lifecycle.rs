//! Registration of the integration, and creation of users and conversations by a bot.

use bytes::Bytes;
use http::Response;
use serde::Deserialize;
use serde_json::Value;

use super::{call::Call, envelope::envelopes};
use crate::{
    Definition, Result, TagMap, Tags,
    call::{handlers::Handlers, response::empty_response},
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
    handlers.create_user(call.ctx, tags).await?.into_http()
}

pub(crate) async fn create_conversation<H: Handlers>(
    handlers: &H,
    call: &Call<'_, H::Definition>,
) -> Result<Response<Bytes>> {
    let body: NewConversation = call.body()?;
    let tags = TagMap::from_wire(&body.tags);
    let channel = call.record.channel(body.channel);
    let response = handlers.create_conversation(call.ctx, channel, tags);
    response.await?.into_http()
}
