//! What a handler knows about the call it answers.

use std::{fmt, ops::Deref, sync::Arc};

use crate::{CallIdentity, Client, Definition, Environment, Error, Logger, Result};

/// The context of a call: cheap to clone, so that it moves into a spawned task.
///
/// It gives the fields of [`ContextData`] and, through it, of [`CallIdentity`]: `ctx.configuration`,
/// `ctx.bot_id`, `ctx.trace_id()`.
pub struct Context<D: Definition> {
    data: Arc<ContextData<D>>,
}

/// What a [`Context`] holds: the call's identifiers, as which it dereferences, and the bot's
/// configuration.
pub struct ContextData<D: Definition> {
    /// The bot's configuration, checked and typed.
    pub configuration: D::Configuration,
    identity: Arc<CallIdentity>,
    secrets: Option<Arc<D::Secrets>>,
    environment: Environment,
}

impl<D: Definition> Context<D> {
    /// A context without secrets serves unit tests only.
    pub(crate) fn new(
        identity: Arc<CallIdentity>,
        configuration: D::Configuration,
        secrets: Option<Arc<D::Secrets>>,
        environment: Environment,
    ) -> Self {
        Self {
            data: Arc::new(ContextData {
                configuration,
                identity,
                secrets,
                environment,
            }),
        }
    }

    /// Which configuration is active.
    #[must_use]
    pub fn configuration_type(&self) -> D::ConfigurationType {
        D::configuration_type(&self.configuration)
    }

    /// A client of the Botpress API that acts for this bot.
    #[must_use]
    pub fn client(&self) -> Client<D> {
        Client::new(&self.environment, &self.identity)
    }

    /// A logger whose lines name this bot and this integration.
    #[must_use]
    pub fn logger(&self) -> Logger {
        Logger::new(self.environment.log_ref(), &self.identity)
    }

    /// The address under which Botpress takes the webhooks of all integrations, without a slash at its end:
    /// `https://webhook.botpress.cloud`.
    ///
    /// # Errors
    ///
    /// `BP_WEBHOOK_URL` is not set, and `BP_API_URL` does not tell.
    pub fn webhook_base_url(&self) -> Result<String> {
        let url = self.environment.webhook_base_url();
        url.ok_or_else(|| {
            Error::from("set BP_WEBHOOK_URL: BP_API_URL does not tell where webhooks are")
        })
    }

    /// The address of this bot's webhook.
    ///
    /// # Errors
    ///
    /// As those of [`webhook_base_url`](Self::webhook_base_url).
    pub fn webhook_url(&self) -> Result<String> {
        Ok(format!("{}/{}", self.webhook_base_url()?, self.webhook_id))
    }

    #[cfg(any(feature = "jwt", feature = "oauth"))]
    pub(crate) fn environment(&self) -> &Environment {
        &self.environment
    }

    /// What the integration's operator set.
    ///
    /// # Panics
    ///
    /// In a unit test whose context was built without secrets. A service refuses every call
    /// before it gets here when secrets are missing.
    #[must_use]
    pub fn secrets(&self) -> &D::Secrets {
        self.data
            .secrets
            .as_deref()
            .expect("this context was built for a test without secrets")
    }
}

impl<D: Definition> Clone for Context<D> {
    fn clone(&self) -> Self {
        Self {
            data: Arc::clone(&self.data),
        }
    }
}

impl<D: Definition> Deref for Context<D> {
    type Target = ContextData<D>;

    fn deref(&self) -> &ContextData<D> {
        &self.data
    }
}

impl<D: Definition> Deref for ContextData<D> {
    type Target = CallIdentity;

    fn deref(&self) -> &CallIdentity {
        &self.identity
    }
}

impl<D: Definition> fmt::Debug for Context<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.data, formatter)
    }
}

impl<D: Definition> fmt::Debug for ContextData<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Context")
            .field("identity", &self.identity)
            .field("configuration", &self.configuration)
            .finish_non_exhaustive()
    }
}
