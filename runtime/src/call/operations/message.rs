//! Messages that a bot sends, and changes to messages and conversations.

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

/// A message that a bot sends: where, to whom, and what Botpress stored of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MessageCall<'a, K: Channel> {
    /// The context of the call.
    pub ctx: &'a Context<K::Definition>,
    /// The conversation that the message is sent in.
    pub conversation: Conversation<K::ConversationTags>,
    /// The user that the message is from.
    pub user: User<<K::Definition as Definition>::UserTags>,
    /// The message, as it is stored.
    pub message: Message<K::MessageTags>,
}

impl<'a, K: Channel> MessageCall<'a, K> {
    /// Puts a call together, as a unit test of a handler needs it.
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

    /// Tells Botpress that the message was delivered, and under which tags.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn ack(&self, tags: &K::MessageTags) -> Result<Message<K::MessageTags>, ClientError> {
        let messages = self.ctx.client().messages();
        messages.update::<K>(&self.message).tags(tags).send().await
    }
}

/// A message whose payload has no type yet.
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

/// The payload may hold secrets, which only its type would hide.
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
    /// Types the payload and what goes with it, and runs the handler.
    ///
    /// # Errors
    ///
    /// The payload does not fit its schema, or the handler fails.
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

    /// The refusal of a channel that is not declared.
    #[must_use]
    pub fn unknown_channel(self) -> Error {
        unknown_channel(self.channel)
    }

    /// The refusal of a message type that the channel does not declare.
    #[must_use]
    pub fn unknown_type(self) -> Error {
        Error::invalid_payload(format!(
            "Message of type {} not found in channel {}",
            shorten(self.message_type),
            shorten(self.channel)
        ))
    }
}

/// A message was changed.
#[derive(Clone, Debug)]
pub struct MessageUpdate {
    /// The message's type.
    pub message_type: String,
    /// The payload, not checked against any schema.
    pub payload: Value,
    /// The conversation that the message is in.
    pub conversation: Conversation<TagMap>,
    /// The user that the message is from.
    pub user: User<TagMap>,
    /// The message as it is now.
    pub current_message: Message<TagMap>,
    /// The message as it was.
    pub previous_message: Message<TagMap>,
}

/// A conversation was changed.
#[derive(Clone, Debug)]
pub struct ConversationUpdate {
    /// The conversation as it is now.
    pub current_conversation: Conversation<TagMap>,
    /// The conversation as it was.
    pub previous_conversation: Conversation<TagMap>,
}

/// The shape of something that has an id.
macro_rules! entity {
    () => {
        r#"{"type":"object","required":["id"],"properties":{"id":{"type":"string"}}}"#
    };
}
/// The shape of a conversation.
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
