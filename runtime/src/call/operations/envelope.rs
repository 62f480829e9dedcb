//! The bodies of operations.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::payload::Schema;

/// The body of an operation. Parts with a schema of their own, such as an action's input, are
/// validated later.
pub(super) trait Envelope: DeserializeOwned {
    /// Returns the schema of the required properties, so that one error names all that are missing.
    fn shape() -> &'static Schema;

    /// The name of the part that is not deserialized here, if there is one.
    const PAYLOAD: Option<&'static str> = None;

    /// Sets that part. It is moved and not copied, since it may be large.
    fn set_payload(&mut self, _payload: Value) {}
}

/// Declares envelopes: structs with their serde attributes, each with the field of its payload, if it has one, and its
/// schema.
macro_rules! envelopes {
    ($($(#[$meta:meta])* struct $name:ident { $($fields:tt)* } $(@payload $payload:ident;)? $shape:expr;)+) => {
        $(
            $(#[$meta])*
            struct $name { $($fields)* }

            impl $crate::call::operations::envelope::Envelope for $name {
                fn shape() -> &'static $crate::payload::Schema {
                    static SHAPE: $crate::payload::Schema = $crate::payload::Schema::new($shape);
                    &SHAPE
                }

                $(
                    const PAYLOAD: Option<&'static str> = Some(stringify!($payload));

                    fn set_payload(&mut self, payload: serde_json::Value) {
                        self.$payload = payload;
                    }
                )?
            }
        )+

        /// The schemas of all envelopes in this module.
        pub(super) const SHAPES: &[fn() -> &'static $crate::payload::Schema] =
            &[$(<$name as $crate::call::operations::envelope::Envelope>::shape),+];
    };
}

pub(super) use envelopes;
