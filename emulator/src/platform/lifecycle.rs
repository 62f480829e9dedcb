//! The life of an instance: installation, configuration, removal.

use serde_json::Value;

use super::Platform;
use super::configuration;
use super::error::PlatformError;
use super::instance::{Instance, RegistrationStatus};
use super::instances;
use crate::ids::IdKind;

/// The longest alias.
const LONGEST_ALIAS: usize = 200;

/// An instance that is requested.
#[derive(Clone, Default)]
pub struct NewInstance {
    /// The bot; a new one by default.
    pub bot_id: Option<String>,
    /// The name of the installation within the bot; the name of the integration by default.
    pub alias: Option<String>,
    /// The type of the configuration; `None` for the primary one.
    pub configuration_type: Option<String>,
    /// The configuration.
    pub configuration: Value,
}

/// Omits the configuration, which contains secrets.
impl std::fmt::Debug for NewInstance {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("NewInstance")
            .field("bot_id", &self.bot_id)
            .field("alias", &self.alias)
            .field("configuration_type", &self.configuration_type)
            .finish_non_exhaustive()
    }
}

impl Platform {
    /// Installs the integration in a bot, and calls `register`.
    ///
    /// If `register` fails, the instance has the status [`RegistrationFailed`](RegistrationStatus::RegistrationFailed)
    /// and the reason.
    ///
    /// # Errors
    ///
    /// The configuration does not fit its schema, the alias is taken, or the storage fails. Then nothing was installed
    /// and nothing called.
    pub async fn install(&self, new: NewInstance) -> Result<Instance, PlatformError> {
        let definition = self.definition();
        let configuration_type = new.configuration_type;
        configuration::check(
            &definition,
            configuration_type.as_deref(),
            &new.configuration,
        )?;
        let alias = new.alias.unwrap_or_else(|| definition.name().to_owned());
        check_alias(&alias)?;
        let now = self.now();
        let bot_id = new.bot_id.unwrap_or_else(|| self.new_id(IdKind::Bot));
        let instance = Instance {
            webhook_id: self.new_id(IdKind::Webhook),
            integration_id: self.integration_id().to_owned(),
            bot_user_id: self.bot_user(&bot_id)?,
            bot_id,
            alias,
            configuration_type,
            configuration: new.configuration,
            status: RegistrationStatus::RegistrationPending,
            reason: None,
            created: now,
            updated: now,
        };
        let is_added = self
            .storage()
            .write(|transaction| instances::insert(transaction, &instance))?;
        if !is_added {
            return Err(PlatformError::AliasTaken(instance.alias));
        }
        self.add_to_data(&instance)?;
        self.register(&instance.webhook_id).await
    }

    /// Changes the configuration or its type, and calls `register` again.
    ///
    /// # Errors
    ///
    /// The configuration does not fit its schema, there is no such instance, or the storage fails. Then nothing was
    /// changed and nothing called.
    pub async fn configure(
        &self,
        webhook_id: &str,
        configuration_type: Option<&str>,
        configuration: &Value,
    ) -> Result<Instance, PlatformError> {
        self.instance(webhook_id)?;
        configuration::check(&self.definition(), configuration_type, configuration)?;
        self.storage().write(|transaction| {
            instances::set_configuration(transaction, webhook_id, configuration_type, configuration)
        })?;
        self.register(webhook_id).await
    }

    /// Calls `unregister`, and removes the instance if that succeeds.
    ///
    /// Returns the instance as it was last. If its status is
    /// [`UnregistrationFailed`](RegistrationStatus::UnregistrationFailed), it is still there, and
    /// [`remove`](Self::remove) removes it.
    ///
    /// # Errors
    ///
    /// There is no such instance, or the storage fails.
    pub async fn uninstall(&self, webhook_id: &str) -> Result<Instance, PlatformError> {
        let instance = self.unregister(webhook_id).await?;
        if instance.status == RegistrationStatus::Unregistered {
            self.remove(webhook_id)?;
        }
        Ok(instance)
    }

    /// Removes an instance without a call.
    ///
    /// # Errors
    ///
    /// There is no such instance, or the storage fails.
    pub fn remove(&self, webhook_id: &str) -> Result<(), PlatformError> {
        let instance = self.instance(webhook_id)?;
        self.storage()
            .write(|transaction| instances::delete(transaction, webhook_id))?;
        self.remove_from_data(&instance);
        Ok(())
    }

    /// The user that a bot is. A bot is one user for all its instances.
    fn bot_user(&self, bot_id: &str) -> Result<String, PlatformError> {
        let known: Option<String> = self
            .storage()
            .read(|connection| instances::bot_user(connection, bot_id))?;
        Ok(known.unwrap_or_else(|| self.new_id(IdKind::User)))
    }
}

/// An alias is sent in a header.
fn check_alias(alias: &str) -> Result<(), PlatformError> {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
    let is_alias = (1..=LONGEST_ALIAS).contains(&alias.len()) && alias.bytes().all(is_sign);
    is_alias.then_some(()).ok_or(PlatformError::InvalidAlias)
}
