//! Messages.

use serde::Deserialize;
use serde_json::Value;

use super::{null_as_empty, tolerant_tags};
use crate::client::{ConversationId, MessageId, UserId};
use crate::{Payload, Tags, Violations};

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
    /// The stored payload. It is not validated.
    #[serde(default)]
    pub payload: Value,
    /// Whether the message is from the user or from the bot.
    #[serde(default)]
    pub direction: Option<MessageDirection>,
    /// The conversation that the message belongs to.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub conversation_id: ConversationId,
    /// The user who sent the message.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub user_id: UserId,
    /// The declared tags. Other tags are ignored.
    #[serde(default, deserialize_with = "tolerant_tags")]
    pub tags: T,
    /// The time of creation, in ISO 8601.
    #[serde(default)]
    pub created_at: Option<String>,
    /// The time of the last change, in ISO 8601.
    #[serde(default)]
    pub updated_at: Option<String>,
}

impl<T> Message<T> {
    /// Creates a message with all other fields empty, for unit tests of handlers.
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

    /// Converts the tags and keeps all other fields.
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
    /// Validates and deserializes the payload as a declared message type.
    ///
    /// # Errors
    ///
    /// Returns the violations if the payload does not fit the schema of the message type.
    pub fn decode<P: Payload>(&self) -> Result<P, Violations> {
        P::from_value(self.payload.clone())
    }
}

/// Whether a message is from the user or from the bot.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum MessageDirection {
    /// From the user.
    Incoming,
    /// From the bot.
    Outgoing,
    /// A direction that this version does not know.
    #[serde(untagged)]
    Other(String),
}

impl<T> From<&Message<T>> for MessageId {
    fn from(message: &Message<T>) -> Self {
        message.id.clone()
    }
}
