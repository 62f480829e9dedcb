//! The context of a call.

use std::{fmt, ops::Deref, sync::Arc};

use bytes::Bytes;
use http::Response;
use tracing::Instrument as _;

use crate::{
    CallIdentity, Client, Definition, Environment, Error, Logger, Result,
    after_response::AfterResponse,
    http_client::HttpClient,
    logger::{Details, LogLevel},
    panics::catch_panic,
};

/// The context of a call. It is cheap to clone, for example to move it into a spawned task.
///
/// It dereferences to [`ContextData`] and, through it, to [`CallIdentity`]: `ctx.configuration`,
/// `ctx.bot_id`, `ctx.trace_id()`.
pub struct Context<D: Definition> {
    data: Arc<ContextData<D>>,
}

/// The data of a [`Context`]: the bot's configuration, and the call's identifiers, to which it
/// dereferences.
pub struct ContextData<D: Definition> {
    /// The bot's configuration, validated and typed.
    pub configuration: D::Configuration,
    identity: Arc<CallIdentity>,
    secrets: Option<Arc<D::Secrets>>,
    environment: Environment,
    after_response: AfterResponse,
}

impl<D: Definition> Context<D> {
    /// Creates a context. Only unit tests create one without secrets.
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
                after_response: AfterResponse::new(),
            }),
        }
    }

    /// Returns the type of the bot's configuration.
    #[must_use]
    pub fn configuration_type(&self) -> D::ConfigurationType {
        D::configuration_type(&self.configuration)
    }

    /// Returns a client of the Botpress API for this bot.
    #[must_use]
    pub fn client(&self) -> Client<D> {
        Client::new(&self.environment, &self.identity)
    }

    /// Returns a client for requests to other services. See [`http_client`](crate::http_client).
    #[must_use]
    pub fn http(&self) -> HttpClient {
        HttpClient::new(&self.environment)
    }

    /// Returns a logger whose lines name this bot and this integration.
    #[must_use]
    pub fn logger(&self) -> Logger {
        Logger::new(self.environment.log_ref(), &self.identity)
    }

    /// Returns the base URL of all webhooks, without a trailing slash:
    /// `https://webhook.botpress.cloud`.
    ///
    /// # Errors
    ///
    /// Returns an error if `BP_WEBHOOK_URL` is not set and the URL cannot be derived from
    /// `BP_API_URL`.
    pub fn webhook_base_url(&self) -> Result<String> {
        let url = self.environment.webhook_base_url();
        url.ok_or_else(|| {
            Error::from("BP_WEBHOOK_URL is not set and cannot be derived from BP_API_URL")
        })
    }

    /// Returns the URL of this bot's webhook.
    ///
    /// # Errors
    ///
    /// Returns an error if [`webhook_base_url`](Self::webhook_base_url) does.
    pub fn webhook_url(&self) -> Result<String> {
        Ok(format!("{}/{}", self.webhook_base_url()?, self.webhook_id))
    }

    /// Runs work after the response of this call has been sent, for services that wait only a few
    /// seconds for a response. Work of one call runs in the order of registration. Its errors and
    /// panics are logged.
    ///
    /// The server counts the work as a running call: it takes part in `max_concurrent_calls`, in
    /// `request_timeout` and in the drain at shutdown. Elsewhere (inside another server, in a test,
    /// on AWS Lambda, which freezes the process after a response) the response waits for the work,
    /// so that none is lost. On Lambda the deadline of the call limits both, and a warning says once
    /// that a response waited.
    ///
    /// If the handler fails, its work does not run: the caller may repeat the call.
    ///
    /// # Errors
    ///
    /// Returns an error if the handler has already returned.
    pub fn after_response<F>(&self, work: F) -> Result
    where
        F: Future<Output = Result> + Send + 'static,
    {
        let (logger, identity) = (self.logger(), Arc::clone(&self.identity));
        let work = async move {
            if let Err(error) = catch_panic("the work", work).await {
                let messages = error.messages();
                let details = Details {
                    operation: Some(&identity.operation),
                    causes: messages.get(1..).unwrap_or_default(),
                    ..Details::default()
                };
                let message = format!("after the response: {}", messages.join(": "));
                logger.failure(LogLevel::Error, &message, &details);
            }
        };
        let work = Box::pin(work.in_current_span());
        if self.data.after_response.register(work) {
            Ok(())
        } else {
            Err(Error::from("the handler has already returned"))
        }
    }

    /// Hands the registered work over with the response.
    pub(crate) fn attach_work(&self, response: &mut Response<Bytes>) {
        self.data.after_response.attach_to(response);
    }

    pub(crate) fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Returns the secrets of the integration, which its operator has set.
    ///
    /// # Panics
    ///
    /// Panics in a unit test whose context was built without secrets. In a service, calls are
    /// rejected before their handlers run if secrets are missing.
    #[must_use]
    pub fn secrets(&self) -> &D::Secrets {
        self.data
            .secrets
            .as_deref()
            .expect("the test context has no secrets")
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
