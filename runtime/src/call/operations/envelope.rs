//! The bodies of calls.

use serde::de::DeserializeOwned;

use crate::payload::Schema;

/// The body of an operation. What a handler's own schema says of a part of it is no business of the envelope.
pub(super) trait Envelope: DeserializeOwned {
    /// What has to be there, so that all that is missing is named at once.
    fn shape() -> &'static Schema;
}

/// Declares envelopes: structs as serde reads them, each with its shape.
macro_rules! envelopes {
    ($($(#[$meta:meta])* struct $name:ident { $($fields:tt)* } $shape:expr;)+) => {
        $(
            $(#[$meta])*
            struct $name { $($fields)* }

            impl $crate::call::operations::envelope::Envelope for $name {
                fn shape() -> &'static $crate::payload::Schema {
                    static SHAPE: $crate::payload::Schema = $crate::payload::Schema::new($shape);
                    &SHAPE
                }
            }
        )+

        /// The shapes of all envelopes here.
        pub(super) const SHAPES: &[fn() -> &'static $crate::payload::Schema] =
            &[$(<$name as $crate::call::operations::envelope::Envelope>::shape),+];
    };
}

pub(super) use envelopes;
