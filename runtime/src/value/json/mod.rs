//! Conversion of generated types from and to JSON values.
//!
//! serde's derives expand to about two hundred lines per type, which took most of the compile time
//! of a definition. A payload is a JSON value anyway, because it is validated first. Generated code
//! therefore only lists the fields of each type in a macro, and the shared code is here. serde's
//! traits are implemented for all types by conversion through a JSON value.

mod fields;
mod members;
mod mismatch;
mod primitives;
mod through_serde;

use serde_json::Value;

pub use self::{
    fields::{Fields, read_tag, without_tag},
    members::{Members, with_tag},
    mismatch::Mismatch,
    through_serde::{deserialize, serialize},
};

/// A type that converts from and to JSON values. Generated code implements it.
pub trait Json: Sized {
    /// Converts a JSON value to this type.
    ///
    /// # Errors
    ///
    /// Returns an error if the value does not fit the type. The error contains the location but no
    /// value.
    fn from_json(value: Value) -> Result<Self, Mismatch>;

    /// Converts this type to a JSON value.
    fn to_json(&self) -> Value;

    /// Whether a value is of a kind of JSON value that the type is read from, whatever its contents.
    fn is_kind(value: &Value) -> bool;
}
