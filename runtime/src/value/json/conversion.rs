//! The trait of types that convert from and to JSON.

use serde_json::Value;

use super::{
    mismatch::Mismatch,
    sink::{Sink, Unfit},
    source::Source,
};

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
