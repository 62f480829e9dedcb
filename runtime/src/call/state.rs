//! The state that the calls of a service share.

use std::sync::Arc;

use super::{
    configuration_cache::ConfigurationCache, installation_cache::InstallationCache,
    refusals::Refusals,
};
#[cfg(feature = "webhook-signatures")]
use crate::webhook::signature::SignatureError;
use crate::{Definition, Environment, MissingSecrets, UnknownFields, observe::Observer};

/// The state that the calls of a service share, except for the handlers.
pub(crate) struct ServiceState<D: Definition> {
    pub(crate) secrets: Result<Arc<D::Secrets>, MissingSecrets>,
    pub(crate) environment: Environment,
    pub(crate) unknown_fields: UnknownFields,
    pub(crate) configurations: Arc<ConfigurationCache<D::Configuration>>,
    pub(crate) installations: Arc<InstallationCache>,
    pub(crate) observer: Observer,
    pub(crate) refusals: Arc<Refusals>,
    /// The checks of the secrets that webhooks are verified with.
    #[cfg(feature = "webhook-signatures")]
    pub(crate) webhook_checks: Vec<WebhookCheck<D>>,
}

/// Creates a verifier from the secrets and checks its keys.
#[cfg(feature = "webhook-signatures")]
pub(crate) type WebhookCheck<D> =
    Arc<dyn Fn(&<D as Definition>::Secrets) -> Result<(), SignatureError> + Send + Sync>;

impl<D: Definition> Clone for ServiceState<D> {
    fn clone(&self) -> Self {
        Self {
            secrets: self.secrets.clone(),
            environment: self.environment.clone(),
            unknown_fields: self.unknown_fields,
            configurations: Arc::clone(&self.configurations),
            installations: Arc::clone(&self.installations),
            observer: self.observer.clone(),
            refusals: Arc::clone(&self.refusals),
            #[cfg(feature = "webhook-signatures")]
            webhook_checks: self.webhook_checks.clone(),
        }
    }
}
