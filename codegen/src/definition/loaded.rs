//! The result of a load.

use std::collections::HashSet;
use std::path::PathBuf;

use serde_json::Value;

use super::reference::{Graph, Index};
use super::{Document, SchemaAt, built_in};
use crate::diagnostic::{Diagnostics, FileId, Files, Location, Pointer};

/// The result of a load.
#[derive(Clone, Debug)]
pub(crate) struct Loaded {
    /// The definition, if it could be read. If there are errors, wrong parts
    /// are missing, and references may have no target.
    pub definition: Option<LoadedDefinition>,
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
    /// Every file that was requested, including missing ones.
    pub read: Vec<PathBuf>,
}

/// A definition and the files that it refers to.
#[derive(Clone, Debug)]
pub(crate) struct LoadedDefinition {
    /// The definition itself.
    pub document: Document,
    /// The definition as Botpress would get it; its places are those of the file.
    pub(super) published: Value,
    pub(super) root: FileId,
    pub(super) files: Files,
    pub(super) index: Index,
    /// The schemas with circular references, which are refused.
    pub(super) circular: HashSet<SchemaAt>,
    pub(super) schemas: Vec<SchemaAt>,
    pub(super) older: Vec<OlderFile>,
}

/// The definition of an older version, as a definition names it.
#[derive(Clone, Debug)]
pub(crate) struct OlderFile {
    /// The path, free of links and of `..`.
    pub path: PathBuf,
    /// The place that names it.
    pub place: Location,
}

impl LoadedDefinition {
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
        self.root
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

    /// The definitions of older versions that could be read, in the order of the definition.
    #[must_use]
    pub(crate) fn older(&self) -> &[OlderFile] {
        &self.older
    }

    /// The definition with what outlives its version alone: configurations and states.
    pub(crate) fn stored_alone(mut self) -> Self {
        self.document = self.document.stored_alone();
        self
    }

    /// Every schema of the definition, those inside of others and those in other files among them.
    #[must_use]
    pub(crate) fn schemas(&self) -> &[SchemaAt] {
        &self.schemas
    }

    /// The place of a schema of the definition itself, by its pointer.
    #[must_use]
    pub(crate) fn schema_at(&self, pointer: Pointer) -> SchemaAt {
        SchemaAt::new(self.root, pointer)
    }

    /// Whether a schema is one of those that the definition declares for sharing.
    #[must_use]
    pub(crate) fn is_shared(&self, at: &SchemaAt) -> bool {
        let section = Pointer::root().child("definitions");
        at.file == self.root && at.pointer.parent() == Some(section)
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
        let root = if file == self.root {
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

    /// The name of the definition's file without its extension: `github`.
    #[must_use]
    pub(crate) fn stem(&self) -> &str {
        let path = &self.files.get(self.root).path;
        let stem = path.file_stem().and_then(std::ffi::OsStr::to_str);
        stem.unwrap_or_default()
    }

    /// The folder of the definition.
    #[must_use]
    pub(crate) fn folder(&self) -> PathBuf {
        let path = &self.files.get(self.root).path;
        path.parent().unwrap_or(path).to_owned()
    }

    /// A value of the definition's own file, for a diagnostic.
    #[must_use]
    pub(crate) const fn value_location(&self, pointer: Pointer) -> Location {
        Location::value(self.root, pointer)
    }

    /// The name of a property of the definition's own file, for a diagnostic.
    #[must_use]
    pub(crate) const fn key_location(&self, pointer: Pointer) -> Location {
        Location::key(self.root, pointer)
    }

    /// The files and addresses that references are resolved with.
    pub(super) const fn graph(&self) -> Graph<'_> {
        Graph {
            files: &self.files,
            index: &self.index,
            definition: self.root,
        }
    }
}
