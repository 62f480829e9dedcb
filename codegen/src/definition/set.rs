//! A definition and the files that it refers to.

use std::collections::HashSet;

use serde_json::Value;

use super::reference::{Graph, Index, follow};
use super::{Document, SchemaAt, built_in};
use crate::diagnostic::{FileId, Files, Location, Pointer};
use crate::json_schema::Dialect;

/// A definition and the files that it refers to.
#[derive(Clone, Debug)]
pub(crate) struct DefinitionSet {
    /// The definition itself.
    pub document: Document,
    /// The definition as Botpress would get it; its places are those of the file.
    pub(super) published: Value,
    pub(super) definition: FileId,
    pub(super) files: Files,
    pub(super) index: Index,
    /// The schemas with circular references, which are refused.
    pub(super) circular: HashSet<SchemaAt>,
    pub(super) schemas: Vec<SchemaAt>,
}

impl DefinitionSet {
    /// The files, for diagnostics about them.
    #[must_use]
    pub(crate) const fn files(&self) -> &Files {
        &self.files
    }

    /// The definition as Botpress would get it, files of texts read; its places are those of the file.
    #[must_use]
    pub(crate) const fn published(&self) -> &Value {
        &self.published
    }

    /// The file of the definition itself.
    #[must_use]
    pub(crate) const fn root(&self) -> FileId {
        self.definition
    }

    /// The value that a schema is: an object or a boolean; `null` if nothing is there.
    #[must_use]
    pub(crate) fn schema(&self, at: &SchemaAt) -> &Value {
        let value = &self.files.get(at.file).value;
        at.pointer.find(value).unwrap_or(&Value::Null)
    }

    /// The published definition, and beside it the schemas that its references lead to.
    pub(crate) fn published_with_shared(&self) -> Value {
        let mut definition = self.published().clone();
        let written = &self.files.get(self.root()).value;
        if let (Value::Object(members), Some(shared)) =
            (&mut definition, written.get("definitions"))
        {
            members.insert("definitions".to_owned(), shared.clone());
        }
        definition
    }

    /// Every schema of the definition, those inside of others and those in other files among them.
    #[must_use]
    pub(crate) fn schemas(&self) -> &[SchemaAt] {
        &self.schemas
    }

    /// The dialect that a schema is read by.
    #[must_use]
    pub(crate) fn dialect(&self, at: &SchemaAt) -> Dialect {
        self.index.dialect(&self.files, at)
    }

    /// The place of a schema of the definition itself, by its pointer.
    #[must_use]
    pub(crate) fn schema_at(&self, pointer: Pointer) -> SchemaAt {
        SchemaAt::new(self.definition, pointer)
    }

    /// Whether a schema is one of those that the definition declares for sharing.
    #[must_use]
    pub(crate) fn is_shared(&self, at: &SchemaAt) -> bool {
        let section = Pointer::root().child("definitions");
        at.file == self.definition && at.pointer.parent() == Some(section)
    }

    /// The name of the built-in message whose schema is at a place.
    #[must_use]
    pub(crate) fn built_in_message(&self, at: &SchemaAt) -> Option<String> {
        let is_built_in = self.index.is_file_of(at.file, built_in::ADDRESS);
        let pointer = Some(&at.pointer).filter(|_| is_built_in)?;
        let is_message = pointer.parent()? == Pointer::root().child("definitions");
        pointer.last().filter(|_| is_message)
    }

    /// The place of a schema that is validated on its own. In a file of shared schemas `#` is the file.
    #[must_use]
    pub(crate) fn payload_at(&self, file: FileId, pointer: Pointer) -> SchemaAt {
        let root = if file == self.definition {
            pointer.clone()
        } else {
            Pointer::root()
        };
        SchemaAt {
            file,
            root,
            pointer,
        }
    }

    /// The place of an entity's schema.
    #[cfg(test)]
    #[must_use]
    pub(crate) fn entity(&self, name: &str) -> SchemaAt {
        self.schema_at(
            Pointer::root()
                .child("entities")
                .child(name)
                .child("schema"),
        )
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
        let graph = Graph {
            files: &self.files,
            index: &self.index,
            definition: self.definition,
        };
        follow(graph, from, reference).ok()
    }

    /// Whether the siblings of a schema's `$ref` are ignored, as in draft 7.
    #[must_use]
    pub(crate) fn is_reference_alone(&self, at: &SchemaAt) -> bool {
        self.dialect(at).is_reference_alone(self.schema(at))
    }

    /// The name of the definition's file without its extension: `github`.
    #[must_use]
    pub(crate) fn stem(&self) -> &str {
        let path = &self.files.get(self.definition).path;
        let stem = path.file_stem().and_then(std::ffi::OsStr::to_str);
        stem.unwrap_or_default()
    }

    /// A value of the definition's own file, for a diagnostic.
    #[must_use]
    pub(crate) const fn value_location(&self, pointer: Pointer) -> Location {
        Location::value(self.definition, pointer)
    }

    /// The name of a property of the definition's own file, for a diagnostic.
    #[must_use]
    pub(crate) const fn key_location(&self, pointer: Pointer) -> Location {
        Location::key(self.definition, pointer)
    }
}
