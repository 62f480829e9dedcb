//! From a path to a definition and everything that it refers to.

mod extend;
mod open;
mod visit;

use std::collections::{HashSet, VecDeque};
use std::path::Path;

use super::conformance::read_document;
use super::files::Reader;
use super::reference::{Graph, Index};
use super::{DefinitionSet, Document, Loaded, SchemaAt, Settings};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Files};
use crate::sections::embedded_schemas;
use crate::system::System;

/// A load on its way.
#[derive(Debug)]
struct Loader<'a> {
    settings: &'a Settings,
    reader: Reader<'a>,
    files: Files,
    index: Index,
    found: Vec<Diagnostic>,
    /// The files of which nothing more can be said.
    broken: HashSet<FileId>,
    /// Every schema that was looked at, those inside of others among them.
    visited: HashSet<SchemaAt>,
    /// The schemas that are still to be looked at.
    waiting: VecDeque<SchemaAt>,
    /// The references that lead somewhere.
    references: Vec<(SchemaAt, String)>,
    /// Those that lead nowhere yet, and what is to be said if it stays so.
    dangling: Vec<(SchemaAt, String, Diagnostic)>,
    /// The schemas whose references lead back to them.
    circular: HashSet<SchemaAt>,
}

/// Loads a definition and every file that it refers to.
pub(super) fn load_definition(system: &dyn System, path: &Path, settings: &Settings) -> Loaded {
    let mut loader = Loader {
        settings,
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
    };
    let document = loader
        .open_definition(path)
        .and_then(|id| Some((id, loader.load_document(id)?)));
    let mut diagnostics = Diagnostics::new(loader.files.clone());
    diagnostics.extend(loader.found);
    diagnostics.sort();
    let set = document.map(|(definition, document)| DefinitionSet {
        published: serde_json::to_value(&document).expect("a definition is plain JSON"),
        document,
        definition,
        files: loader.files,
        index: loader.index,
        circular: loader.circular,
    });
    Loaded {
        set,
        diagnostics,
        read: loader.reader.read,
    }
}

impl Loader<'_> {
    /// Finds all that is wrong with a definition; gives what could be read of it nevertheless.
    fn load_document(&mut self, id: FileId) -> Option<Document> {
        let file = self.files.share(id);
        let (mut document, found) = read_document(id, &file);
        self.found.extend(found);
        if let Some(Document { extends, .. }) = &document
            && !extends.is_empty()
        {
            document = self.extend(id, extends);
        }
        let file = self.files.share(id);
        let schemas = embedded_schemas(&file.value);
        self.waiting = schemas
            .into_iter()
            .map(|pointer| SchemaAt::new(id, pointer))
            .collect();
        for at in self.waiting.clone() {
            self.index_schema(&at);
        }
        self.visit_all(id);
        if let Some(document) = &mut document {
            self.read_texts(id, document);
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
