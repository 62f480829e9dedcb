//! The lifecycle of an integration. It is the same for every definition, except for the
//! definition's types.

/// Declares the trait `Integration` of a definition.
///
/// Each definition has its own trait, instead of one generic trait in the runtime, so that authors
/// and the compiler name the definition's own `Context` and `UserTags`.
#[doc(hidden)]
#[macro_export]
macro_rules! __lifecycle {
    () => {
        $crate::__operations!([$crate::__integration]);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __integration {
    (
        lifecycle { $($(#[$meaning:meta])* $variant:ident = $wire:literal => {
            $(#[$doc:meta])*
            $method:ident($($argument:ident: [$type:ty $(| $untyped:ty)?]),*) -> $output:ty = $default:expr
        })* }
        routed { $($routed:tt)* }
    ) => {
        /// The lifecycle of the integration. Every method has a default that does nothing.
        #[diagnostic::on_unimplemented(
            message = "the lifecycle of the integration has no handler",
            label = "does not handle it",
            note = "write `impl Integration for {Self} {{}}`: every method has a default"
        )]
        pub trait Integration: Send + Sync + 'static {
            $(
                $(#[$doc])*
                fn $method(
                    &self,
                    ctx: &Context,
                    $($argument: $type),*
                ) -> impl Future<Output = Result<$output>> + Send {
                    let _ = (ctx, $($argument),*);
                    async { Ok($default) }
                }
            )*

            /// Unregisters the integration when the configuration no longer fits the definition, so
            /// that an owner can remove it after an upgrade. `call.client::<Definition>()` gives
            /// access to the Botpress API.
            ///
            /// Implement it as `async fn unregister_unreadable(&self, call:
            /// &UnreadableConfiguration) -> Result`.
            fn unregister_unreadable(
                &self,
                call: &$crate::UnreadableConfiguration,
            ) -> impl Future<Output = Result> + Send {
                let _ = call;
                async { Ok(()) }
            }

            /// Handles operations that were added to the protocol later, or by the definition's
            /// `extraOperations`.
            ///
            /// It is called before every operation except `ping`, with the request as it was
            /// received. `ctx.operation` is the operation. If it returns `None`, the operation's
            /// own handler is called, or the call is rejected if there is none.
            ///
            /// Implement it as
            /// `async fn unknown_operation(&self, ctx: &Context, request: &RawRequest) -> Result<Option<WebhookResponse>>`.
            fn unknown_operation(
                &self,
                ctx: &Context,
                request: &$crate::RawRequest,
            ) -> impl Future<Output = Result<Option<$crate::WebhookResponse>>> + Send {
                let _ = (ctx, request);
                async { Ok(None) }
            }
        }
    };
}

/// Forwards the methods of the lifecycle to the handlers in `self.0`.
#[doc(hidden)]
#[macro_export]
macro_rules! __forward_lifecycle {
    () => {
        $crate::__operations!([$crate::__forward_integration]);

        fn unregister_unreadable(
            &self,
            call: &$crate::UnreadableConfiguration,
        ) -> impl Future<Output = Result> + Send {
            Integration::unregister_unreadable(&self.0, call)
        }

        fn unknown_operation(
            &self,
            ctx: &Context,
            request: &$crate::RawRequest,
        ) -> impl Future<Output = Result<Option<$crate::WebhookResponse>>> + Send {
            Integration::unknown_operation(&self.0, ctx, request)
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __forward_integration {
    (
        lifecycle { $($(#[$meaning:meta])* $variant:ident = $wire:literal => {
            $(#[$doc:meta])*
            $method:ident($($argument:ident: [$type:ty $(| $untyped:ty)?]),*) -> $output:ty = $default:expr
        })* }
        routed { $($routed:tt)* }
    ) => {
        $(
            fn $method(
                &self,
                ctx: &Context,
                $($argument: $type),*
            ) -> impl Future<Output = Result<$output>> + Send {
                Integration::$method(&self.0, ctx, $($argument),*)
            }
        )*
    };
}
