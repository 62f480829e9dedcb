//! Outgoing messages in tests.

use std::fmt;
use std::marker::PhantomData;

use serde_json::{Value, json};

use super::botpress::Collection;
use super::harness::{Harness, sent};
use super::refusal::Refusal;
use crate::client::{ConversationId, MessageId, UserId};
use crate::{Channel, ChannelMessage, Definition, Operation};

/// An outgoing message of the bot of a [`Harness`], ready to be sent.
///
/// The default ids are `conversation-1`, `user-1` and `message-1`. The ids and the tags of all
/// three can be set. All three are stored in the harness's [`Botpress`](super::Botpress). A
/// conversation or user that already exists there keeps its other tags.
#[must_use = "the message is not sent until `send` is called"]
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
    /// Prepares an outgoing message. Its type determines the channel; if several channels share the
    /// type, name the channel: `message::<DmChannel, _>(…)`.
    ///
    /// # Panics
    ///
    /// Panics if the payload does not fit its schema.
    pub fn message<K, M>(&self, payload: &M) -> TestMessage<'_, D, K>
    where
        K: Channel<Definition = D>,
        M: ChannelMessage<K>,
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

    /// Sets the id of the conversation.
    pub fn conversation_id(mut self, id: impl Into<ConversationId>) -> Self {
        self.conversation_id = id.into().into();
        self
    }

    /// Sets the id of the user that sends the message.
    pub fn user_id(mut self, id: impl Into<UserId>) -> Self {
        self.user_id = id.into().into();
        self
    }

    /// Sets the id of the message.
    pub fn message_id(mut self, id: impl Into<MessageId>) -> Self {
        self.message_id = id.into().into();
        self
    }

    /// Sets the tags of the conversation.
    pub fn conversation_tags(mut self, tags: &K::ConversationTags) -> Self {
        self.conversation_tags = json!(tags);
        self
    }

    /// Sets the tags of the user that sends the message.
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
    /// Returns the error response if the integration rejects the message or fails.
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

/// Omits the payload, which contains its secrets in plain text.
impl<D: Definition, K: Channel> fmt::Debug for TestMessage<'_, D, K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TestMessage")
            .field("channel", &K::NAME)
            .field("message_type", &self.message_type)
            .finish_non_exhaustive()
    }
}
