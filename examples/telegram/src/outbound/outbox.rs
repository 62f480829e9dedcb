//! The delivery of a message to its chat, in one or more parts and with one acknowledgment.

use contexture::Logger;
use contexture::prelude::*;
use serde_json::{Map, Value};

use super::Call;
use super::buttons::ButtonData;
use crate::Telegram;
use crate::telegram::channels::{ChannelConversationTags, ChannelMessageTags};
use crate::telegram_api::{Bot, SentMessage, TelegramError};

/// A message of the bot during its delivery.
pub(super) struct Outbox<'a> {
    call: &'a Call<'a>,
    bot: Bot,
    chat_id: String,
    last_sent: Option<SentMessage>,
    /// The number of buttons of the message so far.
    buttons: usize,
}

impl<'a> Outbox<'a> {
    /// Prepares to send a message of the bot to the chat of its conversation.
    pub(super) async fn open(telegram: &Telegram, call: &'a Call<'a>) -> Result<Self> {
        let chat_id = chat_id(&call.conversation.tags)?.to_owned();
        telegram.typing.stop(&call.conversation.id);
        Ok(Self {
            call,
            bot: telegram.bot(call.ctx).await?,
            chat_id,
            last_sent: None,
            buttons: 0,
        })
    }

    /// Sends one part of the message with the given method.
    pub(super) async fn send(&mut self, method: &str, part: Part) -> Result<(), TelegramError> {
        let Part(mut parameters) = part;
        parameters.insert("chat_id".to_owned(), self.chat_id.as_str().into());
        self.last_sent = Some(self.bot.send(method, &parameters).await?);
        Ok(())
    }

    /// The data of the message's next button.
    pub(super) fn button_data(&mut self, value: &str) -> ButtonData {
        let position = self.buttons;
        self.buttons += 1;
        ButtonData::new(value, self.call.message.id.as_str(), position)
    }

    /// The log for the bot's owner about this conversation.
    pub(super) fn logger(&self) -> Logger {
        let logger = self.call.ctx.logger().for_bot();
        logger.with_conversation(&self.call.conversation.id)
    }

    /// Stores the Telegram identifier of the message in Botpress, which is that of its last part.
    pub(super) async fn acknowledge(self) -> Result {
        let Some(sent) = self.last_sent else {
            self.logger().debug("an empty message was not sent");
            return Ok(());
        };
        let tags = ChannelMessageTags::default()
            .with_id(sent.message_id.to_string())
            .with_chat_id(self.chat_id);
        self.call.ack(&tags).await?;
        Ok(())
    }
}

/// The chat of a conversation.
pub(crate) fn chat_id(tags: &ChannelConversationTags) -> Result<&str> {
    let id = tags.id.as_deref().or(tags.chat_id.as_deref());
    id.explain("The conversation has no tag `id`, which names its chat at Telegram")
}

/// The parameters of a part of a message.
#[derive(Clone, Debug, Default)]
pub(super) struct Part(Map<String, Value>);

impl Part {
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }
}
