//! The webhook: what a person says to the bot.

use contexture::prelude::*;
use contexture::webhook::signature;
use serde::Deserialize;

use crate::{{module}}::channels::{ChatChannel, ChatConversationTags, ChatMessageTags, TextMessage};
use crate::{{module}}::{Context, UserTags};

/// The body of a webhook.
#[derive(Debug, Deserialize)]
struct Said {
    from: String,
    text: String,
}

/// Brings a message to the bot. Without a valid signature, the sender gets a 401.
pub(super) async fn receive(ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
    let secret = &ctx.configuration.webhook_secret;
    let Said { from, text } = signature::github(secret).verify(request)?.json()?;
    let conversation = ChatConversationTags::default().with_person(from.clone());
    let user = UserTags::default().with_person(from.clone());
    let message = TextMessage::new(text);
    let client = ctx.client();
    let incoming = client
        .incoming::<ChatChannel>(&conversation, &user)
        .user_name(&from);
    let incoming = incoming.message(&message, &ChatMessageTags::default());
    incoming.send().await?;
    Ok(WebhookResponse::text("thanks"))
}
