//! The lifecycle, which is the same for every definition but for its own types.

/// Declares the trait `Integration` of a definition.
///
/// A trait of its own, rather than one of the runtime with a parameter, so that authors and the compiler name the
/// definition's own `Context` and `UserTags`.
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

            /// Cleans up where the configuration no longer fits the definition, so that an owner can leave after
            /// an upgrade. `call.client::<Definition>()` asks Botpress.
            ///
            /// Implement it as `async fn unregister_unreadable(&self, call: &UnreadableConfiguration) -> Result`.
            fn unregister_unreadable(
                &self,
                call: &$crate::UnreadableConfiguration,
            ) -> impl Future<Output = Result> + Send {
                let _ = call;
                async { Ok(()) }
            }

            /// Answers operations that the protocol gained later, or that the definition's `extraOperations` add.
            ///
            /// It is asked before every operation but `ping`, with the call as it came; what `ctx.operation` says
            /// tells them apart. When it gives `None`, the operation's own handler answers, and an operation that
            /// has none is refused.
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
