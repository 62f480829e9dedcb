//! Messages.

use serde::Deserialize;
use serde_json::Value;

use super::{null_as_empty, tolerant_tags};
use crate::client::{ConversationId, MessageId, UserId};
use crate::{ChannelMessage, Tags, Violations};

/// A message of a conversation.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", bound = "T: Tags")]
#[non_exhaustive]
pub struct Message<T> {
    /// The message's id.
    pub id: MessageId,
    /// The message's type.
    #[serde(default, rename = "type", deserialize_with = "null_as_empty")]
    pub message_type: String,
    /// The payload as it is stored, not checked against any schema.
    #[serde(default)]
    pub payload: Value,
    /// Whether it came from the user or from the bot.
    #[serde(default)]
    pub direction: Option<MessageDirection>,
    /// The conversation that the message belongs to.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub conversation_id: ConversationId,
    /// The user that the message is from.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub user_id: UserId,
    /// The declared tags; others are left out.
    #[serde(default, deserialize_with = "tolerant_tags")]
    pub tags: T,
    /// When the message was created, as ISO 8601.
    #[serde(default)]
    pub created_at: Option<String>,
    /// When the message was last changed, as ISO 8601.
    #[serde(default)]
    pub updated_at: Option<String>,
}

impl<T> Message<T> {
    /// Makes a message of which nothing else is known, as a unit test of a handler needs it.
    #[must_use]
    pub fn new(id: impl Into<String>, tags: T) -> Self {
        Self {
            id: MessageId::new(id),
            tags,
            message_type: String::new(),
            payload: Value::Null,
            direction: None,
            conversation_id: ConversationId::default(),
            user_id: UserId::default(),
            created_at: None,
            updated_at: None,
        }
    }

    /// Gives the same message with its tags in another form.
    pub(crate) fn map_tags<U>(self, map: impl FnOnce(T) -> U) -> Message<U> {
        Message {
            tags: map(self.tags),
            id: self.id,
            message_type: self.message_type,
            payload: self.payload,
            direction: self.direction,
            conversation_id: self.conversation_id,
            user_id: self.user_id,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

impl<T> Message<T> {
    /// Reads the payload as a declared message type.
    ///
    /// # Errors
    ///
    /// The payload does not fit the schema of the message type.
    pub fn decode<P: ChannelMessage>(&self) -> Result<P, Violations> {
        P::from_value(self.payload.clone())
    }
}

/// Whether a message came from the user or from the bot.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum MessageDirection {
    /// From the user.
    Incoming,
    /// From the bot.
    Outgoing,
    /// What this version does not know.
    #[serde(untagged)]
    Other(String),
}

impl<T> From<&Message<T>> for MessageId {
    fn from(message: &Message<T>) -> Self {
        message.id.clone()
    }
}
