//! The calls of a test harness, typed by a definition.

/// Declares the module `testing` with the calls of actions and channels. It takes the names that
/// `handlers!` takes.
#[cfg(feature = "testing")]
#[doc(hidden)]
#[macro_export]
macro_rules! __typed_calls {
    (
        $($action:ident = $name:literal $(as $shown:literal)?:
            $handler:ident::$method:ident($($input:ident)::+, $($output:ident)::+)),*
        $(; $channel:ident = $channel_name:literal $(as $channel_shown:literal)?:
            $channel_handler:ident($marker:ident, $($tags:ident)::+)
            $(, $message:ident = $message_name:literal $(as $message_shown:literal)?:
                $($payload:ident)::+)*)*
    ) => {
        /// The calls of a test harness.
        #[allow(dead_code, reason = "a definition may declare none")]
        pub mod testing {
            type Harness = $crate::testing::Harness<super::Definition>;

            impl $crate::testing::TypedCalls for super::Definition {
                type Actions<'a> = Actions<'a>;
                type Channels<'a> = Channels<'a>;
            }

            /// The actions of the integration, called as a bot calls them.
            #[derive(Clone, Copy, Debug)]
            pub struct Actions<'a>(&'a Harness);

            impl<'a> ::core::convert::From<&'a Harness> for Actions<'a> {
                fn from(harness: &'a Harness) -> Self {
                    Self(harness)
                }
            }

            impl Actions<'_> {
                $(
                    #[doc = concat!("Calls the action ", $crate::__shown!($name $(as $shown)?), ".")]
                    pub async fn $action(
                        self,
                        input: &super::$($input)::+,
                    ) -> ::core::result::Result<
                        $crate::testing::ActionOutput<super::$($output)::+>,
                        $crate::testing::Refusal,
                    > {
                        self.0.call_action($name, input).await
                    }
                )*
            }

            /// The channels of the integration, to which a bot sends messages.
            #[derive(Clone, Copy, Debug)]
            pub struct Channels<'a>(&'a Harness);

            impl<'a> ::core::convert::From<&'a Harness> for Channels<'a> {
                fn from(harness: &'a Harness) -> Self {
                    Self(harness)
                }
            }

            impl<'a> Channels<'a> {
                $(
                    #[doc = concat!("The channel ", $crate::__shown!($channel_name $(as $channel_shown)?), ".")]
                    pub fn $channel(self) -> channels::$channel_handler<'a> {
                        channels::$channel_handler(self.0)
                    }
                )*
            }

            /// The messages of each channel.
            pub mod channels {
                $(
                    #[doc = concat!("The messages of the channel ", $crate::__shown!($channel_name $(as $channel_shown)?), ".")]
                    #[derive(Clone, Copy, Debug)]
                    pub struct $channel_handler<'a>(
                        pub(super) &'a $crate::testing::Harness<super::super::Definition>,
                    );

                    impl<'a> $channel_handler<'a> {
                        $(
                            #[doc = concat!("Prepares a message of the type ", $crate::__shown!($message_name $(as $message_shown)?), ".")]
                            pub fn $message(
                                self,
                                payload: &super::super::$($payload)::+,
                            ) -> $crate::testing::TestMessage<
                                'a,
                                super::super::Definition,
                                super::super::channels::$marker,
                            > {
                                self.0.message(payload)
                            }
                        )*
                    }
                )*
            }
        }
    };
}

/// Declares nothing: without the feature `testing` there is no harness.
#[cfg(not(feature = "testing"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __typed_calls {
    ($($names:tt)*) => {};
}
