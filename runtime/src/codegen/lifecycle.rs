//! The lifecycle, which is the same for every definition but for its own types.

/// Declares the trait `Integration` of a definition.
///
/// A trait of its own, rather than one of the runtime with a parameter, so that authors and the compiler name the
/// definition's own `Context` and `UserTags`.
#[doc(hidden)]
#[macro_export]
macro_rules! __lifecycle {
    () => {
        /// The lifecycle of the integration. Every method has a default that does nothing.
        #[diagnostic::on_unimplemented(
            message = "the lifecycle of the integration has no handler",
            label = "does not handle it",
            note = "write `impl Integration for {Self} {{}}`: every method has a default"
        )]
        pub trait Integration: Send + Sync + 'static {
            /// Sets the integration up: a bot's owner installed or configured it.
            ///
            /// Implement it as `async fn register(&self, ctx: &Context, webhook_url: &str) -> Result`.
            fn register(
                &self,
                ctx: &Context,
                webhook_url: &str,
            ) -> impl Future<Output = Result> + Send {
                let _ = (ctx, webhook_url);
                async { Ok(()) }
            }

            /// Cleans up: a bot's owner removed the integration.
            ///
            /// Implement it as `async fn unregister(&self, ctx: &Context, webhook_url: &str) -> Result`.
            fn unregister(
                &self,
                ctx: &Context,
                webhook_url: &str,
            ) -> impl Future<Output = Result> + Send {
                let _ = (ctx, webhook_url);
                async { Ok(()) }
            }

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

            /// Handles a request of the outside service, whose answer is what this gives.
            ///
            /// Implement it as
            /// `async fn webhook(&self, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse>`.
            fn webhook(
                &self,
                ctx: &Context,
                request: $crate::WebhookRequest,
            ) -> impl Future<Output = Result<$crate::WebhookResponse>> + Send {
                let _ = (ctx, request);
                async { Ok($crate::WebhookResponse::none()) }
            }

            /// Creates a user that a bot asked for by its tags.
            ///
            /// Implement it as `async fn create_user(&self, ctx: &Context, tags: UserTags) -> Result<WebhookResponse>`.
            fn create_user(
                &self,
                ctx: &Context,
                tags: UserTags,
            ) -> impl Future<Output = Result<$crate::WebhookResponse>> + Send {
                let _ = (ctx, tags);
                async { Ok($crate::WebhookResponse::none()) }
            }

            /// Creates a conversation that a bot asked for by its channel and its tags.
            ///
            /// Implement it as
            /// `async fn create_conversation(&self, ctx: &Context, channel: &str, tags: TagMap) -> Result<WebhookResponse>`.
            fn create_conversation(
                &self,
                ctx: &Context,
                channel: &str,
                tags: $crate::TagMap,
            ) -> impl Future<Output = Result<$crate::WebhookResponse>> + Send {
                let _ = (ctx, channel, tags);
                async { Ok($crate::WebhookResponse::none()) }
            }

            /// Hears that a message was changed.
            ///
            /// Implement it as `async fn message_updated(&self, ctx: &Context, update: MessageUpdate) -> Result`.
            fn message_updated(
                &self,
                ctx: &Context,
                update: $crate::MessageUpdate,
            ) -> impl Future<Output = Result> + Send {
                let _ = (ctx, update);
                async { Ok(()) }
            }

            /// Hears that a conversation was changed.
            ///
            /// Implement it as
            /// `async fn conversation_updated(&self, ctx: &Context, update: ConversationUpdate) -> Result`.
            fn conversation_updated(
                &self,
                ctx: &Context,
                update: $crate::ConversationUpdate,
            ) -> impl Future<Output = Result> + Send {
                let _ = (ctx, update);
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
        fn register(
            &self,
            ctx: &Context,
            webhook_url: &str,
        ) -> impl Future<Output = Result> + Send {
            Integration::register(&self.0, ctx, webhook_url)
        }

        fn unregister(
            &self,
            ctx: &Context,
            webhook_url: &str,
        ) -> impl Future<Output = Result> + Send {
            Integration::unregister(&self.0, ctx, webhook_url)
        }

        fn unregister_unreadable(
            &self,
            call: &$crate::UnreadableConfiguration,
        ) -> impl Future<Output = Result> + Send {
            Integration::unregister_unreadable(&self.0, call)
        }

        fn webhook(
            &self,
            ctx: &Context,
            request: $crate::WebhookRequest,
        ) -> impl Future<Output = Result<$crate::WebhookResponse>> + Send {
            Integration::webhook(&self.0, ctx, request)
        }

        fn create_user(
            &self,
            ctx: &Context,
            tags: UserTags,
        ) -> impl Future<Output = Result<$crate::WebhookResponse>> + Send {
            Integration::create_user(&self.0, ctx, tags)
        }

        fn create_conversation(
            &self,
            ctx: &Context,
            channel: &str,
            tags: $crate::TagMap,
        ) -> impl Future<Output = Result<$crate::WebhookResponse>> + Send {
            Integration::create_conversation(&self.0, ctx, channel, tags)
        }

        fn message_updated(
            &self,
            ctx: &Context,
            update: $crate::MessageUpdate,
        ) -> impl Future<Output = Result> + Send {
            Integration::message_updated(&self.0, ctx, update)
        }

        fn conversation_updated(
            &self,
            ctx: &Context,
            update: $crate::ConversationUpdate,
        ) -> impl Future<Output = Result> + Send {
            Integration::conversation_updated(&self.0, ctx, update)
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
