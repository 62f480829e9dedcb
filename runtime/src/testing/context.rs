//! Contexts for unit tests of handlers.

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
use crate::{CallIdentity, Context, Definition, Environment, Installation, Operation};

/// Creates a context for a unit test, without secrets.
///
/// The identifiers are always the same: `bot-1`, `bot-user-1`, `integration-1` and `webhook-1`. The
/// alias is the name of the integration. Use [`ContextBuilder`] for other identifiers.
#[must_use]
pub fn context<D: Definition>(configuration: D::Configuration) -> TestContext<D> {
    ContextBuilder::new(configuration).build()
}

/// Builds a context for a unit test.
pub struct ContextBuilder<D: Definition> {
    identity: CallIdentity,
    configuration: D::Configuration,
    secrets: Option<D::Secrets>,
    log: LogSettings,
    transport: Option<Arc<dyn Transport>>,
}

impl<D: Definition> ContextBuilder<D> {
    /// Creates a builder with the defaults of [`context()`].
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

    fn installation(&mut self) -> &mut Installation {
        Arc::make_mut(&mut self.identity.installation)
    }

    /// Sets the id of the bot.
    #[must_use]
    pub fn bot_id(mut self, id: impl Into<String>) -> Self {
        self.installation().bot_id = id.into();
        self
    }

    /// Sets the id of the integration, which also identifies the owner of its states.
    #[must_use]
    pub fn integration_id(mut self, id: impl Into<String>) -> Self {
        self.installation().integration_id = id.into();
        self
    }

    /// Sets the id of the webhook.
    #[must_use]
    pub fn webhook_id(mut self, id: impl Into<String>) -> Self {
        self.installation().webhook_id = id.into();
        self
    }

    /// Sets the alias of the integration in the bot.
    #[must_use]
    pub fn integration_alias(mut self, alias: impl Into<String>) -> Self {
        self.installation().integration_alias = alias.into();
        self
    }

    /// Sets the operation (default: `action_triggered`).
    #[must_use]
    pub fn operation(mut self, operation: Operation) -> Self {
        self.identity.operation = operation;
        self
    }

    /// Sets the W3C `traceparent` of the call.
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

    /// Sets the level and the format of the log (default: all levels, as plain text).
    #[must_use]
    pub fn log(mut self, settings: LogSettings) -> Self {
        self.log = settings;
        self
    }

    /// Sets the transport for API requests, in place of the recording transport.
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Builds the context.
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

/// Returns an environment whose transport and log record.
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
        .access_log(false)
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

/// A context with a recording client and a recording logger. It dereferences to the [`Context`]
/// that handlers take.
///
/// `secrets()` panics unless they were set on the [`ContextBuilder`].
pub struct TestContext<D: Definition> {
    context: Context<D>,
    transport: RecordingTransport,
    log: LogRecorder,
}

impl<D: Definition> TestContext<D> {
    /// Returns the API requests so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.transport.requests()
    }

    /// Queues the response for the next API request without one, in place of the default responses
    /// of [`RecordingTransport`].
    pub fn answer(&self, status: StatusCode, body: &Value) {
        self.transport.answer(status, body);
    }

    /// Returns the recording transport.
    #[must_use]
    pub fn transport(&self) -> &RecordingTransport {
        &self.transport
    }

    /// Returns the recorded log.
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
