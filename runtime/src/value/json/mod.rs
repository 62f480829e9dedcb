//! Conversion of generated types from and to JSON.
//!
//! serde's derives expand to about two hundred lines per type, which took most of the compile time of a definition.
//! Generated code therefore only lists the fields of each type in a macro, and the shared code is here. The code of a
//! type is the same for a JSON value and for JSON text: see [`Source`] and [`Sink`]. serde's traits are implemented for
//! all types by conversion through a JSON value.

mod mismatch;
mod node;
mod primitives;
mod reader;
mod sink;
mod source;
mod tag;
mod through_serde;

use serde_json::Value;

pub use self::{
    mismatch::Mismatch,
    sink::{Sink, Unfit},
    source::{Additional, Source},
    tag::{read_tag, with_tag, without_tag},
    through_serde::{deserialize, serialize},
};
pub(crate) use self::{
    node::{Judge, Limits, Node, ObjectNode, PropertyNode},
    reader::Reader,
    sink::Writer,
};
use self::{sink::ObjectSink, source::Member};

/// A type that converts from and to JSON. Generated code implements it.
pub trait Json: Sized {
    /// Reads the type.
    ///
    /// # Errors
    ///
    /// Returns an error if the source does not fit the type. The error contains the location but no value.
    fn read(source: Source<'_, '_>) -> Result<Self, Mismatch>;

    /// Writes the type.
    ///
    /// # Errors
    ///
    /// Returns an error if the sink is text and this type cannot be written to it directly. A sink that is a value takes
    /// everything.
    fn write(&self, sink: Sink<'_, '_>) -> Result<(), Unfit>;

    /// Whether a value is of a kind of JSON value that the type is read from, whatever its contents.
    fn is_kind(value: &Value) -> bool;

    /// Converts a JSON value to this type.
    ///
    /// # Errors
    ///
    /// Returns an error if the value does not fit the type. The error contains the location but no
    /// value.
    fn from_json(value: Value) -> Result<Self, Mismatch> {
        Self::read(Source::value(value))
    }

    /// Converts this type to a JSON value.
    fn to_json(&self) -> Value {
        let mut value = Value::Null;
        // A value takes everything.
        let _ = self.write(Sink::value(&mut value));
        value
    }
}
