//! Generated types from and to JSON values.
//!
//! A derive of serde's writes some two hundred lines for each type, which the compiler of an author
//! has to check; most of what it takes for a definition went there. A payload is a JSON value at hand
//! anyway, since its schema is checked first. So generated code says of a type only the names of its
//! fields, in a line of a macro, and what is the same for all types is here. serde's traits are given
//! to every type by way of the value.

mod fields;
mod leaves;
mod members;
mod mismatch;
mod through_serde;

use serde_json::Value;

pub use self::{
    fields::{Fields, read_tag, without_tag},
    members::{Members, with_tag},
    mismatch::Mismatch,
    through_serde::{deserialize, serialize},
};

/// A type that reads itself from a JSON value and writes itself as one. Generated code implements it.
pub trait Json: Sized {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// The value does not have this type; the error says where, and quotes no value.
    fn from_json(value: Value) -> Result<Self, Mismatch>;

    /// Writes the value.
    fn to_json(&self) -> Value;

    /// Whether a value is of a kind of JSON value that the type is read from, whatever is inside it.
    fn is_kind(value: &Value) -> bool;
}
