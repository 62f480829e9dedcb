//! Files, and folders that are mapped to addresses.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Loader;
use crate::definition::built_in;
use crate::definition::files::{ReadError, ReadFile};
use crate::definition::mask::mask_secrets;
use crate::definition::reference::address::{
    Reference, decode, file_address, file_path, is_absolute, is_bare,
};
use crate::definition::yaml::{Problem, parse_text};
use crate::definition::{Document, SchemaAt};
use crate::diagnostic::catalog::{load, reference};
use crate::diagnostic::{Diagnostic, FileId, Location, Origins, Pointer, SourceFile, Spans};
use crate::json_schema::Draft;

impl Loader<'_> {
    pub(super) fn open_definition(&mut self, path: &Path) -> Option<FileId> {
        let shown = self.reader.display(path);
        match self.reader.read_text(path) {
            Ok(read) => self.add_file(read, shown, None),
            Err(error) => {
                let id = self.files.add(SourceFile {
                    display: shown.clone(),
                    path: path.to_owned(),
                    text: String::new(),
                    value: Value::Null,
                    spans: Spans::new(),
                    origins: Origins::new(),
                });
                self.found.push(unread(Location::file(id), &shown, &error));
                None
            }
        }
    }

    /// Opens the file at an address that no schema has; an address without a file is refused.
    pub(super) fn open_address(
        &mut self,
        at: &SchemaAt,
        text: &str,
        address: &str,
    ) -> Result<(), Box<Diagnostic>> {
        let place = Location::value(at.file, at.pointer.child("$ref"));
        let metaschema = Draft::named(address).and_then(|draft| draft.metaschema);
        let opened = if let Some(schema) = metaschema {
            self.add_own_file(schema(), address)
        } else if address == built_in::ADDRESS {
            self.add_own_file(&built_in::MESSAGES, address)
        } else if let Some((remote, path)) = self.settings.remote(address) {
            let path = decode(path);
            match self.reader.read_remote(&remote.folder, &path) {
                Ok(read) => {
                    let shown = self.reader.display(&remote.folder.join(&path));
                    self.add_file(read, shown, Some(address))
                }
                Err(error) => {
                    self.found.push(unread(place, address, &error));
                    None
                }
            }
        } else if let Some(path) = file_path(address) {
            if is_bare(text) && self.index.is_relative_to_file(at) {
                return Err(Box::new(reference::bare_reference(place, &decode(text))));
            }
            self.open_path(at, text, &path, place)
        } else if address.starts_with("http") {
            return Err(Box::new(reference::remote_reference(place, text, address)));
        } else {
            let reason = "no schema has this `$id`";
            return Err(Box::new(reference::dangling_reference(place, text, reason)));
        };
        if let Some(file) = opened {
            self.index_schema(&SchemaAt::new(file, Pointer::root()));
        }
        self.index.link(address.to_owned(), opened);
        Ok(())
    }

    /// Opens a file that another one names, if it is not open already.
    fn open_path(
        &mut self,
        at: &SchemaAt,
        text: &str,
        path: &Path,
        place: Location,
    ) -> Option<FileId> {
        let written = decode(Reference::parse(text).address);
        let is_beside = self.index.is_relative_to_file(at) && !is_absolute(&written);
        match self.reader.read_named(path) {
            Ok(read) => {
                let from = PathBuf::from(&self.files.get(at.file).display);
                let beside = folder_of(&from).join(&written);
                let shown = self.reader.display(if is_beside { &beside } else { path });
                self.add_file(read, shown, None)
            }
            Err(error) => {
                self.found.push(unread(place, &written, &error));
                None
            }
        }
    }

    /// Opens a file that the definition names by its path: an interface, or a base.
    pub(super) fn open_named(
        &mut self,
        from: FileId,
        path: &str,
        place: Location,
    ) -> Option<FileId> {
        let file = self.files.share(from);
        match self.reader.read_named(&folder_of(&file.path).join(path)) {
            Ok(read) => {
                let shown = folder_of(Path::new(&file.display)).join(path);
                self.add_file(read, self.reader.display(&shown), None)
            }
            Err(error) => {
                self.found.push(unread(place, path, &error));
                None
            }
        }
    }

    /// Adds a file that the generator has.
    fn add_own_file(&mut self, schema: &Value, address: &str) -> Option<FileId> {
        let read = ReadFile {
            path: PathBuf::from(format!("{address}.json")),
            text: format!("{schema:#}"),
        };
        self.add_file(read, address.to_owned(), Some(address))
    }

    /// `None`, if nothing can be said of the file but that its syntax is broken.
    ///
    /// A file that is mapped to an address is identified by that address.
    fn add_file(&mut self, read: ReadFile, shown: String, address: Option<&str>) -> Option<FileId> {
        let path = address.map_or(read.path.clone(), PathBuf::from);
        if let Some(id) = self.files.find(&path) {
            return (!self.broken.contains(&id)).then_some(id);
        }
        let is_json = read
            .path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        let parsed = parse_text(&read.text, is_json);
        let address = address.map_or_else(|| file_address(&path), str::to_owned);
        let mut file = SourceFile {
            display: shown,
            path,
            text: read.text,
            value: parsed.value,
            spans: parsed.spans,
            origins: Origins::new(),
        };
        mask_secrets(&mut file, &parsed.problems);
        let id = self.files.add(file);
        self.index.add_file(id, address);
        let is_broken = parsed
            .problems
            .iter()
            .any(|problem| matches!(problem, Problem::Syntax { .. } | Problem::TooLarge { .. }));
        let problems = parsed.problems.into_iter();
        self.found
            .extend(problems.map(|problem| diagnose(id, problem)));
        if is_broken {
            self.broken.insert(id);
        }
        (!is_broken).then_some(id)
    }

    /// Reads the long texts of a definition that are in files of their own.
    pub(super) fn read_texts(&mut self, id: FileId, document: &mut Document) {
        let folder = folder_of(&self.files.get(id).path).to_owned();
        for (pointer, text) in document.texts_in_files() {
            match self.reader.read_named(&folder.join(&text.file)) {
                Ok(read) => text.contents = read.text,
                Err(error) => {
                    let place = Location::value(id, pointer.child("file"));
                    self.found.push(unread(place, &text.file, &error));
                }
            }
        }
    }

    /// Records the addresses and names of a schema and of all schemas inside it.
    pub(super) fn index_schema(&mut self, at: &SchemaAt) {
        for duplicate in self.index.add(&self.files, at) {
            let mut places = [&duplicate.first, &duplicate.second]
                .map(|at| Location::value(at.file, at.pointer.join(&duplicate.keyword)));
            places.sort_by_key(|place| self.files.position(place));
            let [first, second] = places;
            self.found.push(reference::duplicate_id(second, first));
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

fn diagnose(id: FileId, problem: Problem) -> Diagnostic {
    match problem {
        Problem::Syntax {
            language,
            reason,
            span,
        } => load::syntax_error(Location::span(id, span), language, &reason),
        Problem::TooLarge { reason, span } => load::too_large(Location::span(id, span), reason),
        Problem::DuplicateKey {
            pointer,
            first,
            second,
            ..
        } => load::duplicate_key(
            Location::span(id, first),
            Location::span(id, second),
            &pointer,
        ),
        Problem::KeyNotText { span } => load::key_not_text(Location::span(id, span)),
    }
}

fn unread(place: Location, path: &str, error: &ReadError) -> Diagnostic {
    match error {
        ReadError::Io(reason) => load::unreadable_file(place, path, reason),
        ReadError::OutsideRoot => load::outside_root(place, path),
        ReadError::NotUtf8 => load::not_utf8(place, path),
    }
}
