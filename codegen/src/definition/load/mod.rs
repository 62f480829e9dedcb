//! From a path to a definition and everything that it refers to.

mod base;
mod built_in;
mod extend;
mod older;
mod open;
mod visit;

use std::collections::{HashSet, VecDeque};
use std::path::Path;

use serde_json::Value;

use super::built_in::inline;
use super::conformance::read_document;
use super::document::is_stored;
use super::files::Reader;
use super::reference::{Graph, Index};
use super::{Document, Loaded, LoadedDefinition, OlderFile, SchemaAt, Settings};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Files};
use crate::sections::embedded_schemas;
use crate::system::System;

/// How much of a definition is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    /// Configurations and states.
    Stored,
}

/// The state of a load.
#[derive(Debug)]
struct Loader<'a> {
    settings: &'a Settings,
    extent: Extent,
    reader: Reader<'a>,
    files: Files,
    index: Index,
    found: Vec<Diagnostic>,
    /// The files with syntax errors.
    broken: HashSet<FileId>,
    /// Every schema that was looked at, those inside of others among them.
    visited: HashSet<SchemaAt>,
    /// The schemas that are still to be looked at.
    waiting: VecDeque<SchemaAt>,
    /// The references that are resolved.
    references: Vec<(SchemaAt, String)>,
    /// References that are not resolved yet, each with its diagnostic.
    dangling: Vec<(SchemaAt, String, Diagnostic)>,
    /// The schemas with circular references.
    circular: HashSet<SchemaAt>,
    /// The definitions of older versions.
    older: Vec<OlderFile>,
}

/// Loads a definition and every file that it refers to.
pub(super) fn load_definition(
    system: &dyn System,
    path: &Path,
    settings: &Settings,
    extent: Extent,
) -> Loaded {
    let mut loader = Loader {
        settings,
        extent,
        reader: Reader::new(system, settings.root.as_deref()),
        files: Files::default(),
        index: Index::default(),
        found: Vec::new(),
        broken: HashSet::new(),
        visited: HashSet::new(),
        waiting: VecDeque::new(),
        references: Vec::new(),
        dangling: Vec::new(),
        circular: HashSet::new(),
        older: Vec::new(),
    };
    let document = loader
        .open_definition(path)
        .and_then(|id| Some((id, loader.load_document(id)?)));
    let mut diagnostics = Diagnostics::new(loader.files.clone());
    diagnostics.extend(loader.found);
    diagnostics.sort();
    let definition = document.map(|(root, document)| LoadedDefinition {
        published: published(&document),
        document,
        root,
        files: loader.files,
        index: loader.index,
        circular: loader.circular,
        older: loader.older,
        schemas: sorted(loader.visited),
    });
    Loaded {
        definition,
        diagnostics,
        read: loader.reader.read,
    }
}

/// The definition as Botpress would get it, which knows no shared schemas and no older versions.
fn published(document: &Document) -> Value {
    let mut published = serde_json::to_value(document).expect("a definition is plain JSON");
    if let Value::Object(members) = &mut published {
        for unknown in ["definitions", "migratesFrom", "migrationOrder"] {
            members.shift_remove(unknown);
        }
    }
    inline(&mut published);
    published
}

/// The schemas in an order that does not depend on hashes, each once.
fn sorted(visited: HashSet<SchemaAt>) -> Vec<SchemaAt> {
    let mut schemas: Vec<_> = visited.into_iter().collect();
    schemas.sort_by(|first, second| {
        let place = (first.file, &first.pointer, &first.root);
        place.cmp(&(second.file, &second.pointer, &second.root))
    });
    schemas.dedup_by(|second, first| first.file == second.file && first.pointer == second.pointer);
    schemas
}

impl Loader<'_> {
    /// Finds all mistakes of a definition; gives the parts that could be read nevertheless.
    fn load_document(&mut self, id: FileId) -> Option<Document> {
        self.lay_over_base(id)?;
        self.declare_built_in(id);
        let (mut document, found) = read_document(&self.files, id);
        self.found.extend(found);
        if self.extent == Extent::Stored {
            document = document.map(Document::stored_alone);
        }
        if let Some(Document { extends, .. }) = &document
            && !extends.is_empty()
        {
            document = self.extend(id, extends);
        }
        let file = self.files.share(id);
        let schemas = embedded_schemas(&file.value);
        let schemas: Vec<_> = schemas
            .into_iter()
            .map(|pointer| SchemaAt::new(id, pointer))
            .collect();
        for at in &schemas {
            self.index_schema(at);
        }
        let is_loaded = |at: &SchemaAt| {
            let section = at.pointer.names().next();
            self.extent == Extent::Whole || section.is_some_and(|name| is_stored(&name))
        };
        self.waiting = schemas.into_iter().filter(is_loaded).collect();
        self.visit_all(id);
        if let Some(document) = &mut document {
            self.read_texts(id, document);
            self.find_older(id, document);
        }
        document
    }

    fn graph(&self, definition: FileId) -> Graph<'_> {
        Graph {
            files: &self.files,
            index: &self.index,
            definition,
        }
    }
}
