//! From the names of actions, channels and messages to the handlers of an author.

/// Declares what follows from the names of actions and channels: the dispatch to their handlers,
/// the conversations that bots can create, and the calls of tests.
///
/// An action has the name of its call, its handler and its types. A channel follows after a
/// semicolon, with its marker, the tags of its conversations, and its messages.
#[doc(hidden)]
#[macro_export]
macro_rules! __handlers {
    ($($names:tt)*) => {
        $crate::__handlers_of!($($names)*);
        $crate::__typed_calls!($($names)*);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __handlers_of {
    (
        $($action:ident = $name:literal $(as $shown:literal)?:
            $handler:ident::$method:ident($($input:ident)::+, $($output:ident)::+)),*
        $(; $channel:ident = $channel_name:literal $(as $channel_shown:literal)?:
            $channel_handler:ident($marker:ident, $($tags:ident)::+)
            $(, $message:ident = $message_name:literal $(as $message_shown:literal)?:
                $($payload:ident)::+)*)*
    ) => {
        /// A conversation that a bot wants to create: its channel and its tags.
        #[derive(Clone, Debug, PartialEq)]
        pub enum NewConversation {
            $(
                #[doc = concat!("In the channel ", $crate::__shown!($channel_name $(as $channel_shown)?), ".")]
                $channel_handler($($tags)::+)
            ),*
        }

        impl NewConversation {
            pub(crate) fn of_channel(channel: &str, tags: $crate::TagMap) -> Option<Self> {
                let _ = &tags;
                match channel {
                    $($channel_name => Some(Self::$channel_handler($crate::Tags::from_map(tags))),)*
                    _ => None,
                }
            }
        }

        /// Finds the handler of a call by its name.
        struct Handlers<H>(H);

        impl<H> $crate::codegen::Handlers for Handlers<H>
        where
            H: Integration $(+ actions::$handler)* $(+ channels::$channel_handler)*,
        {
            type Definition = Definition;

            $crate::__forward_lifecycle!();

            async fn action(
                &self,
                name: &str,
                call: &mut $crate::codegen::ActionRequest<'_, Definition>,
            ) -> Result<$crate::codegen::ActionAnswer> {
                match name {
                    $($name => {
                        call.run(|call, input| actions::$handler::$method(&self.0, call, input)).await
                    })*
                    _ => Err(call.unknown()),
                }
            }

            async fn message(
                &self,
                channel: &str,
                message_type: &str,
                call: $crate::codegen::MessageRequest<'_, Definition>,
            ) -> Result {
                let _ = message_type;
                match channel {
                    $($channel_name => match message_type {
                        $($message_name => {
                            call.run(|call, payload| {
                                channels::$channel_handler::$message(&self.0, call, payload)
                            })
                            .await
                        })*
                        _ => Err(call.unknown_type()),
                    },)*
                    _ => Err(call.unknown_channel()),
                }
            }

            fn channels(&self) -> &'static [&'static str] {
                &[$($channel_name),*]
            }
        }
    };
}
