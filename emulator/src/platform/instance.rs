//! Instances: integrations that are installed in bots.

use std::fmt;

use serde_json::Value;

/// The state of an instance's registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RegistrationStatus {
    /// `register` runs.
    RegistrationPending,
    /// `register` has succeeded.
    Registered,
    /// `register` has failed.
    RegistrationFailed,
    /// `unregister` runs.
    UnregistrationPending,
    /// `unregister` has failed.
    UnregistrationFailed,
    /// `unregister` has succeeded.
    Unregistered,
}

impl RegistrationStatus {
    const ALL: [Self; 6] = [
        Self::RegistrationPending,
        Self::Registered,
        Self::RegistrationFailed,
        Self::UnregistrationPending,
        Self::UnregistrationFailed,
        Self::Unregistered,
    ];

    /// The name in Botpress's API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RegistrationPending => "registration_pending",
            Self::Registered => "registered",
            Self::RegistrationFailed => "registration_failed",
            Self::UnregistrationPending => "unregistration_pending",
            Self::UnregistrationFailed => "unregistration_failed",
            Self::Unregistered => "unregistered",
        }
    }

    /// Reads a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == name)
    }
}

impl fmt::Display for RegistrationStatus {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// An integration that is installed in a bot.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Instance {
    /// The id of its webhook, which also names the instance.
    pub webhook_id: String,
    /// The integration.
    pub integration_id: String,
    /// The bot.
    pub bot_id: String,
    /// The user that the bot is in conversations.
    pub bot_user_id: String,
    /// The name of the installation within the bot.
    pub alias: String,
    /// The type of the configuration; `None` for the primary one.
    pub configuration_type: Option<String>,
    /// The configuration, as it was given.
    pub configuration: Value,
    /// The state of its registration.
    pub status: RegistrationStatus,
    /// Why the registration failed.
    pub reason: Option<String>,
    /// When it was installed, in milliseconds since the Unix epoch.
    pub created: u64,
    /// When it changed, in milliseconds since the Unix epoch.
    pub updated: u64,
}

/// Omits the configuration, which contains secrets.
impl fmt::Debug for Instance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Instance")
            .field("webhook_id", &self.webhook_id)
            .field("bot_id", &self.bot_id)
            .field("alias", &self.alias)
            .field("configuration_type", &self.configuration_type)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}
