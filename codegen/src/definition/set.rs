//! A definition and the files that it refers to, with its schemas by their places.

use std::ops::Deref;

use serde_json::Value;

use super::places::Places;
use super::reference::follow;
use super::{LoadedDefinition, SchemaAt};
use crate::diagnostic::Pointer;
use crate::json_schema::Dialect;

/// A definition and the files that it refers to, with its schemas by their places.
#[derive(Debug)]
pub(crate) struct DefinitionSet<'a> {
    definition: &'a LoadedDefinition,
    places: Places<'a>,
}

impl Deref for DefinitionSet<'_> {
    type Target = LoadedDefinition;

    fn deref(&self) -> &LoadedDefinition {
        self.definition
    }
}

impl<'a> DefinitionSet<'a> {
    /// Finds the place of every value.
    #[must_use]
    pub(crate) fn new(definition: &'a LoadedDefinition) -> Self {
        Self {
            definition,
            places: Places::new(&definition.files),
        }
    }

    /// The value that a schema is: an object or a boolean; `null` if nothing is there.
    #[must_use]
    pub(crate) fn schema(&self, at: &SchemaAt) -> &'a Value {
        self.places
            .get(at.file, &at.pointer)
            .unwrap_or(&Value::Null)
    }

    /// The dialect that a schema is read by.
    #[must_use]
    pub(crate) fn dialect(&self, at: &SchemaAt) -> Dialect {
        let value = |pointer: &Pointer| self.places.get(at.file, pointer);
        self.definition.index.dialect(value, at)
    }

    /// The place that a reference in a schema leads to.
    ///
    /// After a load without errors every reference of the set's schemas leads somewhere. One that leads back to
    /// itself leads nowhere, so that following the others comes to an end.
    #[must_use]
    pub(crate) fn resolve(&self, from: &SchemaAt, reference: &str) -> Option<SchemaAt> {
        if self.circular.contains(from) {
            return None;
        }
        follow(self.graph(), from, reference).ok()
    }

    /// Whether the siblings of a schema's `$ref` are ignored, as in draft 7.
    #[must_use]
    pub(crate) fn is_reference_alone(&self, at: &SchemaAt) -> bool {
        self.dialect(at).is_reference_alone(self.schema(at))
    }
}
