//! The definition as JSON text.

use crate::diagnostic::Pointer;

/// The definition as JSON text, cut at its schemas.
#[derive(Clone, Debug, Default)]
pub(crate) struct JsonText {
    pub(crate) schemas: Vec<SchemaText>,
    /// The text after the last schema.
    pub(crate) end: String,
}

/// A schema in the text.
#[derive(Clone, Debug)]
pub(crate) struct SchemaText {
    /// The text between the schema before and this one.
    pub(crate) before: String,
    pub(crate) place: Pointer,
    pub(crate) text: String,
}
