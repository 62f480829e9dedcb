//! Messages and updates, as their handlers take them.

use std::fmt;

use serde_json::Value;

use super::incoming::Incoming;
use crate::{
    Channel, ChannelMessage, ClientError, Context, Definition, Error, Result, TagMap, Tags as _,
    UnknownFields,
    client::{Conversation, Message, User},
    value::shorten,
};

/// An outgoing message with its conversation, its user and the stored message.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MessageCall<'a, K: Channel> {
    /// The context of the call.
    pub ctx: &'a Context<K::Definition>,
    /// The conversation of the message.
    pub conversation: Conversation<K::ConversationTags>,
    /// The user that sends the message.
    pub user: User<<K::Definition as Definition>::UserTags>,
    /// The message as stored by Botpress.
    pub message: Message<K::MessageTags>,
}

impl<'a, K: Channel> MessageCall<'a, K> {
    /// Creates a call, for unit tests of a handler.
    #[must_use]
    pub fn new(
        ctx: &'a Context<K::Definition>,
        conversation: Conversation<K::ConversationTags>,
        user: User<<K::Definition as Definition>::UserTags>,
        message: Message<K::MessageTags>,
    ) -> Self {
        Self {
            ctx,
            conversation,
            user,
            message,
        }
    }

    /// Acknowledges the delivery of the message by setting its tags.
    ///
    /// # Errors
    ///
    /// Returns an error if the API request fails.
    pub async fn ack(&self, tags: &K::MessageTags) -> Result<Message<K::MessageTags>, ClientError> {
        let messages = self.ctx.client().messages();
        messages.update::<K>(&self.message).tags(tags).send().await
    }
}

/// An outgoing message whose payload is not deserialized yet.
pub struct MessageRequest<'a, D: Definition> {
    pub(in crate::call) ctx: &'a Context<D>,
    pub(in crate::call) channel: &'a str,
    pub(in crate::call) message_type: &'a str,
    pub(in crate::call) payload: Incoming<'a>,
    pub(in crate::call) conversation: Conversation<TagMap>,
    pub(in crate::call) user: User<TagMap>,
    pub(in crate::call) message: Message<TagMap>,
    pub(in crate::call) unknown_fields: UnknownFields,
}

/// Omits the payload, which may contain secrets.
impl<D: Definition> fmt::Debug for MessageRequest<'_, D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("MessageRequest")
            .field("channel", &self.channel)
            .field("message_type", &self.message_type)
            .finish_non_exhaustive()
    }
}

impl<'a, D: Definition> MessageRequest<'a, D> {
    /// Deserializes the payload, converts the tags, and runs the handler.
    ///
    /// # Errors
    ///
    /// Returns an error if the payload does not fit its schema, or if the handler fails.
    pub async fn run<K, P, F>(
        mut self,
        handler: impl FnOnce(MessageCall<'a, K>, P) -> F,
    ) -> Result<()>
    where
        K: Channel<Definition = D>,
        P: ChannelMessage<K>,
        F: Future<Output = Result<()>>,
    {
        let subject = || format!("the {} message in {}", self.message_type, self.channel);
        let payload = self.payload.decode::<P>(self.unknown_fields, subject)?;
        let call = MessageCall {
            ctx: self.ctx,
            conversation: self.conversation.map_tags(K::ConversationTags::from_map),
            user: self.user.map_tags(<D::UserTags>::from_map),
            message: self.message.map_tags(K::MessageTags::from_map),
        };
        handler(call, payload).await
    }

    /// Returns the error for a channel that is not declared.
    #[must_use]
    pub fn unknown_channel(self) -> Error {
        let unknown = || unknown_channel(self.channel);
        self.payload.or_invalid(unknown)
    }

    /// Returns the error for a message type that the channel does not declare.
    #[must_use]
    pub fn unknown_type(self) -> Error {
        let unknown = || {
            Error::invalid_payload(format!(
                "Message of type {} not found in channel {}",
                shorten(self.message_type),
                shorten(self.channel)
            ))
        };
        self.payload.or_invalid(unknown)
    }
}

/// An updated message.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MessageUpdate {
    /// The message's type.
    pub message_type: String,
    /// The payload; it is not validated.
    pub payload: Value,
    /// The conversation of the message.
    pub conversation: Conversation<TagMap>,
    /// The user that sent the message.
    pub user: User<TagMap>,
    /// The message after the update.
    pub current_message: Message<TagMap>,
    /// The message before the update.
    pub previous_message: Message<TagMap>,
}

/// An updated conversation.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ConversationUpdate {
    /// The conversation after the update.
    pub current_conversation: Conversation<TagMap>,
    /// The conversation before the update.
    pub previous_conversation: Conversation<TagMap>,
}

/// Returns the error for a channel that is not declared.
pub(in crate::call) fn unknown_channel(channel: &str) -> Error {
    Error::invalid_payload(format!("Channel {} not found", shorten(channel)))
}
