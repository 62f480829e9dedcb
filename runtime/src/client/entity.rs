//! Users, conversations, messages and events, as the API tells about them.
//!
//! They are read tolerantly: a field that is not needed may be missing, and one that is not known
//! is ignored.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::Tags;

/// A user of a bot.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", bound = "T: Tags")]
#[non_exhaustive]
pub struct User<T> {
    /// The user's id.
    pub id: String,
    /// The declared tags; others are left out.
    #[serde(default, deserialize_with = "tolerant_tags")]
    pub tags: T,
    /// The user's name.
    #[serde(default)]
    pub name: Option<String>,
    /// The address of the user's picture.
    #[serde(default)]
    pub picture_url: Option<String>,
    /// When the user was created, as ISO 8601.
    #[serde(default)]
    pub created_at: Option<String>,
    /// When the user was last changed, as ISO 8601.
    #[serde(default)]
    pub updated_at: Option<String>,
}

impl<T> User<T> {
    /// Makes a user of which nothing else is known, as a unit test of a handler needs it.
    #[must_use]
    pub fn new(id: impl Into<String>, tags: T) -> Self {
        Self {
            id: id.into(),
            tags,
            name: None,
            picture_url: None,
            created_at: None,
            updated_at: None,
        }
    }
}

/// A conversation of a bot with one or more users.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", bound = "T: Tags")]
#[non_exhaustive]
pub struct Conversation<T> {
    /// The conversation's id.
    pub id: String,
    /// The name of the channel.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub channel: String,
    /// The name of the integration.
    #[serde(default)]
    pub integration: Option<String>,
    /// The declared tags; others are left out.
    #[serde(default, deserialize_with = "tolerant_tags")]
    pub tags: T,
    /// When the conversation was created, as ISO 8601.
    #[serde(default)]
    pub created_at: Option<String>,
    /// When the conversation was last changed, as ISO 8601.
    #[serde(default)]
    pub updated_at: Option<String>,
}

impl<T> Conversation<T> {
    /// Makes a conversation of which nothing else is known, as a unit test of a handler needs it.
    #[must_use]
    pub fn new(id: impl Into<String>, tags: T) -> Self {
        Self {
            id: id.into(),
            tags,
            channel: String::new(),
            integration: None,
            created_at: None,
            updated_at: None,
        }
    }
}

/// A message of a conversation.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", bound = "T: Tags")]
#[non_exhaustive]
pub struct Message<T> {
    /// The message's id.
    pub id: String,
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
    pub conversation_id: String,
    /// The user that the message is from.
    #[serde(default, deserialize_with = "null_as_empty")]
    pub user_id: String,
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
            id: id.into(),
            tags,
            message_type: String::new(),
            payload: Value::Null,
            direction: None,
            conversation_id: String::new(),
            user_id: String::new(),
            created_at: None,
            updated_at: None,
        }
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

/// Something that happened, as it was told to a bot.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Event {
    /// The event's id.
    pub id: String,
    /// The event's type.
    #[serde(default, rename = "type", deserialize_with = "null_as_empty")]
    pub event_type: String,
    /// The payload as it is stored, not checked against any schema.
    #[serde(default)]
    pub payload: Value,
    /// What the bot has done with it.
    #[serde(default)]
    pub status: Option<EventStatus>,
    /// Why the bot could not process it.
    #[serde(default)]
    pub failure_reason: Option<String>,
    /// The conversation that the event belongs to.
    #[serde(default)]
    pub conversation_id: Option<String>,
    /// The user that the event belongs to.
    #[serde(default)]
    pub user_id: Option<String>,
    /// The message that the event belongs to.
    #[serde(default)]
    pub message_id: Option<String>,
    /// When the event was created, as ISO 8601.
    #[serde(default)]
    pub created_at: Option<String>,
}

/// What a bot has done with an event.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum EventStatus {
    /// Nothing yet.
    Pending,
    /// It was processed.
    Processed,
    /// It was ignored.
    Ignored,
    /// It could not be processed.
    Failed,
    /// Its time has not come.
    Scheduled,
    /// It was taken back before its time.
    Canceled,
    /// What this version does not know.
    #[serde(untagged)]
    Other(String),
}

fn tolerant_tags<'de, D: Deserializer<'de>, T: Tags>(deserializer: D) -> Result<T, D::Error> {
    Ok(T::from_wire(&Value::deserialize(deserializer)?))
}

fn null_as_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::TagMap;

    #[test]
    fn an_id_is_all_that_a_user_needs() {
        let user: User<TagMap> = serde_json::from_value(json!({ "id": "u" })).unwrap();
        assert_eq!(
            (user.id.as_str(), user.tags.len(), user.name),
            ("u", 0, None)
        );
    }

    #[test]
    fn what_is_not_known_is_ignored_or_kept_by_name() {
        let message: Message<TagMap> = serde_json::from_value(json!({
            "id": "m", "type": "text", "direction": "sideways", "origin": "synthetic", "userId": null,
            "tags": { "id": "1", "gone": null },
        }))
        .unwrap();
        assert_eq!(
            message.direction,
            Some(MessageDirection::Other("sideways".to_owned()))
        );
        assert_eq!(
            message.tags,
            TagMap::from([("id".to_owned(), "1".to_owned())])
        );
        let event: Event =
            serde_json::from_value(json!({ "id": "e", "status": "canceled" })).unwrap();
        assert_eq!(event.status, Some(EventStatus::Canceled));
    }
}
