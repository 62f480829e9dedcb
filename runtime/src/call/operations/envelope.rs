//! The bodies of operations.

use serde::de::DeserializeOwned;

use crate::payload::Schema;

/// The body of an operation. Parts with a schema of their own, such as an action's input, are
/// validated later.
pub(super) trait Envelope: DeserializeOwned {
    /// Returns the schema of the required properties, so that one error names all that are missing.
    fn shape() -> &'static Schema;
}

/// Declares envelopes: structs with their serde attributes, each with its schema.
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

        /// The schemas of all envelopes in this module.
        pub(super) const SHAPES: &[fn() -> &'static $crate::payload::Schema] =
            &[$(<$name as $crate::call::operations::envelope::Envelope>::shape),+];
    };
}

pub(super) use envelopes;
