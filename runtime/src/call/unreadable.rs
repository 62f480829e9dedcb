//! An `unregister` whose configuration cannot be read.

use std::{fmt, sync::Arc};

use bytes::Bytes;
use http::Response;

use super::{
    handlers::Handlers, headers::CallHeaders, response::empty_response, state::ServiceState,
};
use crate::{
    CallIdentity, Client, Definition, Environment, Error, Logger, Result, payload::parse_json,
};

/// An `unregister` whose configuration cannot be read, as happens after an upgrade.
///
/// There is no context without a configuration, but Botpress can be asked, and the log written to:
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
    /// The bot that the call is about.
    pub bot_id: String,
    /// The user that stands for the bot.
    pub bot_user_id: String,
    /// The integration, as this bot has it.
    pub integration_id: String,
    /// The integration's name at this bot.
    pub integration_alias: String,
    /// The webhook of the integration at this bot.
    pub webhook_id: String,
    /// The configuration's type, as it was sent.
    pub configuration_type: Option<String>,
    /// The address of the webhook, when the body names it.
    pub webhook_url: Option<String>,
    /// Why the configuration cannot be read; it quotes none of its values.
    pub error: String,
    environment: Environment,
    identity: Arc<CallIdentity>,
}

impl UnreadableConfiguration {
    /// A client of the Botpress API that acts for this bot: what to clean up is kept in states, often.
    #[must_use]
    pub fn client<D: Definition>(&self) -> Client<D> {
        Client::new(&self.environment, &self.identity)
    }

    /// A logger whose lines name this bot and this integration.
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

/// Answers it: an upgrade that made a configuration impossible to read must not keep its owner from removing the
/// integration.
pub(super) async fn unregister_unreadable<H: Handlers>(
    handlers: &H,
    state: &ServiceState<H::Definition>,
    headers: &CallHeaders,
    body: &[u8],
    error: &Error,
) -> Result<Response<Bytes>> {
    let identity = &headers.identity;
    let logger = Logger::new(state.environment.log_ref(), identity);
    if state.refusals.calls.admit(&logger) {
        logger.warn(format_args!(
            "unregistered without a configuration: {error}"
        ));
    }
    let body = parse_json(body).unwrap_or_default();
    let call = UnreadableConfiguration {
        bot_id: identity.bot_id.clone(),
        bot_user_id: identity.bot_user_id.clone(),
        integration_id: identity.integration_id.clone(),
        integration_alias: identity.integration_alias.clone(),
        webhook_id: identity.webhook_id.clone(),
        configuration_type: headers.configuration.configuration_type.clone(),
        webhook_url: body["webhookUrl"].as_str().map(str::to_owned),
        error: error.to_string(),
        environment: state.environment.clone(),
        identity: Arc::clone(identity),
    };
    handlers.unregister_unreadable(&call).await?;
    Ok(empty_response())
}
