//! What generated code implements for an author's handlers.

use super::{
    operations::{ActionAnswer, ActionRequest, MessageRequest},
    raw::RawRequest,
    unreadable::UnreadableConfiguration,
};
use crate::{Context, Definition, Result, WebhookResponse};

/// Declares [`Handlers`] from the table of operations.
macro_rules! handlers {
    (
        lifecycle { $($(#[$meaning:meta])* $variant:ident = $wire:literal => {
            $(#[$doc:meta])*
            $method:ident($($argument:ident: [$type:ty $(| $untyped:ty)?]),*) -> $output:ty = $default:expr
        })* }
        routed { $($routed:tt)* }
    ) => {
        /// Every handler of an integration, behind names. Generated code forwards each to the author's
        /// typed traits.
        pub trait Handlers: Send + Sync + 'static {
            /// The definition that the handlers belong to.
            type Definition: Definition;

            $(
                #[doc = concat!("Answers `", $wire, "`.")]
                fn $method(
                    &self,
                    ctx: &Context<Self::Definition>,
                    $($argument: handlers!(@ $type $(| $untyped)?)),*
                ) -> impl Future<Output = Result<$output>> + Send;
            )*

            /// Answers `unregister` when the configuration cannot be read.
            fn unregister_unreadable(
                &self,
                call: &UnreadableConfiguration,
            ) -> impl Future<Output = Result<()>> + Send;

            /// Answers any operation in place of its handler, or declines. It is asked first.
            fn unknown_operation(
                &self,
                ctx: &Context<Self::Definition>,
                request: &RawRequest,
            ) -> impl Future<Output = Result<Option<WebhookResponse>>> + Send;

            /// Runs the action of this name, if there is one.
            fn action(
                &self,
                name: &str,
                call: ActionRequest<'_, Self::Definition>,
            ) -> impl Future<Output = Result<ActionAnswer>> + Send;

            /// Sends a message of this type in the channel of this name, if there are both.
            fn message(
                &self,
                channel: &str,
                message_type: &str,
                call: MessageRequest<'_, Self::Definition>,
            ) -> impl Future<Output = Result<()>> + Send;

            /// The names of the declared channels.
            fn channels(&self) -> &'static [&'static str];
        }
    };
    (@ $type:ty | $untyped:ty) => { $untyped };
    (@ $type:ty) => { $type };
}

crate::__operations!([handlers]);
