//! What a platform knows: its integration, its instances, its secrets.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLockReadGuard};
use std::time::Duration;

use contexture::client::Transport;

use super::configuration;
use super::error::PlatformError;
use super::instance::Instance;
use super::integration::Integration;
use super::scripts::ScriptEngine;
use super::state::{Inner, PlatformParts};
use super::{Platform, instances, signing};
use crate::definition::Definition;
use crate::exchange::{Recorder, Secrets};
use crate::ids::IdKind;
use crate::storage::Storage;

/// Where webhooks begin, behind the address of the emulator.
pub(super) const WEBHOOKS: &str = "/webhook";

impl Platform {
    /// Returns an instance.
    ///
    /// # Errors
    ///
    /// There is no such instance, or the storage fails.
    pub fn instance(&self, webhook_id: &str) -> Result<Instance, PlatformError> {
        let integration_id = self.integration_id();
        let found: Option<Instance> = self
            .storage()
            .read(|connection| instances::find(connection, integration_id, webhook_id))?;
        found.ok_or_else(|| PlatformError::UnknownInstance(webhook_id.to_owned()))
    }

    /// Returns all instances, the oldest first.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn instances(&self) -> Result<Vec<Instance>, PlatformError> {
        let integration_id = self.integration_id();
        self.storage()
            .read(|connection| Ok(instances::list(connection, integration_id)?))
    }

    /// The definition of the integration.
    #[must_use]
    pub fn definition(&self) -> Definition {
        self.0.read().definition.clone()
    }

    /// The id of the integration.
    #[must_use]
    pub fn integration_id(&self) -> &str {
        &self.0.identity.integration_id
    }

    /// The token of the integration's API requests, which it reads from `BP_TOKEN`.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.0.identity.token
    }

    /// Sets the keys that API requests of the integration may have, beside its token.
    pub(crate) fn set_keys(&self, keys: impl IntoIterator<Item = String>) {
        let mut known = self.0.keys.write().unwrap_or_else(PoisonError::into_inner);
        let keys = keys.into_iter().collect();
        for gone in known.difference(&keys) {
            self.api().remove_token(gone);
        }
        for key in &keys {
            self.api().add_token(key, self.integration_id());
        }
        *known = keys;
    }

    /// The address of the integration.
    #[must_use]
    pub fn address(&self) -> String {
        self.0.read().address.clone()
    }

    /// The base address of webhooks, which the integration reads from `BP_WEBHOOK_URL`.
    #[must_use]
    pub fn webhook_base_url(&self) -> String {
        let base = self.0.parts.base_url.trim_end_matches('/');
        format!("{base}{WEBHOOKS}")
    }

    /// The address of an instance's webhook.
    #[must_use]
    pub fn webhook_url(&self, webhook_id: &str) -> String {
        format!("{}/{webhook_id}", self.webhook_base_url())
    }

    /// The valid signing secrets, the newest first. The integration reads them from `BP_SIGNING_SECRET`.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn signing_secrets(&self) -> Result<Vec<String>, PlatformError> {
        let (integration_id, now) = (self.integration_id(), self.now());
        self.storage()
            .read(|connection| Ok(signing::valid(connection, integration_id, now)?))
    }

    /// Creates a new signing secret. The old ones remain valid for 24 hours, and calls have the signatures of all.
    ///
    /// # Errors
    ///
    /// The storage fails, or the system has no random numbers.
    pub fn rotate_signing_secret(&self) -> Result<String, PlatformError> {
        let (integration_id, now) = (self.integration_id(), self.now());
        self.storage()
            .write(|transaction| signing::rotate(transaction, integration_id, now))
    }

    /// Replaces the integration, such as after a build. The instances remain. The name has to stay, since it identifies
    /// the integration.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn set_integration(&self, integration: Integration) -> Result<(), PlatformError> {
        *self
            .0
            .integration
            .write()
            .unwrap_or_else(PoisonError::into_inner) = integration;
        self.open_data()
    }

    /// The record of exchanges.
    #[must_use]
    pub fn recorder(&self) -> &Recorder {
        &self.0.parts.recorder
    }

    /// The secrets that the record of an instance must not show.
    #[must_use]
    pub fn secrets_of(&self, instance: &Instance) -> Secrets {
        self.secrets_of_configuration(instance)
            .and(self.own_secrets())
    }

    /// The secrets of an instance's configuration and of the integration.
    pub(super) fn secrets_of_author(&self, instance: &Instance) -> Secrets {
        self.secrets_of_configuration(instance)
            .and(self.secrets_of_integration())
    }

    fn secrets_of_configuration(&self, instance: &Instance) -> Secrets {
        let schema =
            configuration::schema_of(&self.definition(), instance.configuration_type.as_deref());
        let schema = schema.unwrap_or_default();
        Secrets::of_configuration(&schema, &instance.configuration)
    }

    fn secrets_of_integration(&self) -> Secrets {
        let integration = self.0.read();
        let named = integration.secrets.iter();
        named.fold(Secrets::new(), |secrets, (name, value)| {
            secrets.with(name, value)
        })
    }

    /// The secrets that the record of a request without an instance must not show: those of all instances.
    pub(super) fn all_secrets(&self) -> Secrets {
        let definition = self.definition();
        // Without the storage, there is no record either.
        let instances = self.instances().unwrap_or_default();
        let secrets = instances.iter().map(|instance| {
            let schema =
                configuration::schema_of(&definition, instance.configuration_type.as_deref());
            let schema = schema.unwrap_or_default();
            Secrets::of_payload(&instance.webhook_id, &schema, &instance.configuration)
        });
        secrets.fold(self.own_secrets(), Secrets::and)
    }

    /// The secrets of the integration and of the platform.
    pub(super) fn own_secrets(&self) -> Secrets {
        let secrets = self.secrets_of_integration();
        // Without the storage, there is no record either.
        let signing = self.signing_secrets().unwrap_or_default();
        let keys = self.0.keys();
        let tokens = keys.iter().map(String::as_str);
        let secrets = tokens
            .chain([self.token()])
            .fold(secrets, |secrets, token| secrets.with("token", token));
        signing.into_iter().fold(secrets, |secrets, secret| {
            secrets.with("signing secret", secret)
        })
    }

    /// What the platform shares with the other parts of the emulator.
    #[must_use]
    pub fn parts(&self) -> &PlatformParts {
        &self.0.parts
    }

    pub(super) fn storage(&self) -> &Storage {
        &self.0.parts.storage
    }

    pub(super) fn now(&self) -> u64 {
        self.0.parts.clock.now()
    }

    pub(super) fn new_id(&self, kind: IdKind) -> String {
        self.0.parts.ids.next(kind)
    }

    pub(super) fn transport(&self) -> &Arc<dyn Transport> {
        &self.0.options.transport
    }

    pub(super) fn time_limit(&self) -> Duration {
        let own = self.0.read().definition.time_limit();
        own.unwrap_or(self.0.options.time_limit)
    }

    pub(super) fn scripts(&self) -> &dyn ScriptEngine {
        self.0.options.scripts.as_ref()
    }

    pub(super) fn integration_secrets(&self) -> serde_json::Value {
        let integration = self.0.read();
        let named = integration.secrets.iter();
        named
            .map(|(name, value)| (name.clone(), serde_json::Value::from(value.clone())))
            .collect()
    }
}

impl Inner {
    fn keys(&self) -> RwLockReadGuard<'_, BTreeSet<String>> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn read(&self) -> RwLockReadGuard<'_, Integration> {
        self.integration
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
