//! Outgoing messages, and updates of messages and conversations.

use std::fmt;

use bytes::Bytes;
use http::Response;
use serde::Deserialize;
use serde_json::Value;

use super::{call::Call, envelope::envelopes};
use crate::{
    Channel, ChannelMessage, ClientError, Context, Definition, Error, Result, TagMap, Tags as _,
    UnknownFields,
    call::{handlers::Handlers, response::empty_response},
    client::{Conversation, Message, User},
    error::refusal,
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
    ctx: &'a Context<D>,
    channel: &'a str,
    message_type: &'a str,
    payload: Value,
    conversation: Conversation<TagMap>,
    user: User<TagMap>,
    message: Message<TagMap>,
    unknown_fields: UnknownFields,
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
    pub async fn run<K, P, F>(self, handler: impl FnOnce(MessageCall<'a, K>, P) -> F) -> Result<()>
    where
        K: Channel<Definition = D>,
        P: ChannelMessage<Channel = K>,
        F: Future<Output = Result<()>>,
    {
        let payload =
            P::from_incoming(self.payload, self.unknown_fields).map_err(|violations| {
                let subject = format!("the {} message in {}", self.message_type, self.channel);
                refusal(&subject, &violations)
            })?;
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
        unknown_channel(self.channel)
    }

    /// Returns the error for a message type that the channel does not declare.
    #[must_use]
    pub fn unknown_type(self) -> Error {
        Error::invalid_payload(format!(
            "Message of type {} not found in channel {}",
            shorten(self.message_type),
            shorten(self.channel)
        ))
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

/// The schema of an entity with an id.
macro_rules! entity {
    () => {
        r#"{"type":"object","required":["id"],"properties":{"id":{"type":"string"}}}"#
    };
}
/// The schema of a conversation.
macro_rules! conversation {
    () => {
        r#"{"type":"object","required":["id","channel"],"properties":{"id":{"type":"string"},"channel":{"type":"string"}}}"#
    };
}

envelopes! {
    #[derive(Deserialize)]
    struct Created {
        r#type: String,
        #[serde(default)]
        payload: Value,
        conversation: Conversation<TagMap>,
        user: User<TagMap>,
        message: Message<TagMap>,
    }
    concat!(
    r#"{"type":"object","required":["type","conversation","user","message"],"properties":{"type":{"type":"string"},"conversation":"#,
    conversation!(),
    r#","user":"#,
    entity!(),
    r#","message":"#,
    entity!(),
    "}}"
);

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Updated {
        r#type: String,
        #[serde(default)]
        payload: Value,
        conversation: Conversation<TagMap>,
        user: User<TagMap>,
        current_message: Message<TagMap>,
        previous_message: Message<TagMap>,
    }
    concat!(
    r#"{"type":"object","required":["type","conversation","user","currentMessage","previousMessage"],"properties":{"type":{"type":"string"},"conversation":"#,
    conversation!(),
    r#","user":"#,
    entity!(),
    r#","currentMessage":"#,
    entity!(),
    r#","previousMessage":"#,
    entity!(),
    "}}"
);

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct UpdatedConversation {
        current_conversation: Conversation<TagMap>,
        previous_conversation: Conversation<TagMap>,
    }
    concat!(
    r#"{"type":"object","required":["currentConversation","previousConversation"],"properties":{"currentConversation":"#,
    conversation!(),
    r#","previousConversation":"#,
    entity!(),
    "}}"
);
}

pub(crate) async fn message<H: Handlers>(
    handlers: &H,
    call: &Call<'_, H::Definition>,
) -> Result<Response<Bytes>> {
    let body: Created = call.body()?;
    let channel = body.conversation.channel.clone();
    let request = MessageRequest {
        ctx: call.ctx,
        channel: &channel,
        message_type: &body.r#type,
        payload: body.payload,
        conversation: body.conversation,
        user: body.user,
        message: body.message,
        unknown_fields: call.state.unknown_fields,
    };
    handlers.message(&channel, &body.r#type, request).await?;
    Ok(empty_response())
}

pub(crate) async fn message_updated<H: Handlers>(
    handlers: &H,
    call: &Call<'_, H::Definition>,
) -> Result<Response<Bytes>> {
    let body: Updated = call.body()?;
    known_channel(handlers, &body.conversation.channel)?;
    let update = MessageUpdate {
        message_type: body.r#type,
        payload: body.payload,
        conversation: body.conversation,
        user: body.user,
        current_message: body.current_message,
        previous_message: body.previous_message,
    };
    handlers.message_updated(call.ctx, update).await?;
    Ok(empty_response())
}

pub(crate) async fn conversation_updated<H: Handlers>(
    handlers: &H,
    call: &Call<'_, H::Definition>,
) -> Result<Response<Bytes>> {
    let body: UpdatedConversation = call.body()?;
    known_channel(handlers, &body.current_conversation.channel)?;
    let update = ConversationUpdate {
        current_conversation: body.current_conversation,
        previous_conversation: body.previous_conversation,
    };
    handlers.conversation_updated(call.ctx, update).await?;
    Ok(empty_response())
}

fn known_channel<H: Handlers>(handlers: &H, channel: &str) -> Result<()> {
    if handlers.channels().contains(&channel) {
        Ok(())
    } else {
        Err(unknown_channel(channel))
    }
}

fn unknown_channel(channel: &str) -> Error {
    Error::invalid_payload(format!("Channel {} not found", shorten(channel)))
}
