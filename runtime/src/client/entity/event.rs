//! Events.

use serde::Deserialize;
use serde_json::Value;

use super::null_as_empty;
use crate::client::{ConversationId, EventId, MessageId, UserId};
use crate::{Payload, Violations};

/// Something that happened, as it was told to a bot.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Event {
    /// The event's id.
    pub id: EventId,
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
    pub conversation_id: Option<ConversationId>,
    /// The user that the event belongs to.
    #[serde(default)]
    pub user_id: Option<UserId>,
    /// The message that the event belongs to.
    #[serde(default)]
    pub message_id: Option<MessageId>,
    /// When the event was created, as ISO 8601.
    #[serde(default)]
    pub created_at: Option<String>,
}

impl Event {
    /// Reads the payload as that of a declared event.
    ///
    /// # Errors
    ///
    /// The payload does not fit the schema of the event.
    pub fn decode<P: Payload>(&self) -> Result<P, Violations> {
        P::from_value(self.payload.clone())
    }
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

impl EventStatus {
    /// Gives the status as it is on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "pending",
            Self::Processed => "processed",
            Self::Ignored => "ignored",
            Self::Failed => "failed",
            Self::Scheduled => "scheduled",
            Self::Canceled => "canceled",
            Self::Other(status) => status,
        }
    }
}

impl From<&Event> for EventId {
    fn from(event: &Event) -> Self {
        event.id.clone()
    }
}
