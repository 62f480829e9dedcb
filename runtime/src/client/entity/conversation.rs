//! Conversations.

use serde::Deserialize;

use super::{null_as_empty, tolerant_count, tolerant_tags};
use crate::client::ConversationId;
use crate::{TagMap, Tags};

/// A conversation of a bot with one or more users.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", bound = "T: Tags")]
#[non_exhaustive]
pub struct Conversation<T> {
    /// The conversation's id.
    pub id: ConversationId,
    /// The name of the channel.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub channel: String,
    /// The name of the integration.
    #[serde(default)]
    pub integration: Option<String>,
    /// The declared tags. Other tags are ignored.
    #[serde(default, deserialize_with = "tolerant_tags")]
    pub tags: T,
    /// Custom properties that the creator of the conversation stored, by name.
    #[serde(default, deserialize_with = "tolerant_tags")]
    pub properties: TagMap,
    /// The number of messages. `None` if the response does not contain it, as before version 1.86
    /// of the API.
    #[serde(default, deserialize_with = "tolerant_count")]
    pub message_count: Option<u64>,
    /// When the conversation was created, as ISO 8601.
    #[serde(default)]
    pub created_at: Option<String>,
    /// When the conversation was last changed, as ISO 8601.
    #[serde(default)]
    pub updated_at: Option<String>,
}

impl<T> Conversation<T> {
    /// Creates a conversation with all other fields empty, for unit tests of handlers.
    #[must_use]
    pub fn new(id: impl Into<String>, tags: T) -> Self {
        Self {
            id: ConversationId::new(id),
            tags,
            channel: String::new(),
            integration: None,
            properties: TagMap::new(),
            message_count: None,
            created_at: None,
            updated_at: None,
        }
    }

    /// Converts the tags and keeps all other fields.
    pub(crate) fn map_tags<U>(self, map: impl FnOnce(T) -> U) -> Conversation<U> {
        Conversation {
            tags: map(self.tags),
            id: self.id,
            channel: self.channel,
            integration: self.integration,
            properties: self.properties,
            message_count: self.message_count,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

impl<T> From<&Conversation<T>> for ConversationId {
    fn from(conversation: &Conversation<T>) -> Self {
        conversation.id.clone()
    }
}
