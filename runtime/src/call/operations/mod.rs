//! From the operation of a call to its handler and back to the response, one file for each family.
//!
//! The table in `operation.rs` names the function of this module that reads an operation's body and
//! calls its handler.

mod action;
mod call;
mod direct;
mod envelope;
mod lifecycle;
mod message;
mod webhook;

use bytes::Bytes;
use http::Response;

pub(super) use self::call::Call;
use self::{
    action::action,
    lifecycle::{create_conversation, create_user, register, unregister},
    message::{conversation_updated, message, message_updated},
    webhook::webhook,
};
use super::handlers::Handlers;
use crate::{Error, Operation, Result, payload::Schema, value::shorten};

/// Declares the function that dispatches operations, from the table of operations.
macro_rules! dispatch {
    (
        lifecycle { $($(#[$meaning:meta])* $variant:ident = $wire:literal => {
            $(#[$doc:meta])*
            $method:ident $arguments:tt -> $output:ty = $default:expr
        })* }
        routed { $($(#[$routed_meaning:meta])* $routed:ident = $name:literal => $function:ident)* }
    ) => {
        /// Dispatches a call to the handler of its operation.
        pub(super) async fn dispatch<H: Handlers>(
            handlers: &H,
            call: &Call<'_, H::Definition>,
        ) -> Result<Response<Bytes>> {
            // The future of a call has room for the largest of these. Most calls are actions, whose own future is small.
            if call.ctx.operation == Operation::ActionTriggered {
                return action(handlers, call).await;
            }
            match &call.ctx.operation {
                $(Operation::$variant => Box::pin($method(handlers, call)).await,)*
                $(Operation::$routed => Box::pin($function(handlers, call)).await,)*
                other => Err(Error::invalid_payload(format!(
                    "Unknown operation {}",
                    shorten(other.as_str())
                ))),
            }
        }
    };
}

crate::__operations!([dispatch]);

/// Returns the schemas of all bodies. A service compiles them at startup.
pub(crate) fn shapes() -> impl Iterator<Item = &'static Schema> {
    let families = [
        lifecycle::SHAPES,
        action::SHAPES,
        message::SHAPES,
        webhook::SHAPES,
    ];
    families.into_iter().flatten().map(|shape| shape())
}
