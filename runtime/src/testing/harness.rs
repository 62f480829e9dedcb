//! An integration that runs in process.

use std::fmt;
use std::sync::Arc;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use serde_json::{Value, json};

use super::botpress::Botpress;
use super::context::test_environment;
use super::identity::test_identity;
use super::log_recorder::LogRecorder;
use super::recorded_request::RecordedRequest;
use super::transport::RecordingTransport;
use crate::client::{Client, ConversationId, UserId};
use crate::logger::LogSettings;
use crate::{
    ApiError, Channel, Definition, Environment, Operation, Payload, Service, WebhookRequest,
};

/// An integration that runs in process, for one bot with one configuration, with stand-ins for the API
/// and for the log. What it stores at Botpress is there for its next call.
///
/// A call takes the whole way of one that comes over the network: the configuration and the payload are
/// checked, the handler runs, and its answer is checked.
///
/// ```
/// # use contexture::{Definition, Payload, Service, testing::Harness};
/// # async fn example<D: Definition, I: Payload, O: Payload>(
/// #     service: Service<D>, configuration: D::Configuration, secrets: D::Secrets, input: I,
/// # ) {
/// let harness = Harness::new(service, configuration).secrets(secrets);
/// let output: O = harness.action("createIssue", &input).await.unwrap().output;
///
/// assert_eq!(harness.log().text(), "opened issue 7");
/// assert!(harness.requests().is_empty());
/// # }
/// ```
pub struct Harness<D: Definition> {
    service: Service<D>,
    configuration: D::Configuration,
    environment: Environment,
    traceparent: Option<HeaderValue>,
    transport: RecordingTransport,
    log: LogRecorder,
}

/// Why a call was refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{status}: {error}")]
#[non_exhaustive]
pub struct Refusal {
    /// The HTTP status, which a code may differ from.
    pub status: StatusCode,
    /// The error in the shape of the API.
    pub error: ApiError,
}

/// What an action gave.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ActionOutput<O> {
    /// The output.
    pub output: O,
    /// What the call cost.
    pub cost: f64,
}

