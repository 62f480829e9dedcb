//! An integration that uses every operation of the protocol. A twin on the official SDK returns the same responses.

#![deny(clippy::wildcard_enum_match_arm)]

contexture::include_definition!("parity");

use contexture::client::{ConversationId, UserId};
use contexture::prelude::*;
use contexture::{Channel as _, Definition as _, Service};
use serde_json::{Value, json};

use crate::parity::actions::{
    self, EchoInput, EchoOutput, FailInput, FailInputHow, FailOutput, HelloInput, HelloOutput,
};
use crate::parity::channels::{self, ChannelChannel, ChannelTextMessage};
use crate::parity::{Context, Definition, NewConversation, UserTags};

/// Creates the service.
#[must_use]
pub fn service() -> Service<Definition> {
    parity::service(Parity)
}

/// The handlers, which have no state.
struct Parity;

impl parity::Integration for Parity {
    async fn register(&self, _ctx: &Context, webhook_url: &str) -> Result {
        refuse_if_asked(webhook_url, "register refused")
    }

    async fn unregister(&self, _ctx: &Context, webhook_url: &str) -> Result {
        refuse_if_asked(webhook_url, "unregister refused")
    }

    /// Selects the response by the path: a requested one, or the request itself.
    async fn webhook(&self, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
        Ok(match request.path.as_str() {
            "/none" => WebhookResponse::none(),
            "/created" => WebhookResponse::ok()
                .with_status(201)
                .with_header("x-parity", "yes")
                .with_body("made"),
            "/body-only" => WebhookResponse::ok().with_body("just this"),
            "/fail/runtime" => return Err(failure(FailInputHow::Runtime, "webhook failed")),
            "/fail/unexpected" => {
                return Err(failure(FailInputHow::Unexpected, "do not show this"));
            }
            "/context" => body(&json!({
                "botId": ctx.bot_id,
                "botUserId": ctx.bot_user_id,
                "integrationId": ctx.integration_id,
                "integrationAlias": ctx.integration_alias,
                "webhookId": ctx.webhook_id,
                "operation": ctx.operation.as_str(),
                "configurationType": configuration_type(ctx),
            })),
            _ => body(&json!(request)),
        })
    }

    async fn create_user(&self, _ctx: &Context, tags: UserTags) -> Result<Option<CreatedUser>> {
        Ok(Some(
            CreatedUser::new(UserId::new("user_1")).with_field("tags", json!(tags)),
        ))
    }

    async fn create_conversation(
        &self,
        _ctx: &Context,
        conversation: NewConversation,
    ) -> Result<Option<CreatedConversation>> {
        let NewConversation::Channel(tags) = conversation;
        let created = CreatedConversation::new(ConversationId::new("conv_1"))
            .with_field("channel", ChannelChannel::NAME)
            .with_field("tags", json!(tags));
        Ok(Some(created))
    }
}

impl actions::Hello for Parity {
    async fn hello(&self, call: ActionCall<'_, Context>, input: HelloInput) -> Result<HelloOutput> {
        call.set_cost(0.5);
        let configuration_type = configuration_type(call.ctx).map(str::to_owned);
        Ok(HelloOutput::new(
            format!("hello {}", input.name),
            configuration_type,
        ))
    }
}

impl actions::Echo for Parity {
    async fn echo(&self, _call: ActionCall<'_, Context>, input: EchoInput) -> Result<EchoOutput> {
        let EchoInput { value, extra } = input;
        Ok(EchoOutput { value, extra })
    }
}

impl actions::Fail for Parity {
    async fn fail(&self, _call: ActionCall<'_, Context>, input: FailInput) -> Result<FailOutput> {
        Err(failure(input.how, &input.message))
    }
}

impl channels::Channel for Parity {
    async fn text(
        &self,
        _call: MessageCall<'_, ChannelChannel>,
        payload: ChannelTextMessage,
    ) -> Result {
        match payload.text.as_str() {
            "refuse" => Err(failure(FailInputHow::Runtime, "message refused")),
            _ => Ok(()),
        }
    }
}

fn refuse_if_asked(webhook_url: &str, message: &str) -> Result {
    if webhook_url.ends_with("/refuse") {
        return Err(failure(FailInputHow::Runtime, message));
    }
    Ok(())
}

fn failure(how: FailInputHow, message: &str) -> Error {
    match how {
        FailInputHow::Runtime => Error::runtime(message),
        FailInputHow::InvalidPayload => Error::invalid_payload(message),
        FailInputHow::Forbidden => ApiError::new(ApiErrorKind::Forbidden, message).into(),
        FailInputHow::Unexpected => message.into(),
    }
}

fn configuration_type(ctx: &Context) -> Option<&'static str> {
    Definition::wire_name(ctx.configuration_type())
}

/// Responds like the official SDK: with a text, and without a `content-type` header.
fn body(value: &Value) -> WebhookResponse {
    WebhookResponse::ok().with_body(value.to_string())
}
