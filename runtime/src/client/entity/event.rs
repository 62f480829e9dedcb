//! Events.

use serde::Deserialize;
use serde_json::Value;

use super::null_as_empty;
use crate::client::{ConversationId, EventId, MessageId, UserId};
use crate::{Payload, Violations};

/// An event that was created for a bot.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Event {
    /// The event's id.
    pub id: EventId,
    /// The event's type.
    #[serde(default, rename = "type", deserialize_with = "null_as_empty")]
    pub event_type: String,
    /// The stored payload. It is not validated.
    #[serde(default)]
    pub payload: Value,
    /// The processing status.
    #[serde(default)]
    pub status: Option<EventStatus>,
    /// The reason why the bot could not process the event.
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
    /// The time of creation, in ISO 8601.
    #[serde(default)]
    pub created_at: Option<String>,
}

impl Event {
    /// Validates and deserializes the payload as that of a declared event.
    ///
    /// # Errors
    ///
    /// Returns the violations if the payload does not fit the schema of the event.
    pub fn decode<P: Payload>(&self) -> Result<P, Violations> {
        P::from_value(self.payload.clone())
    }
}

/// The processing status of an event.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum EventStatus {
    /// It is not processed yet.
    Pending,
    /// It was processed.
    Processed,
    /// It was ignored.
    Ignored,
    /// It could not be processed.
    Failed,
    /// It is scheduled for later.
    Scheduled,
    /// It was canceled before its scheduled time.
    Canceled,
    /// A status that this version does not know.
    #[serde(untagged)]
    Other(String),
}

impl EventStatus {
    /// Returns the wire name of the status.
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
