//! The operation of a call to its handler, and the handler's answer back: one file a family.
//!
//! To add an operation: a variant of [`Operation`], a method of [`Handlers`], an arm here.

mod action;
mod handlers;
mod lifecycle;
mod message;
mod raw;
mod webhook;

use std::sync::Arc;

use bytes::Bytes;
use http::Response;
use serde_json::Value;

pub(crate) use self::lifecycle::unregister_unreadable;
pub use self::{
    action::{ActionAnswer, ActionCall, ActionRequest},
    handlers::Handlers,
    lifecycle::UnreadableConfiguration,
    message::{ConversationUpdate, MessageCall, MessageRequest, MessageUpdate},
    raw::RawRequest,
};
use crate::{
    Context, Definition, Error, Operation, Result, UnknownFields,
    payload::Schema,
    request::CallHeaders,
    service::{Answering, Surroundings, answer_call},
    value::shorten,
};

/// A call whose headers and configuration are read.
pub(crate) struct Call<D: Definition> {
    pub(crate) ctx: Context<D>,
    pub(crate) body: Bytes,
    pub(crate) unknown_fields: UnknownFields,
    #[cfg(feature = "webhooks")]
    pub(crate) refusals: Arc<crate::refusals::Refusals>,
}

/// [`Handlers`] without their type, as a service keeps them.
pub(crate) trait Dispatch<D: Definition>: Send + Sync {
    /// Answers a call whose headers are read.
    fn answer(
        self: Arc<Self>,
        surroundings: Arc<Surroundings<D>>,
        headers: CallHeaders,
        request: RawRequest,
    ) -> Answering;
}

impl<D: Definition, H: Handlers<Definition = D>> Dispatch<D> for H {
    fn answer(
        self: Arc<Self>,
        surroundings: Arc<Surroundings<D>>,
        headers: CallHeaders,
        request: RawRequest,
    ) -> Answering {
        Box::pin(answer_call(self, surroundings, headers, request))
    }
}

/// Answers a call whose configuration is read.
pub(crate) async fn dispatch_call<H: Handlers>(
    handlers: &H,
    call: Call<H::Definition>,
) -> Result<Response<Bytes>> {
    match &call.ctx.operation {
        // Answered before the configuration is read.
        Operation::Ping => Ok(empty_response()),
        Operation::Register => lifecycle::register(handlers, &call).await,
        Operation::Unregister => lifecycle::unregister(handlers, &call).await,
        Operation::CreateUser => lifecycle::create_user(handlers, &call).await,
        Operation::CreateConversation => lifecycle::create_conversation(handlers, &call).await,
        Operation::WebhookReceived => webhook::webhook_received(handlers, &call).await,
        Operation::ActionTriggered => action::action_triggered(handlers, &call).await,
        Operation::MessageCreated => message::message_created(handlers, &call).await,
        Operation::MessageUpdated => message::message_updated(handlers, &call).await,
        Operation::ConversationUpdated => message::conversation_updated(handlers, &call).await,
        Operation::Other(name) => Err(Error::invalid_payload(format!(
            "Unknown operation {}",
            shorten(name)
        ))),
    }
}

/// The shapes of all bodies, for a service to compile when it starts.
pub(crate) fn shapes() -> impl Iterator<Item = &'static Schema> {
    let families = [
        lifecycle::SHAPES,
        action::SHAPES,
        message::SHAPES,
        webhook::SHAPES,
    ];
    families.into_iter().flatten().copied()
}

/// What is answered when there is nothing to say.
pub(crate) fn empty_response() -> Response<Bytes> {
    Response::new(Bytes::from_static(b"{}"))
}

/// A text that the body's shape has been checked to have.
fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
