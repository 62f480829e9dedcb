//! The operations of the protocol, a row each.

use std::fmt;

/// The table of operations. Everything that differs between them alone follows from it: the variants of
/// [`Operation`], the methods of `Integration` and of `Handlers`, what forwards the one to the other, and which
/// function of `call/operations/` answers.
///
/// A row of `lifecycle` says what a variant means, its name on the wire, and the method of `Integration` that handles
/// it: its documentation, its arguments (the type in generated code, and where it is another one, that of `Handlers`),
/// what it gives, and what it gives by default. A row of `routed` says which function answers an operation that
/// several handlers share. The callback gets its own arguments, then all rows.
#[doc(hidden)]
#[macro_export]
macro_rules! __operations {
    ([$($callback:tt)+] $($arguments:tt)*) => {
        $($callback)+! {
            $($arguments)*
            lifecycle {
                /// A bot's owner enabled the integration.
                Register = "register" => {
                    /// Sets the integration up: a bot's owner installed or configured it.
                    ///
                    /// Implement it as `async fn register(&self, ctx: &Context, webhook_url: &str) -> Result`.
                    register(webhook_url: [&str]) -> () = ()
                }
                /// A bot's owner disabled the integration.
                Unregister = "unregister" => {
                    /// Cleans up: a bot's owner removed the integration.
                    ///
                    /// Implement it as `async fn unregister(&self, ctx: &Context, webhook_url: &str) -> Result`.
                    unregister(webhook_url: [&str]) -> () = ()
                }
                /// A request reached the integration's webhook.
                WebhookReceived = "webhook_received" => {
                    /// Handles a request of the outside service, whose answer is what this gives.
                    ///
                    /// Implement it as
                    /// `async fn webhook(&self, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse>`.
                    webhook(request: [$crate::WebhookRequest]) -> $crate::WebhookResponse = $crate::WebhookResponse::none()
                }
                /// A bot asks for a user to be created.
                CreateUser = "create_user" => {
                    /// Creates a user that a bot asked for by its tags.
                    ///
                    /// Implement it as `async fn create_user(&self, ctx: &Context, tags: UserTags) -> Result<WebhookResponse>`.
                    create_user(tags: [UserTags | <Self::Definition as $crate::Definition>::UserTags])
                        -> $crate::WebhookResponse = $crate::WebhookResponse::none()
                }
                /// A bot asks for a conversation to be created.
                CreateConversation = "create_conversation" => {
                    /// Creates a conversation that a bot asked for by its channel and its tags.
                    ///
                    /// Implement it as
                    /// `async fn create_conversation(&self, ctx: &Context, channel: &str, tags: TagMap) -> Result<WebhookResponse>`.
                    create_conversation(channel: [&str], tags: [$crate::TagMap])
                        -> $crate::WebhookResponse = $crate::WebhookResponse::none()
                }
                /// A message was changed.
                MessageUpdated = "message_updated" => {
                    /// Hears that a message was changed.
                    ///
                    /// Implement it as `async fn message_updated(&self, ctx: &Context, update: MessageUpdate) -> Result`.
                    message_updated(update: [$crate::MessageUpdate]) -> () = ()
                }
                /// A conversation was changed.
                ConversationUpdated = "conversation_updated" => {
                    /// Hears that a conversation was changed.
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
        /// The operation of a call, as the header `x-bp-operation` names it.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Operation {
            $($(#[$meaning])* $variant,)*
            $($(#[$routed_meaning])* $routed,)*
            /// Botpress asks whether the integration is there.
            Ping,
            /// An operation that this version does not know.
            Other(String),
        }

        impl Operation {
            /// The name of an operation that this version knows.
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
    /// Reads an operation's name; `webhook`, the documentation's older name, is `webhook_received`.
    #[must_use]
    pub fn from_wire(name: &str) -> Self {
        match name {
            "webhook" => Self::WebhookReceived,
            name => Self::known(name).unwrap_or_else(|| Self::Other(name.to_owned())),
        }
    }

    /// The operation's name on the wire.
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
