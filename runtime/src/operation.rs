//! The operations of the protocol.

use std::fmt;

/// The table of operations. From each row, macros generate a variant of [`Operation`], methods of
/// `Integration` and `Handlers`, the code that forwards between them, and the call of a function in
/// `call/operations/`.
///
/// A row of `lifecycle` has the documentation and the wire name of the variant, and the method of
/// `Integration` that handles it: its documentation, its arguments (the type in generated code,
/// then the type in `Handlers` if it differs), its return type and its default return value. A row
/// of `routed` has the function that handles an operation with several handlers. The callback macro
/// gets its own arguments, then all rows.
#[doc(hidden)]
#[macro_export]
macro_rules! __operations {
    ([$($callback:tt)+] $($arguments:tt)*) => {
        $($callback)+! {
            $($arguments)*
            lifecycle {
                /// A bot's owner enabled or configured the integration.
                Register = "register" => {
                    /// Sets up the integration. Botpress calls it after a bot's owner installed or
                    /// configured the integration.
                    ///
                    /// Implement it as `async fn register(&self, ctx: &Context, webhook_url: &str) -> Result`.
                    register(webhook_url: [&str]) -> () = ()
                }
                /// A bot's owner disabled the integration.
                Unregister = "unregister" => {
                    /// Cleans up. Botpress calls it after a bot's owner removed the integration.
                    ///
                    /// Implement it as `async fn unregister(&self, ctx: &Context, webhook_url: &str) -> Result`.
                    unregister(webhook_url: [&str]) -> () = ()
                }
                /// A request reached the integration's webhook.
                WebhookReceived = "webhook_received" => {
                    /// Handles a request to the integration's webhook. The returned response is
                    /// sent to the sender.
                    ///
                    /// Implement it as
                    /// `async fn webhook(&self, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse>`.
                    webhook(request: [$crate::WebhookRequest]) -> $crate::WebhookResponse = $crate::WebhookResponse::none()
                }
                /// A bot requests the creation of a user.
                CreateUser = "create_user" => {
                    /// Finds or creates the user with these tags, at the request of a bot. `None`
                    /// answers that the integration creates no users.
                    ///
                    /// Implement it as
                    /// `async fn create_user(&self, ctx: &Context, tags: UserTags) -> Result<Option<CreatedUser>>`.
                    create_user(tags: [UserTags | <Self::Definition as $crate::Definition>::UserTags])
                        -> Option<$crate::CreatedUser> = None
                }
                /// A bot requests the creation of a conversation.
                CreateConversation = "create_conversation" => {
                    /// Finds or creates the conversation with this channel and these tags, at the
                    /// request of a bot. `None` answers that the integration creates no
                    /// conversations.
                    ///
                    /// Implement it as
                    /// `async fn create_conversation(&self, ctx: &Context, conversation: NewConversation) -> Result<Option<CreatedConversation>>`.
                    create_conversation(
                        conversation: [NewConversation | <Self::Definition as $crate::Definition>::NewConversation]
                    ) -> Option<$crate::CreatedConversation> = None
                }
                /// A message was updated.
                MessageUpdated = "message_updated" => {
                    /// Handles the update of a message.
                    ///
                    /// Implement it as `async fn message_updated(&self, ctx: &Context, update: MessageUpdate) -> Result`.
                    message_updated(update: [$crate::MessageUpdate]) -> () = ()
                }
                /// A conversation was updated.
                ConversationUpdated = "conversation_updated" => {
                    /// Handles the update of a conversation.
                    ///
                    /// Implement it as
                    /// `async fn conversation_updated(&self, ctx: &Context, update: ConversationUpdate) -> Result`.
                    conversation_updated(update: [$crate::ConversationUpdate]) -> () = ()
                }
            }
            routed {
                /// A bot calls an action.
                ActionTriggered = "action_triggered" => action
                /// A bot sent a message.
                MessageCreated = "message_created" => message
            }
        }
    };
}

/// Declares the operations.
macro_rules! operation {
    (
        lifecycle { $($(#[$meaning:meta])* $variant:ident = $name:literal => { $($method:tt)* })* }
        routed { $($(#[$routed_meaning:meta])* $routed:ident = $routed_name:literal => $function:ident)* }
    ) => {
        /// The operation of a call, from the header `x-bp-operation`.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Operation {
            $($(#[$meaning])* $variant,)*
            $($(#[$routed_meaning])* $routed,)*
            /// A health check of Botpress.
            Ping,
            /// An operation that this version does not know.
            Other(String),
        }

        impl Operation {
            /// Returns the wire name of an operation that this version knows.
            pub(crate) fn known_name(&self) -> Option<&'static str> {
                match self {
                    $(Self::$variant => Some($name),)*
                    $(Self::$routed => Some($routed_name),)*
                    Self::Ping => Some("ping"),
                    Self::Other(_) => None,
                }
            }

            fn known(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    $($routed_name => Some(Self::$routed),)*
                    "ping" => Some(Self::Ping),
                    _ => None,
                }
            }
        }
    };
}

__operations!([operation]);

impl Operation {
    /// Parses the wire name of an operation. `webhook`, an older name in the documentation, is
    /// parsed as [`WebhookReceived`](Self::WebhookReceived).
    #[must_use]
    pub fn from_wire(name: &str) -> Self {
        match name {
            "webhook" => Self::WebhookReceived,
            name => Self::known(name).unwrap_or_else(|| Self::Other(name.to_owned())),
        }
    }

    /// Returns the operation's wire name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Other(name) => name,
            known => known.known_name().unwrap_or_default(),
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_as_they_were() {
        for name in ["register", "message_updated", "create_user", "frobnicate"] {
            assert_eq!(Operation::from_wire(name).to_string(), name);
        }
    }

    #[test]
    fn the_older_name_of_the_webhook_is_read() {
        assert_eq!(Operation::from_wire("webhook"), Operation::WebhookReceived);
    }
}
