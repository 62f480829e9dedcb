//! An `unregister` call with an invalid configuration, as its handler takes it.

use std::{fmt, sync::Arc};

use crate::{CallIdentity, Client, Definition, Environment, Logger};

/// An `unregister` call whose configuration is invalid, for example after an upgrade.
///
/// There is no context without a configuration, but the client and the logger are available:
///
/// ```
/// # use contexture::{Definition, Result, UnreadableConfiguration, client::UserId};
/// # async fn example<D: Definition>(call: &UnreadableConfiguration) -> Result {
/// let client = call.client::<D>(); // the `Definition` of generated code
/// let user = client.users().get(UserId::new("user-1")).await?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct UnreadableConfiguration {
    /// The id of the bot.
    pub bot_id: String,
    /// The id of the user that represents the bot.
    pub bot_user_id: String,
    /// The id of the integration's installation in this bot.
    pub integration_id: String,
    /// The alias of the integration in this bot.
    pub integration_alias: String,
    /// The id of the integration's webhook in this bot.
    pub webhook_id: String,
    /// The type of the configuration, as received.
    pub configuration_type: Option<String>,
    /// The URL of the webhook, if the body contains it.
    pub webhook_url: Option<String>,
    /// The reason why the configuration is invalid. It quotes none of its values.
    pub error: String,
    pub(in crate::call) environment: Environment,
    pub(in crate::call) identity: Arc<CallIdentity>,
}

impl UnreadableConfiguration {
    /// Returns a client of the Botpress API for this bot, for example to read states that say what
    /// to clean up.
    #[must_use]
    pub fn client<D: Definition>(&self) -> Client<D> {
        Client::new(&self.environment, &self.identity)
    }

    /// Returns a logger whose lines name this bot and this integration.
    #[must_use]
    pub fn logger(&self) -> Logger {
        Logger::new(self.environment.log_ref(), &self.identity)
    }
}

impl fmt::Debug for UnreadableConfiguration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("UnreadableConfiguration")
            .field("bot_id", &self.bot_id)
            .field("bot_user_id", &self.bot_user_id)
            .field("integration_id", &self.integration_id)
            .field("integration_alias", &self.integration_alias)
            .field("webhook_id", &self.webhook_id)
            .field("configuration_type", &self.configuration_type)
            .field("webhook_url", &self.webhook_url)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}
