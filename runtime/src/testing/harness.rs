//! A test harness that runs an integration in process.

use std::fmt;
use std::sync::Arc;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response};
use serde_json::{Value, json};

use super::botpress::Botpress;
use super::context::test_environment;
use super::http_rules::HttpRules;
use super::identity::test_identity;
use super::log_recorder::LogRecorder;
use super::recorded_request::RecordedRequest;
use super::refusal::Refusal;
use super::transport::RecordingTransport;
use crate::client::{Client, ConversationId, UserId};
use crate::logger::LogSettings;
use crate::{
    ApiError, Channel, Definition, Environment, Operation, Payload, Service, WebhookRequest,
};

/// Runs an integration in process, for one bot with one configuration, with an in-memory API and a
/// recorded log. Data stored in the API is available to later calls.
///
/// A call passes through the whole service: the configuration and the payload are validated, the
/// handler runs, and its output is validated.
///
/// ```
/// # use contexture::{Channel, ChannelMessage, Service, Definition, testing::Harness};
/// # async fn example<D: Definition, K: Channel<Definition = D>, M: ChannelMessage<K>>(
/// #     service: Service<D>, configuration: D::Configuration, secrets: D::Secrets, payload: M,
/// # ) {
/// let harness = Harness::new(service, configuration).secrets(secrets);
/// harness.message(&payload).send().await.unwrap();
///
/// assert_eq!(harness.log().text(), "sent: hello");
/// assert!(harness.requests().is_empty());
/// # }
/// ```
///
/// [`actions`](Self::actions) and [`channels`](Self::channels) have a method for each action and
/// each message of the definition.
pub struct Harness<D: Definition> {
    service: Service<D>,
    configuration: D::Configuration,
    stored: Option<StoredConfiguration>,
    environment: Environment,
    traceparent: Option<HeaderValue>,
    transport: RecordingTransport,
    log: LogRecorder,
}

/// A configuration as Botpress stores it.
struct StoredConfiguration {
    configuration_type: Option<String>,
    value: Value,
}

/// The result of an action.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ActionOutput<O> {
    /// The output of the action.
    pub output: O,
    /// The cost of the call.
    pub cost: f64,
}

impl<D: Definition> Harness<D> {
    /// Creates a harness for a service and a bot with this configuration.
    ///
    /// The secrets come from the process's environment unless [`secrets`](Self::secrets) sets them.
    /// The identifiers are those of [`context()`](super::context()).
    #[must_use]
    pub fn new(service: Service<D>, configuration: D::Configuration) -> Self {
        let (transport, log) = (RecordingTransport::new(), LogRecorder::new());
        let environment = test_environment(LogSettings::default(), &transport, &log);
        Self {
            service: service.environment(environment.clone()),
            configuration,
            stored: None,
            environment,
            traceparent: None,
            transport,
            log,
        }
    }

    /// Sets the secrets.
    #[must_use]
    pub fn secrets(mut self, secrets: D::Secrets) -> Self {
        self.service = self.service.secrets(secrets);
        self
    }

    /// Sets the level and the format of the log (default: all levels, as plain text).
    #[must_use]
    pub fn log_settings(mut self, settings: LogSettings) -> Self {
        self.environment = test_environment(settings, &self.transport, &self.log);
        self.service = self.service.environment(self.environment.clone());
        self
    }

    /// Sets the W3C `traceparent` of the calls.
    ///
    /// # Panics
    ///
    /// Panics if it is not a valid header value.
    #[must_use]
    pub fn traceparent(mut self, traceparent: &str) -> Self {
        let header = HeaderValue::from_str(traceparent);
        self.traceparent = Some(header.expect("a test header is a valid header value"));
        self
    }

    /// Sets the configuration of the bot for later calls.
    pub fn configure(&mut self, configuration: D::Configuration) {
        self.configuration = configuration;
        self.stored = None;
    }

