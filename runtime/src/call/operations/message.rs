//! Messages that a bot sends, and updates of messages and conversations.

use bytes::Bytes;
use http::Response;
use serde::Deserialize;
use serde_json::Value;

use super::{call::Call, direct::read_direct, envelope::envelopes};
use crate::{
    Definition, Result, TagMap,
    call::{
        handlers::Handlers,
        requests::{ConversationUpdate, Incoming, MessageRequest, MessageUpdate, unknown_channel},
        response::empty_response,
    },
    client::{Conversation, Message, User},
    value::json::MarkedText,
};

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
        #[serde(skip)]
        payload: Value,
        conversation: Conversation<TagMap>,
        user: User<TagMap>,
        message: Message<TagMap>,
    }
    @payload payload;
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
        #[serde(skip)]
        payload: Value,
        conversation: Conversation<TagMap>,
        user: User<TagMap>,
        current_message: Message<TagMap>,
        previous_message: Message<TagMap>,
    }
    @payload payload;
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
    let text = MarkedText::of(call.body);
    let (body, payload) = read(call, text.as_ref())?;
    call.record
        .participants(&body.user, &body.conversation, &body.message);
    let channel = body.conversation.channel.clone();
    let (channel, message_type) = call.record.message(channel, body.r#type);
    let request = MessageRequest {
        ctx: call.ctx,
        channel,
        message_type,
        payload,
        conversation: body.conversation,
        user: body.user,
        message: body.message,
        unknown_fields: call.state.unknown_fields,
    };
    handlers.message(channel, message_type, request).await?;
    Ok(empty_response())
}

/// Reads the body, without its payload, and the payload.
fn read<'a, D: Definition>(
    call: &Call<'a, D>,
    text: Option<&'a MarkedText<'_>>,
) -> Result<(Created, Incoming<'a>)> {
    if let Some(read) = text.and_then(read_created) {
        return Ok(read);
    }
    let mut body: Created = call.body()?;
    let payload = Incoming::Value(body.payload.take().into());
    Ok((body, payload))
}

/// Reads a body of the usual form.
fn read_created<'a>(body: &'a MarkedText<'_>) -> Option<(Created, Incoming<'a>)> {
    let read = read_direct(body, "payload", &["conversation", "user", "message"])?;
    // serde's structs can be read from arrays, too.
    if !read.others.iter().all(|text| text.starts_with('{')) {
        return None;
    }
    let [conversation, user, message] = read.others.try_into().ok()?;
    let conversation: Conversation<TagMap> = serde_json::from_str(conversation).ok()?;
    // It may be absent, which the schema does not allow.
    if conversation.channel.is_empty() {
        return None;
    }
    let created = Created {
        r#type: read.kind.into_owned(),
        payload: Value::Null,
        conversation,
        user: serde_json::from_str(user).ok()?,
        message: serde_json::from_str(message).ok()?,
    };
    Some((created, Incoming::Part(read.payload)))
}

pub(crate) async fn message_updated<H: Handlers>(
    handlers: &H,
    call: &Call<'_, H::Definition>,
) -> Result<Response<Bytes>> {
    let body: Updated = call.body()?;
    call.record
        .participants(&body.user, &body.conversation, &body.current_message);
    let channel = body.conversation.channel.clone();
    let (channel, message_type) = call.record.message(channel, body.r#type);
    known_channel(handlers, channel)?;
    let update = MessageUpdate {
        message_type: message_type.to_owned(),
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
    let channel = call
        .record
        .channel(body.current_conversation.channel.clone());
    known_channel(handlers, channel)?;
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
