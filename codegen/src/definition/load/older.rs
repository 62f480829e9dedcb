//! The definitions of older versions that a definition names.

use super::Loader;
use crate::definition::{Document, OlderFile};
use crate::diagnostic::{FileId, Location, Pointer};

impl Loader<'_> {
    /// Finds the files, which are loaded on their own: each has identifiers and shared schemas of its own.
    pub(super) fn find_older(&mut self, id: FileId, document: &Document) {
        let list = Pointer::root().child("migratesFrom");
        for (index, path) in document.migrates_from.iter().enumerate() {
            let place = Location::value(id, list.item(index));
            if let Some(file) = self.open_named(id, path, place.clone()) {
                let path = self.files.get(file).path.clone();
                self.older.push(OlderFile { path, place });
            }
        }
    }
}