    /// Sets the configuration of the bot for later calls as Botpress stores it, which may be one of an older version or an
    /// invalid one: its type, `None` for the primary one, and its value.
    pub fn configure_stored(&mut self, configuration_type: Option<&str>, value: Value) {
        self.stored = Some(StoredConfiguration {
            configuration_type: configuration_type.map(str::to_owned),
            value,
        });
    }

    /// Calls an action by name, for generated code.
    ///
    /// # Errors
    ///
    /// Returns the error response if the integration rejects the call or fails.
    ///
    /// # Panics
    ///
    /// Panics if the input does not fit its schema, or if the output is not an `O`.
    #[doc(hidden)]
    pub async fn call_action<O: Payload>(
        &self,
        name: &str,
        input: &impl Payload,
    ) -> Result<ActionOutput<O>, Refusal> {
        let body = json!({ "type": name, "input": sent(input) });
        let mut answer = self.ask(Operation::ActionTriggered, &body).await?;
        let output = O::from_value(answer["output"].take());
        Ok(ActionOutput {
            output: output.unwrap_or_else(|error| panic!("invalid output of `{name}`: {error}")),
            cost: answer["meta"]["cost"].as_f64().unwrap_or_default(),
        })
    }

    /// Sends a request to the webhook.
    ///
    /// Returns the response as it is, including error responses.
    pub async fn webhook(&self, request: &WebhookRequest) -> Response<Bytes> {
        let body = json!({ "req": request });
        self.call(Operation::WebhookReceived, &body).await
    }

    /// Registers the integration with the bot.
    ///
    /// # Errors
    ///
    /// Returns the error response if the integration rejects the call or fails.
    pub async fn register(&self, webhook_url: &str) -> Result<(), Refusal> {
        let body = json!({ "webhookUrl": webhook_url });
        self.ask(Operation::Register, &body).await.map(drop)
    }

    /// Unregisters the integration from the bot.
    ///
    /// # Errors
    ///
    /// Returns the error response if the integration rejects the call or fails.
    pub async fn unregister(&self, webhook_url: &str) -> Result<(), Refusal> {
        let body = json!({ "webhookUrl": webhook_url });
        self.ask(Operation::Unregister, &body).await.map(drop)
    }

    /// Asks the integration to create a user, and returns the user's id.
    ///
    /// # Errors
    ///
    /// Returns the error response if the integration rejects the call or fails.
    pub async fn create_user(&self, tags: &D::UserTags) -> Result<Option<UserId>, Refusal> {
        let answer = self
            .ask(Operation::CreateUser, &json!({ "tags": tags }))
            .await?;
        Ok(answer["user"]["id"].as_str().map(UserId::new))
    }

    /// Asks the integration to create a conversation in a channel, and returns the conversation's
    /// id.
    ///
    /// # Errors
    ///
    /// Returns the error response if the integration rejects the call or fails.
    pub async fn create_conversation<K>(
        &self,
        tags: &K::ConversationTags,
    ) -> Result<Option<ConversationId>, Refusal>
    where
        K: Channel<Definition = D>,
    {
        let body = json!({ "channel": K::NAME, "tags": tags });
        let answer = self.ask(Operation::CreateConversation, &body).await?;
        Ok(answer["conversation"]["id"]
            .as_str()
            .map(ConversationId::new))
    }

    /// Calls an operation with any body, and returns the response as it is.
    ///
    /// # Panics
    ///
    /// Panics if the configuration does not fit its schema.
    pub async fn call(&self, operation: Operation, body: &Value) -> Response<Bytes> {
        self.send(self.request(operation, body)).await
    }

    /// Sends a request, usually a modified one from [`request`](Self::request).
    pub async fn send(&self, request: Request<Bytes>) -> Response<Bytes> {
        self.service.call_bytes(request).await
    }

