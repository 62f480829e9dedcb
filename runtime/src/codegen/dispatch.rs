//! Connects the names of a definition with its types. This code is the same for every definition.

/// Implements `Definition` for the marker type, with one configuration or a union of
/// configurations.
#[doc(hidden)]
#[macro_export]
macro_rules! __definition {
    ($primary:ident $(; $($older:ident = $version:literal),+)?) => {
        $crate::__definition!(@ |_| ConfigurationType::Primary, $crate::Payload::to_value, {
            Primary => <$primary as $crate::Payload>::from_incoming_text
        }, [$($($older = $version)+)?]);
    };
    ($($variant:ident($configuration:ident)),+ $(; $($older:ident = $version:literal),+)?) => {
        $crate::__definition!(@ Configuration::configuration_type, |configuration| match configuration {
            $(Configuration::$variant(configuration) => $crate::Payload::to_value(configuration)),+
        }, {
            $($variant => |text, unknown_fields| {
                <$configuration as $crate::Payload>::from_incoming_text(text, unknown_fields).map(Configuration::$variant)
            }),+
        }, [$($($older = $version)+)?]);
    };
    (@ $active:expr, $encode:expr, { $($variant:ident => $decode:expr),+ }, [$($older:ident = $version:literal)*]) => {
        impl $crate::Definition for Definition {
            type Configuration = Configuration;
            type ConfigurationType = ConfigurationType;
            type Secrets = Secrets;
            type States = States;
            type Events = Events;
            type UserTags = UserTags;
            type NewConversation = NewConversation;

            const DOCUMENT: &'static $crate::DefinitionDocument = &DEFINITION;
            const HAS_OLDER_VERSIONS: bool = !<[&str]>::is_empty(&[$($version),*]);

            fn configuration_type(configuration: &Configuration) -> ConfigurationType {
                let active: fn(&Configuration) -> ConfigurationType = $active;
                active(configuration)
            }

            fn wire_name(configuration_type: ConfigurationType) -> Option<&'static str> {
                configuration_type.wire_name()
            }

            fn encode_configuration(
                configuration: &Configuration,
            ) -> ::core::result::Result<$crate::codegen::Value, $crate::Violations> {
                type Encode = fn(&Configuration) -> ::core::result::Result<$crate::codegen::Value, $crate::Violations>;
                let encode: Encode = $encode;
                encode(configuration)
            }

            fn decode_configuration(
                configuration_type: Option<&str>,
                text: &[u8],
                unknown_fields: $crate::UnknownFields,
            ) -> ::core::result::Result<Configuration, $crate::ConfigurationError> {
                type Decode = fn(&[u8], $crate::UnknownFields) -> ::core::result::Result<Configuration, $crate::Violations>;
                let decode: Decode = match ConfigurationType::from_wire(configuration_type)? {
                    $(ConfigurationType::$variant => $decode),+
                };
                Ok(decode(text, unknown_fields)?)
            }

            fn decode_older_configuration(
                configuration_type: Option<&str>,
                text: &[u8],
                unknown_fields: $crate::UnknownFields,
            ) -> Option<$crate::codegen::MigratedConfiguration<Configuration>> {
                let _ = (configuration_type, text, unknown_fields);
                $(if let Some(old) = $older::read_configuration(configuration_type, text, unknown_fields) {
                    return Some($crate::codegen::MigratedConfiguration {
                        version: $version,
                        configuration: $crate::MigrateFrom::migrate_from(old),
                    });
                })*
                None
            }

            fn new_conversation(channel: &str, tags: $crate::TagMap) -> Option<NewConversation> {
                NewConversation::of_channel(channel, tags)
            }

            fn schemas() -> impl Iterator<Item = &'static $crate::codegen::Schema> {
                texts::SCHEMAS.iter().flat_map(|schemas| schemas())$(.chain($older::schemas()))*
            }
        }
    };
}

/// Declares the marker type of a channel.
#[doc(hidden)]
#[macro_export]
macro_rules! __channel {
    ($marker:ident = $name:literal $(as $shown:literal)?, $conversation_tags:ident, $message_tags:ident $(, $payload:ident = $type:literal)*) => {
        #[doc = concat!("Stands for the channel ", $crate::__shown!($name $(as $shown)?), ".")]
        #[derive(Clone, Copy, Debug)]
        pub struct $marker;

        impl $crate::Channel for $marker {
            type Definition = Definition;
            type ConversationTags = $conversation_tags;
            type MessageTags = $message_tags;
            const NAME: &'static str = $name;
        }

        $(impl $crate::ChannelMessage<$marker> for $payload {
            const TYPE: &'static str = $type;
        })*
    };
}

/// Converts the calls of channels into those of the messages that they share.
#[doc(hidden)]
#[macro_export]
macro_rules! __shared_call {
    ($($channel:ident = $marker:ident),+) => {
        impl<'a> SharedCall<'a> {
            /// Returns the context of the call.
            pub fn ctx(&self) -> &'a Context {
                match self { $(Self::$channel(call) => call.ctx),+ }
            }

            /// Returns the name of the channel.
            pub fn channel(&self) -> &'static str {
                match self { $(Self::$channel(_) => <$marker as $crate::Channel>::NAME),+ }
            }

            /// Returns the id of the conversation.
            pub fn conversation_id(&self) -> &$crate::client::ConversationId {
                match self { $(Self::$channel(call) => &call.conversation.id),+ }
            }

            /// Returns the user that sends the message.
            pub fn user(&self) -> &$crate::client::User<UserTags> {
                match self { $(Self::$channel(call) => &call.user),+ }
            }

            /// Returns the id of the message.
            pub fn message_id(&self) -> &$crate::client::MessageId {
                match self { $(Self::$channel(call) => &call.message.id),+ }
            }
        }

        $(impl<'a> From<MessageCall<'a, $marker>> for SharedCall<'a> {
            fn from(call: MessageCall<'a, $marker>) -> Self {
                Self::$channel(call)
            }
        })+
    };
}

/// Implements a channel for the handlers of its messages, which other channels have as well.
#[doc(hidden)]
#[macro_export]
macro_rules! __shared_channel {
    ($channel:ident($marker:ident): $($method:ident($payload:ident)),+) => {
        impl<H> $channel for H
        where
            H: $(SharedMessage<$payload> +)+,
        {
            $(async fn $method(&self, call: MessageCall<'_, $marker>, payload: $payload) -> Result<()> {
                SharedMessage::send(self, call.into(), payload).await
            })+
        }
    };
}
