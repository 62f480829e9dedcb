//! What Botpress asks an integration to do.

use std::fmt;

/// The operation of a call, as the header `x-bp-operation` names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// A bot's owner enabled the integration.
    Register,
    /// A bot's owner disabled the integration.
    Unregister,
    /// Botpress asks whether the integration is there.
    Ping,
    /// A request reached the integration's webhook.
    WebhookReceived,
    /// A bot calls an action.
    ActionTriggered,
    /// A bot sent a message.
    MessageCreated,
    /// A message was changed.
    MessageUpdated,
    /// A conversation was changed.
    ConversationUpdated,
    /// A bot asks for a user to be created.
    CreateUser,
    /// A bot asks for a conversation to be created.
    CreateConversation,
    /// An operation that this version does not know.
    Other(String),
}

impl Operation {
    /// Reads an operation's name; `webhook`, the documentation's older name, is `webhook_received`.
    #[must_use]
    pub fn from_wire(name: &str) -> Self {
        match name {
            "register" => Self::Register,
            "unregister" => Self::Unregister,
            "ping" => Self::Ping,
            "webhook_received" | "webhook" => Self::WebhookReceived,
            "action_triggered" => Self::ActionTriggered,
            "message_created" => Self::MessageCreated,
            "message_updated" => Self::MessageUpdated,
            "conversation_updated" => Self::ConversationUpdated,
            "create_user" => Self::CreateUser,
            "create_conversation" => Self::CreateConversation,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The operation's name on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Other(name) => name,
            known => known.known_name().unwrap_or_default(),
        }
    }

    /// The name of an operation that this version knows.
    pub(crate) fn known_name(&self) -> Option<&'static str> {
        Some(match self {
            Self::Register => "register",
            Self::Unregister => "unregister",
            Self::Ping => "ping",
            Self::WebhookReceived => "webhook_received",
            Self::ActionTriggered => "action_triggered",
            Self::MessageCreated => "message_created",
            Self::MessageUpdated => "message_updated",
            Self::ConversationUpdated => "conversation_updated",
            Self::CreateUser => "create_user",
            Self::CreateConversation => "create_conversation",
            Self::Other(_) => return None,
        })
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_as_they_were() {
        for name in ["register", "message_updated", "create_user", "frobnicate"] {
            assert_eq!(Operation::from_wire(name).to_string(), name);
        }
    }

    #[test]
    fn the_older_name_of_the_webhook_is_read() {
        assert_eq!(Operation::from_wire("webhook"), Operation::WebhookReceived);
    }
}