    /// Creates the request that Botpress would send for an operation, for tests that send it
    /// themselves, for example to a server or through a layer.
    ///
    /// # Panics
    ///
    /// Panics if the configuration does not fit its schema.
    pub fn request(&self, operation: Operation, body: &Value) -> Request<Bytes> {
        let (configuration_type, configuration) = self.stored_configuration();
        let configuration = BASE64_STANDARD.encode(configuration.to_string());
        let identity = test_identity::<D>(operation);
        let headers = [
            ("x-bot-id", identity.bot_id.as_str()),
            ("x-bot-user-id", &identity.bot_user_id),
            ("x-integration-id", &identity.integration_id),
            ("x-integration-alias", &identity.integration_alias),
            ("x-webhook-id", &identity.webhook_id),
            ("x-bp-operation", identity.operation.as_str()),
            ("x-bp-configuration", &configuration),
            (
                "x-bp-configuration-type",
                configuration_type.unwrap_or_default(),
            ),
        ];
        let mut request = Request::new(Bytes::from(body.to_string()));
        *request.method_mut() = Method::POST;
        for (name, value) in headers {
            let value =
                HeaderValue::from_str(value).expect("a test header is a valid header value");
            request.headers_mut().insert(name, value);
        }
        if let Some(traceparent) = &self.traceparent {
            request
                .headers_mut()
                .insert("traceparent", traceparent.clone());
        }
        request
    }

    /// Returns the type and the value of the configuration, as Botpress stores them.
    fn stored_configuration(&self) -> (Option<&str>, Value) {
        if let Some(stored) = &self.stored {
            return (stored.configuration_type.as_deref(), stored.value.clone());
        }
        let value = D::encode_configuration(&self.configuration)
            .unwrap_or_else(|error| panic!("invalid test configuration: {error}"));
        (
            D::wire_name(D::configuration_type(&self.configuration)),
            value,
        )
    }

    /// Calls an operation that responds with JSON.
    pub(super) async fn ask(&self, operation: Operation, body: &Value) -> Result<Value, Refusal> {
        let logged = self.log.lines().len();
        let answer = self.call(operation, body).await;
        let status = answer.status();
        let json = serde_json::from_slice(answer.body()).unwrap_or(Value::Null);
        if status.is_success() {
            return Ok(json);
        }
        Err(Refusal {
            status,
            error: ApiError::from_wire(&json),
            log: self.log.problems_since(logged),
        })
    }

    /// Returns the API requests so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.transport.requests()
    }

    /// Returns a client of the in-memory API, to prepare and inspect its data. Its requests are not
    /// included in [`requests`](Self::requests), and they receive no scripted responses.
    #[must_use]
    pub fn client(&self) -> Client<D> {
        let botpress = Arc::new(self.botpress().clone());
        let environment = self.environment.clone().transport(botpress);
        let identity = test_identity::<D>(Operation::ActionTriggered);
        Client::new(&environment, &Arc::new(identity))
    }

    /// Returns the in-memory Botpress.
    #[must_use]
    pub fn botpress(&self) -> &Botpress {
        self.transport.botpress()
    }

    /// Returns the rules that answer requests of [`Context::http`](crate::Context::http), and all
    /// others that are not for Botpress.
    #[must_use]
    pub fn http(&self) -> &HttpRules {
        self.transport.http()
    }

    /// Returns the environment of the integration, for example to run other code in it.
    #[must_use]
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Returns the recording transport, to script API responses.
    #[must_use]
    pub fn api(&self) -> &RecordingTransport {
        &self.transport
    }

    /// Returns the recorded log.
    #[must_use]
    pub fn log(&self) -> &LogRecorder {
        &self.log
    }
}

impl<D: Definition> fmt::Debug for Harness<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Harness")
            .field("service", &self.service)
            .field("configuration", &self.configuration)
            .finish_non_exhaustive()
    }
}

/// Converts a test payload to JSON.
pub(super) fn sent(payload: &impl Payload) -> Value {
    payload
        .to_value()
        .unwrap_or_else(|error| panic!("invalid test payload: {error}"))
}
