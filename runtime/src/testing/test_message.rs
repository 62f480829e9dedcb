//! A message that a bot sends in a test.

use std::fmt;
use std::marker::PhantomData;

use serde_json::{Value, json};

use super::botpress::Collection;
use super::harness::{Harness, Refusal, sent};
use crate::client::{ConversationId, MessageId, UserId};
use crate::{Channel, ChannelMessage, Definition, Operation};

/// A message that is about to be sent by the bot of a [`Harness`].
///
/// The conversation is `conversation-1`, the user `user-1` and the message `message-1`, unless other ids
/// are set; the tags of each can be set. All three are kept at the [`Botpress`](super::Botpress) of the
/// harness, where a conversation and a user that are known have the tags that they had, too.
#[must_use = "a message is sent by `send`"]
pub struct TestMessage<'a, D: Definition, K> {
    harness: &'a Harness<D>,
    message_type: &'static str,
    payload: Value,
    conversation_id: String,
    user_id: String,
    message_id: String,
    conversation_tags: Value,
    user_tags: Value,
    message_tags: Value,
    channel: PhantomData<fn() -> K>,
}

impl<D: Definition> Harness<D> {
    /// Prepares a message that the bot sends; its type says which channel it goes through.
    ///
    /// # Panics
    ///
    /// When the payload does not fit its schema.
    pub fn message<M>(&self, payload: &M) -> TestMessage<'_, D, M::Channel>
    where
        M: ChannelMessage<Channel: Channel<Definition = D>>,
    {
        TestMessage::new(self, M::TYPE, sent(payload))
    }
}

impl<'a, D: Definition, K: Channel<Definition = D>> TestMessage<'a, D, K> {
    fn new(harness: &'a Harness<D>, message_type: &'static str, payload: Value) -> Self {
        Self {
            harness,
            message_type,
            payload,
            conversation_id: "conversation-1".to_owned(),
            user_id: "user-1".to_owned(),
            message_id: "message-1".to_owned(),
            conversation_tags: json!({}),
            user_tags: json!({}),
            message_tags: json!({}),
            channel: PhantomData,
        }
    }

    /// Sets the id of the conversation that the message is sent in.
    pub fn conversation_id(mut self, id: impl Into<ConversationId>) -> Self {
        self.conversation_id = id.into().into();
        self
    }

    /// Sets the id of the user that the message is from.
    pub fn user_id(mut self, id: impl Into<UserId>) -> Self {
        self.user_id = id.into().into();
        self
    }

    /// Sets the id of the message.
    pub fn message_id(mut self, id: impl Into<MessageId>) -> Self {
        self.message_id = id.into().into();
        self
    }

    /// Sets the tags of the conversation that the message is sent in.
    pub fn conversation_tags(mut self, tags: &K::ConversationTags) -> Self {
        self.conversation_tags = json!(tags);
        self
    }

    /// Sets the tags of the user that the message is from.
    pub fn user_tags(mut self, tags: &D::UserTags) -> Self {
        self.user_tags = json!(tags);
        self
    }

    /// Sets the tags of the message.
    pub fn message_tags(mut self, tags: &K::MessageTags) -> Self {
        self.message_tags = json!(tags);
        self
    }

    /// Sends the message.
    ///
    /// # Errors
    ///
    /// The integration refuses, or fails.
    pub async fn send(self) -> Result<(), Refusal> {
        let botpress = self.harness.botpress();
        let sent = json!({ "channel": K::NAME, "tags": self.conversation_tags });
        let conversation = botpress.change(Collection::Conversations, &self.conversation_id, &sent);
        let sent = json!({ "tags": self.user_tags });
        let user = botpress.change(Collection::Users, &self.user_id, &sent);
        let mut message = json!({
            "id": self.message_id, "type": self.message_type, "tags": self.message_tags,
            "conversationId": self.conversation_id, "userId": self.user_id, "direction": "outgoing",
        });
        let body = json!({
            "type": self.message_type, "payload": self.payload,
            "conversation": conversation, "user": user, "message": message,
        });
        message["payload"] = self.payload;
        botpress.add(Collection::Messages, message);
        self.harness
            .ask(Operation::MessageCreated, &body)
            .await
            .map(drop)
    }
}

/// The payload may hold secrets, which are plain in what is about to be sent.
impl<D: Definition, K: Channel> fmt::Debug for TestMessage<'_, D, K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TestMessage")
            .field("channel", &K::NAME)
            .field("message_type", &self.message_type)
            .finish_non_exhaustive()
    }
}
