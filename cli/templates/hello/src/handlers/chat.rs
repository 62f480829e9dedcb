//! The channel `chat`: what a bot says to a person.

use contexture::prelude::*;

use crate::App;
use crate::{{module}}::UserTags;
use crate::{{module}}::channels::{self, ChatChannel, TextMessage};

impl channels::Chat for App {
    /// Sends a message of the bot. A real integration would send it to its service here.
    async fn text(&self, call: MessageCall<'_, ChatChannel>, payload: TextMessage) -> Result<()> {
        let logger = call.ctx.logger().for_bot();
        logger.info(format_args!("the bot says: {}", payload.text));
        if payload.text.trim().eq_ignore_ascii_case("ping") {
            answer(&call, "pong").await?;
        }
        Ok(())
    }
}

/// Creates a message of the person in the conversation, as an incoming message of a service does.
async fn answer(call: &MessageCall<'_, ChatChannel>, text: &str) -> Result<()> {
    let client = call.ctx.client();
    let person = call.conversation.tags.person.as_deref();
    let person = UserTags::default().with_person(person.unwrap_or("Ada"));
    let user = client.users().get_or_create(&person).send().await?;
    let message = TextMessage::new(text);
    let messages = client.messages();
    let message = messages.create::<ChatChannel, _>(&call.conversation, &user, &message);
    message.send().await?;
    Ok(())
}
