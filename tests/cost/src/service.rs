//! The integration under test. Its actions return their inputs.

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use contexture::client::{ConversationId, UserId};
use contexture::prelude::*;
use contexture::testing::{LogRecorder, RecordingTransport};
use contexture::{Environment, Service};
use http::{HeaderMap, HeaderValue, Method, Request};

use crate::costly;
use crate::costly::actions::{
    self, AnyInput, AnyOutput, ChoiceInput, ChoiceOutput, ClosedInput, ClosedOutput, KindsInput,
    KindsOutput, ListsInput, ListsOutput, TaggedInput, TaggedOutput,
};
use crate::costly::channels::{self, ChannelChannel, ChannelTextMessage};
use crate::costly::{Context, Definition, NewConversation, UserTags};
use crate::measure::Outcome;

/// The service, and the tokio runtime that runs its calls.
pub(crate) struct TestApp {
    service: Service<Definition>,
    runtime: tokio::runtime::Runtime,
}

impl TestApp {
    pub(crate) fn new() -> Self {
        let environment = Environment::new()
            .log_sink(Arc::new(LogRecorder::new()))
            .transport(Arc::new(RecordingTransport::new()));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("building a runtime without IO does not fail");
        Self {
            service: costly::service(Costly).environment(environment),
            runtime,
        }
    }

    /// Calls an operation with a body and a configuration.
    pub(crate) fn ask(&self, operation: &str, configuration: &str, body: Bytes) -> Outcome {
        let mut request = Request::new(body);
        *request.method_mut() = Method::POST;
        *request.headers_mut() =
            headers(operation, configuration).expect("names are valid header values");
        let answer = self.runtime.block_on(self.service.call_bytes(request));
        if answer.status().is_success() {
            return Outcome::default();
        }
        Outcome {
            refusal: answer.body().len(),
        }
    }
}

/// Returns the headers of a call of an operation with a configuration, which is JSON. Returns `None` if the operation is
/// no valid header value.
#[must_use]
pub fn headers(operation: &str, configuration: &str) -> Option<HeaderMap> {
    let configuration = BASE64_STANDARD.encode(configuration);
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("x-bot-id", "bot-1"),
        ("x-bot-user-id", "bot-user-1"),
        ("x-integration-id", "integration-1"),
        ("x-integration-alias", "alias-1"),
        ("x-webhook-id", "webhook-1"),
        ("x-bp-operation", operation),
        ("x-bp-configuration", &configuration),
    ] {
        headers.insert(name, HeaderValue::from_str(value).ok()?);
    }
    Some(headers)
}

struct Costly;

impl costly::Integration for Costly {
    async fn register(&self, _ctx: &Context, _webhook_url: &str) -> Result {
        Ok(())
    }

    async fn webhook(&self, _ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
        let body = request.body.unverified_text().to_owned();
        Ok(WebhookResponse::ok().with_body(body))
    }

    async fn create_user(&self, _ctx: &Context, tags: UserTags) -> Result<Option<CreatedUser>> {
        Ok(Some(CreatedUser::new(UserId::new(
            tags.id.unwrap_or_default(),
        ))))
    }

    async fn create_conversation(
        &self,
        _ctx: &Context,
        conversation: NewConversation,
    ) -> Result<Option<CreatedConversation>> {
        let NewConversation::Channel(tags) = conversation;
        Ok(Some(CreatedConversation::new(ConversationId::new(
            tags.id.unwrap_or_default(),
        ))))
    }
}

impl channels::Channel for Costly {
    async fn text(
        &self,
        _call: MessageCall<'_, ChannelChannel>,
        _payload: ChannelTextMessage,
    ) -> Result {
        Ok(())
    }
}

impl actions::Any for Costly {
    async fn any(&self, _call: ActionCall<'_, Context>, input: AnyInput) -> Result<AnyOutput> {
        let AnyInput { value, extra } = input;
        Ok(AnyOutput { value, extra })
    }
}

impl actions::Choice for Costly {
    async fn choice(
        &self,
        _call: ActionCall<'_, Context>,
        _input: ChoiceInput,
    ) -> Result<ChoiceOutput> {
        Ok(ChoiceOutput {})
    }
}

/// An action that returns the value of its input.
macro_rules! echo {
    ($action:ident, $method:ident, $input:ident, $output:ident) => {
        impl actions::$action for Costly {
            async fn $method(
                &self,
                _call: ActionCall<'_, Context>,
                input: $input,
            ) -> Result<$output> {
                Ok($output { value: input.value })
            }
        }
    };
}

echo!(Closed, closed, ClosedInput, ClosedOutput);
echo!(Kinds, kinds, KindsInput, KindsOutput);
echo!(Lists, lists, ListsInput, ListsOutput);
echo!(Tagged, tagged, TaggedInput, TaggedOutput);
