//! A context that no request made.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use http::StatusCode;
use serde_json::Value;

use super::identity::test_identity;
use super::log_recorder::LogRecorder;
use super::recorded_request::RecordedRequest;
use super::transport::RecordingTransport;
use crate::client::Transport;
use crate::logger::LogSettings;
use crate::{CallIdentity, Context, Definition, Environment, Operation};

/// Makes a context for a unit test, without secrets.
///
/// Its identifiers are always the same: `bot-1`, `bot-user-1`, `integration-1`, `webhook-1`; the
/// alias is the name of the integration. [`ContextBuilder`] makes others.
#[must_use]
pub fn context<D: Definition>(configuration: D::Configuration) -> TestContext<D> {
    ContextBuilder::new(configuration).build()
}

/// Puts together a context for a unit test.
pub struct ContextBuilder<D: Definition> {
    identity: CallIdentity,
    configuration: D::Configuration,
    secrets: Option<D::Secrets>,
    log: LogSettings,
    transport: Option<Arc<dyn Transport>>,
}

impl<D: Definition> ContextBuilder<D> {
    /// Starts with what [`context()`] gives.
    #[must_use]
    pub fn new(configuration: D::Configuration) -> Self {
        let identity = test_identity::<D>(Operation::ActionTriggered);
        Self {
            identity,
            configuration,
            secrets: None,
            log: LogSettings::default(),
            transport: None,
        }
    }

    /// Sets the bot's id.
    #[must_use]
    pub fn bot_id(mut self, id: impl Into<String>) -> Self {
        self.identity.bot_id = id.into();
        self
    }

    /// Sets the integration's id, as which its states belong to it.
    #[must_use]
    pub fn integration_id(mut self, id: impl Into<String>) -> Self {
        self.identity.integration_id = id.into();
        self
    }

    /// Sets the name that the integration has at the bot.
    #[must_use]
    pub fn integration_alias(mut self, alias: impl Into<String>) -> Self {
        self.identity.integration_alias = alias.into();
        self
    }

    /// Sets the operation, which is that of an action otherwise.
    #[must_use]
    pub fn operation(mut self, operation: Operation) -> Self {
        self.identity.operation = operation;
        self
    }

    /// Sets the W3C `traceparent` that the call came with.
    #[must_use]
    pub fn traceparent(mut self, traceparent: impl Into<String>) -> Self {
        self.identity.traceparent = Some(traceparent.into());
        self
    }

    /// Sets the secrets.
    #[must_use]
    pub fn secrets(mut self, secrets: D::Secrets) -> Self {
        self.secrets = Some(secrets);
        self
    }

    /// Sets which lines are logged, and in which format; otherwise all of them, as plain text.
    #[must_use]
    pub fn log(mut self, settings: LogSettings) -> Self {
        self.log = settings;
        self
    }

    /// Sets what carries requests to the API, in place of what records them.
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Makes the context.
    #[must_use]
    pub fn build(self) -> TestContext<D> {
        let transport = RecordingTransport::new();
        let log = LogRecorder::new();
        let mut environment = test_environment(self.log, &transport, &log);
        if let Some(transport) = self.transport {
            environment = environment.transport(transport);
        }
        let context = Context::new(
            Arc::new(self.identity),
            self.configuration,
            self.secrets.map(Arc::new),
            environment,
        );
        TestContext {
            context,
            transport,
            log,
        }
    }
}

/// What stands in for the surroundings of a process.
pub(super) fn test_environment(
    settings: LogSettings,
    transport: &RecordingTransport,
    log: &LogRecorder,
) -> Environment {
    Environment::new()
        .api_url("https://botpress.test")
        .webhook_url("https://webhook.botpress.test")
        .token("test-token")
        .log(settings)
        .transport(Arc::new(transport.clone()))
        .log_sink(Arc::new(log.clone()))
}

impl<D: Definition> fmt::Debug for ContextBuilder<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ContextBuilder")
            .field("identity", &self.identity)
            .field("configuration", &self.configuration)
            .finish_non_exhaustive()
    }
}

/// A context whose client and logger record; it dereferences to the [`Context`] that handlers take.
///
/// `secrets()` panics unless the [`ContextBuilder`] was given some.
pub struct TestContext<D: Definition> {
    context: Context<D>,
    transport: RecordingTransport,
    log: LogRecorder,
}

impl<D: Definition> TestContext<D> {
    /// Gives the requests that were made to the API, in their order.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.transport.requests()
    }

    /// Answers the next request that has no answer yet, instead of what [`RecordingTransport`]
    /// answers by itself.
    pub fn answer(&self, status: StatusCode, body: &Value) {
        self.transport.answer(status, body);
    }

    /// Gives what carries the requests.
    #[must_use]
    pub fn transport(&self) -> &RecordingTransport {
        &self.transport
    }

    /// Gives what was logged.
    #[must_use]
    pub fn log(&self) -> &LogRecorder {
        &self.log
    }
}

impl<D: Definition> Deref for TestContext<D> {
    type Target = Context<D>;

    fn deref(&self) -> &Context<D> {
        &self.context
    }
}

impl<D: Definition> fmt::Debug for TestContext<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TestContext")
            .field("context", &self.context)
            .field("transport", &self.transport)
            .field("log", &self.log)
            .finish()
    }
}