impl<D: Definition> Harness<D> {
    /// Runs a service for a bot with this configuration.
    ///
    /// Its secrets are those of the process unless [`secrets`](Self::secrets) sets them. The bot's
    /// identifiers are those of [`context()`](super::context()).
    #[must_use]
    pub fn new(service: Service<D>, configuration: D::Configuration) -> Self {
        let (transport, log) = (RecordingTransport::new(), LogRecorder::new());
        let environment = test_environment(LogSettings::default(), &transport, &log);
        Self {
            service: service.environment(environment.clone()),
            configuration,
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

    /// Sets which lines are logged, and in which format; otherwise all of them, as plain text.
    #[must_use]
    pub fn log_settings(mut self, settings: LogSettings) -> Self {
        self.environment = test_environment(settings, &self.transport, &self.log);
        self.service = self.service.environment(self.environment.clone());
        self
    }

    /// Sets the W3C `traceparent` that calls come with.
    ///
    /// # Panics
    ///
    /// When it cannot be a header.
    #[must_use]
    pub fn traceparent(mut self, traceparent: &str) -> Self {
        let header = HeaderValue::from_str(traceparent);
        self.traceparent = Some(header.expect("the headers of a test are plain text"));
        self
    }

    /// Gives the bot another configuration, for the calls that come.
    pub fn configure(&mut self, configuration: D::Configuration) {
        self.configuration = configuration;
    }

    /// Calls an action.
    ///
    /// # Errors
    ///
    /// The integration refuses, or fails.
    ///
    /// # Panics
    ///
    /// When the input does not fit its schema, or the output is not an `O`.
    pub async fn action<O: Payload>(
        &self,
        name: &str,
        input: &impl Payload,
    ) -> Result<ActionOutput<O>, Refusal> {
        let body = json!({ "type": name, "input": sent(input) });
        let mut answer = self.ask(Operation::ActionTriggered, &body).await?;
        let output = O::from_value(answer["output"].take());
        Ok(ActionOutput {
            output: output.unwrap_or_else(|error| panic!("the output of `{name}`: {error}")),
            cost: answer["meta"]["cost"].as_f64().unwrap_or_default(),
        })
    }

    /// Passes a request on to the webhook.
    ///
    /// What the handler answers is given as it is, whatever its status, an error among it.
    pub async fn webhook(&self, request: &WebhookRequest) -> Response<Bytes> {
        let body = json!({ "req": request });
        self.call(Operation::WebhookReceived, &body).await
    }

    /// Registers the integration with the bot.
    ///
    /// # Errors
    ///
    /// The integration refuses, or fails.
    pub async fn register(&self, webhook_url: &str) -> Result<(), Refusal> {
        let body = json!({ "webhookUrl": webhook_url });
        self.ask(Operation::Register, &body).await.map(drop)
    }

    /// Removes the integration from the bot.
    ///
    /// # Errors
    ///
    /// The integration refuses, or fails.
    pub async fn unregister(&self, webhook_url: &str) -> Result<(), Refusal> {
        let body = json!({ "webhookUrl": webhook_url });
        self.ask(Operation::Unregister, &body).await.map(drop)
    }

    /// Has a user created, and gives the id of who was.
    ///
    /// # Errors
    ///
    /// The integration refuses, or fails.
    pub async fn create_user(&self, tags: &D::UserTags) -> Result<Option<UserId>, Refusal> {
        let answer = self
            .ask(Operation::CreateUser, &json!({ "tags": tags }))
            .await?;
        Ok(answer["user"]["id"].as_str().map(UserId::new))
    }

    /// Has a conversation of a channel created, and gives the id of what was.
    ///
    /// # Errors
    ///
    /// The integration refuses, or fails.
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

    /// Calls any operation with any body, and gives the answer as it is.
    ///
    /// # Panics
    ///
    /// When the configuration does not fit its schema.
    pub async fn call(&self, operation: Operation, body: &Value) -> Response<Bytes> {
        self.send(self.request(operation, body)).await
    }

    /// Passes a request on as it is: one of [`request`](Self::request), with something changed.
    pub async fn send(&self, request: Request<Bytes>) -> Response<Bytes> {
        self.service.call_bytes(request).await
    }

    /// Makes the request that Botpress would send for an operation, for a test that passes it on itself:
    /// to a server, or to a service with more around it.
    ///
    /// # Panics
    ///
    /// When the configuration does not fit its schema.
    pub fn request(&self, operation: Operation, body: &Value) -> Request<Bytes> {
        let configuration = D::encode_configuration(&self.configuration)
            .unwrap_or_else(|error| panic!("the configuration under test: {error}"));
        let configuration = BASE64_STANDARD.encode(configuration.to_string());
        let configuration_type = D::wire_name(D::configuration_type(&self.configuration));
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
            let value = HeaderValue::from_str(value).expect("the headers of a test are plain text");
            request.headers_mut().insert(name, value);
        }
        if let Some(traceparent) = &self.traceparent {
            request
                .headers_mut()
                .insert("traceparent", traceparent.clone());
        }
        request
    }

    /// Calls an operation that is answered with JSON.
    pub(super) async fn ask(&self, operation: Operation, body: &Value) -> Result<Value, Refusal> {
        let answer = self.call(operation, body).await;
        let status = answer.status();
        let json = serde_json::from_slice(answer.body()).unwrap_or(Value::Null);
        if status.is_success() {
            return Ok(json);
        }
        let error = ApiError::from_wire(&json);
        Err(Refusal { status, error })
    }

    /// Gives the requests that were made to the API, in their order.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.transport.requests()
    }

    /// Gives a client of what stands in for the API, for what the test itself puts there and looks for:
    /// its requests are not among [`requests`](Self::requests), and no scripted answer is given to them.
    #[must_use]
    pub fn client(&self) -> Client<D> {
        let botpress = Arc::new(self.botpress().clone());
        let environment = self.environment.clone().transport(botpress);
        let identity = test_identity::<D>(Operation::ActionTriggered);
        Client::new(&environment, &Arc::new(identity))
    }

    /// Gives what Botpress keeps.
    #[must_use]
    pub fn botpress(&self) -> &Botpress {
        self.transport.botpress()
    }

    /// Gives the surroundings that the integration runs in, for what is to run in them beside it.
    #[must_use]
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// Gives what stands in for the API: its answers can be scripted.
    #[must_use]
    pub fn api(&self) -> &RecordingTransport {
        &self.transport
    }

    /// Gives what was logged.
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

/// Writes what a test sends.
pub(super) fn sent(payload: &impl Payload) -> Value {
    payload
        .to_value()
        .unwrap_or_else(|error| panic!("the payload under test: {error}"))
}
