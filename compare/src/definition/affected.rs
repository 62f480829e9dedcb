//! Whom a change affects.

use serde::{Deserialize, Serialize};

/// Whom a change affects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Affected {
    /// Owners of bots, and the configurations that they stored.
    Owners,
    /// Bots that call an action.
    Callers,
    /// Bots that read what an action returns.
    Readers,
    /// Bots that get an event.
    Consumers,
    /// Bots that send a message.
    Senders,
    /// Bots that get a message.
    Receivers,
    /// States that an older version stored.
    States,
    /// Bots that create users or conversations.
    Creators,
    /// Bots that set tags, or find by them.
    Tags,
    /// Bots that work with entities.
    Entities,
    /// Bots that use the integration through an interface.
    Interfaces,
    /// Services that send webhooks.
    Webhooks,
    /// Operators, who deploy the integration.
    Operators,
    /// People who read texts.
    People,
}

impl Affected {
    /// Whom, in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Owners => "owners of bots",
            Self::Callers => "bots that call the action",
            Self::Readers => "bots that read the output of the action",
            Self::Consumers => "bots that get the event",
            Self::Senders => "bots that send messages",
            Self::Receivers => "bots that get messages",
            Self::States => "states that an older version stored",
            Self::Creators => "bots that create users or conversations",
            Self::Tags => "bots that set the tag or find by it",
            Self::Entities => "bots that work with the entity",
            Self::Interfaces => "bots that use the interface",
            Self::Webhooks => "services that send webhooks",
            Self::Operators => "operators who deploy the integration",
            Self::People => "people who read about the integration",
        }
    }
}
