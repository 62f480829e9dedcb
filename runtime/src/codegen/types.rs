//! Implementations of tags and named parts of the client.

/// Formats a name for docs: between backticks, or as the generator has escaped it.
#[doc(hidden)]
#[macro_export]
macro_rules! __shown {
    ($name:literal) => {
        concat!("`", $name, "`")
    };
    ($name:literal as $shown:literal) => {
        $shown
    };
}

/// Implements tags for a struct of optional strings, and declares a constant for each tag.
#[doc(hidden)]
#[macro_export]
macro_rules! __tags {
    ($tags:ident $(, $tag:ident = $name:literal $(as $shown:literal)?)*) => {
        impl $crate::Tags for $tags {}

        #[allow(non_upper_case_globals, reason = "a letter outside ASCII stays as it is")]
        impl $tags {
            $(#[doc = concat!("The tag ", $crate::__shown!($name $(as $shown)?), ".")]
            pub const $tag: $crate::Tag<Self> = $crate::Tag::new($name);)*
        }
    };
}

/// Declares a constant for each event, by which lists can be filtered.
#[doc(hidden)]
#[macro_export]
macro_rules! __event_names {
    ($($event:ident = $name:literal $(as $shown:literal)?),*) => {
        #[allow(non_upper_case_globals, reason = "a letter outside ASCII stays as it is")]
        impl Events {
            $(#[doc = concat!("The event ", $crate::__shown!($name $(as $shown)?), ".")]
            pub const $event: $crate::client::EventName<Definition> =
                $crate::client::EventName::new($name);)*
        }
    };
}

/// Declares a part of the client with methods named by the definition.
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
