//! Messages that a bot sends, and changes to messages and conversations.

use std::fmt;

use bytes::Bytes;
use http::Response;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Call, Handlers, empty_response, text};
use crate::{
    Channel, ChannelMessage, ClientError, Context, Definition, Error, Result, TagMap,
    UnknownFields,
    client::{Conversation, Message, User},
    error::refusal,
    payload::{Schema, parse_typed},
    request::read_body,
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
    body: Value,
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
    pub async fn run<K, P, F>(
        mut self,
        handler: impl FnOnce(MessageCall<'a, K>, P) -> F,
    ) -> Result<()>
    where
        K: Channel<Definition = D>,
        P: ChannelMessage<Channel = K>,
        F: Future<Output = Result<()>>,
    {
        let payload = self.body["payload"].take();
        let payload = P::from_incoming(payload, self.unknown_fields).map_err(|violations| {
            let subject = format!("the {} message in {}", self.message_type, self.channel);
            refusal(&subject, &violations)
        })?;
        let call = MessageCall {
            ctx: self.ctx,
            conversation: take(&mut self.body, "conversation")?,
            user: take(&mut self.body, "user")?,
            message: take(&mut self.body, "message")?,
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

pub(super) static SHAPES: &[&Schema] = &[&CREATED, &UPDATED, &CONVERSATION_UPDATED];

static CREATED: Schema = Schema::new(concat!(
    r#"{"type":"object","required":["type","conversation","user","message"],"properties":{"type":{"type":"string"},"conversation":"#,
    conversation!(),
    r#","user":"#,
    entity!(),
    r#","message":"#,
    entity!(),
    "}}"
));
static UPDATED: Schema = Schema::new(concat!(
    r#"{"type":"object","required":["type","conversation","user","currentMessage","previousMessage"],"properties":{"type":{"type":"string"},"conversation":"#,
    conversation!(),
    r#","user":"#,
    entity!(),
    r#","currentMessage":"#,
    entity!(),
    r#","previousMessage":"#,
    entity!(),
    "}}"
));
static CONVERSATION_UPDATED: Schema = Schema::new(concat!(
    r#"{"type":"object","required":["currentConversation","previousConversation"],"properties":{"currentConversation":"#,
    conversation!(),
    r#","previousConversation":"#,
    entity!(),
    "}}"
));

pub(super) async fn message_created<H: Handlers>(
    handlers: &H,
    call: &Call<H::Definition>,
) -> Result<Response<Bytes>> {
    let body = read_body(&call.body, &CREATED)?;
    let channel = text(&body["conversation"]["channel"]).to_owned();
    let message_type = text(&body["type"]).to_owned();
    let request = MessageRequest {
        ctx: &call.ctx,
        channel: &channel,
        message_type: &message_type,
        body,
        unknown_fields: call.unknown_fields,
    };
    handlers.message(&channel, &message_type, request).await?;
    Ok(empty_response())
}

pub(super) async fn message_updated<H: Handlers>(
    handlers: &H,
    call: &Call<H::Definition>,
) -> Result<Response<Bytes>> {
    let mut body = read_body(&call.body, &UPDATED)?;
    known_channel(handlers, text(&body["conversation"]["channel"]))?;
    let update = MessageUpdate {
        message_type: text(&body["type"]).to_owned(),
        payload: body["payload"].take(),
        conversation: take(&mut body, "conversation")?,
        user: take(&mut body, "user")?,
        current_message: take(&mut body, "currentMessage")?,
        previous_message: take(&mut body, "previousMessage")?,
    };
    handlers.message_updated(&call.ctx, update).await?;
    Ok(empty_response())
}

pub(super) async fn conversation_updated<H: Handlers>(
    handlers: &H,
    call: &Call<H::Definition>,
) -> Result<Response<Bytes>> {
    let mut body = read_body(&call.body, &CONVERSATION_UPDATED)?;
    known_channel(handlers, text(&body["currentConversation"]["channel"]))?;
    let update = ConversationUpdate {
        current_conversation: take(&mut body, "currentConversation")?,
        previous_conversation: take(&mut body, "previousConversation")?,
    };
    handlers.conversation_updated(&call.ctx, update).await?;
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

/// Takes a user, a conversation or a message out of a body.
fn take<T: DeserializeOwned>(body: &mut Value, field: &str) -> Result<T> {
    parse_typed(body[field].take())
        .map_err(|violations| refusal(&format!("the body's {field}"), &violations))
}
