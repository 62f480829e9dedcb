//! The trait that generated code implements for the author's handlers.

use super::requests::{
    ActionAnswer, ActionRequest, MessageRequest, RawRequest, UnreadableConfiguration,
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
        /// All handlers of an integration, called by name. Generated code forwards each method to
        /// the author's typed traits.
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

            /// Answers `unregister` when the configuration is invalid.
            fn unregister_unreadable(
                &self,
                call: &UnreadableConfiguration,
            ) -> impl Future<Output = Result<()>> + Send;

            /// Handles any operation in place of its handler, or returns `None`. It is called
            /// before the operation's handler.
            fn unknown_operation(
                &self,
                ctx: &Context<Self::Definition>,
                request: &RawRequest,
            ) -> impl Future<Output = Result<Option<WebhookResponse>>> + Send;

            /// Runs the action with this name, if it exists.
            fn action(
                &self,
                name: &str,
                call: &mut ActionRequest<'_, Self::Definition>,
            ) -> impl Future<Output = Result<ActionAnswer>> + Send;

            /// Sends a message of this type in the channel with this name, if both exist.
            fn message(
                &self,
                channel: &str,
                message_type: &str,
                call: MessageRequest<'_, Self::Definition>,
            ) -> impl Future<Output = Result<()>> + Send;

            /// Returns the names of the declared channels.
            fn channels(&self) -> &'static [&'static str];
        }
    };
    (@ $type:ty | $untyped:ty) => { $untyped };
    (@ $type:ty) => { $type };
}

crate::__operations!([handlers]);
