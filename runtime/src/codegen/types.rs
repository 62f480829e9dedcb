//! What every payload type has, in a line each.

/// Makes a type a payload of the given schema.
#[doc(hidden)]
#[macro_export]
macro_rules! __payload {
    ($payload:ty, $schema:expr) => {
        impl $crate::codegen::Payload for $payload {
            const SCHEMA: &'static str = $schema;

            fn schema() -> &'static $crate::codegen::Schema {
                static SCHEMA: $crate::codegen::Schema = $crate::codegen::Schema::new($schema);
                &SCHEMA
            }
        }
    };
}

/// Gives a struct `new`, which takes the required fields and leaves the others out.
#[doc(hidden)]
#[macro_export]
macro_rules! __constructor {
    ($name:ident $(, $field:ident : $ty:ty)* $(; $($absent:ident),*)?) => {
        impl $name {
            /// Creates one from its required fields; the others are absent.
            pub fn new($($field: $ty),*) -> Self {
                Self { $($field: $field.into(),)* $($($absent: $crate::codegen::Default::default()),*)? }
            }
        }
    };
}

/// Gives an enum of strings its strings.
#[doc(hidden)]
#[macro_export]
macro_rules! __strings {
    ($name:ident, $($variant:ident = $text:literal),*) => {
        impl $name {
            /// Every value.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The text that stands for the value.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl $crate::codegen::Serialize for $name {
            fn serialize<S: $crate::codegen::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::codegen::Deserialize<'de> for $name {
            fn deserialize<D: $crate::codegen::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::codegen::choose(deserializer, Self::ALL, Self::as_str)
            }
        }
    };
}

/// Reads a union whose alternatives their schemas tell apart: the first one that a value fits.
#[doc(hidden)]
#[macro_export]
macro_rules! __choice {
    ($name:ident, $($variant:ident = $schema:literal),*) => {
        impl<'de> $crate::codegen::Deserialize<'de> for $name {
            fn deserialize<D: $crate::codegen::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                let value = <$crate::codegen::Value as $crate::codegen::Deserialize>::deserialize(deserializer)?;
                $({
                    static SCHEMA: $crate::codegen::Schema = $crate::codegen::Schema::new($schema);
                    if SCHEMA.accepts(&value) {
                        return $crate::codegen::chosen(value).map(Self::$variant);
                    }
                })*
                Err($crate::codegen::serde::de::Error::custom("none of the alternatives"))
            }
        }
    };
}

/// Makes a struct of optional texts tags, and names each of them.
#[doc(hidden)]
#[macro_export]
macro_rules! __tags {
    ($tags:ident $(, $tag:ident = $name:literal)*) => {
        impl $crate::Tags for $tags {}

        #[allow(non_upper_case_globals, reason = "a letter outside ASCII stays as it is")]
        impl $tags {
            $(#[doc = concat!("The tag `", $name, "`.")]
            pub const $tag: $crate::Tag<Self> = $crate::Tag::new($name);)*
        }
    };
}

/// Gives every event a name that lists can be filtered by.
#[doc(hidden)]
#[macro_export]
macro_rules! __event_names {
    ($($event:ident = $name:literal),*) => {
        #[allow(non_upper_case_globals, reason = "a letter outside ASCII stays as it is")]
        impl Events {
            $(#[doc = concat!("The event `", $name, "`.")]
            pub const $event: $crate::client::EventName<Definition> =
                $crate::client::EventName::new($name);)*
        }
    };
}

/// Declares a part of the client whose methods a definition names.
#[doc(hidden)]
#[macro_export]
macro_rules! __named_client {
    ($name:ident, $client:ident, $docs:literal) => {
        #[doc = $docs]
        #[derive(Clone, Debug)]
        pub struct $name(#[allow(dead_code, reason = "a definition may declare none")] $client);

        impl From<$client> for $name {
            fn from(client: $client) -> Self {
                Self(client)
            }
        }
    };
}
