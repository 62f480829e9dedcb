//! The interfaces that a definition names.

use super::Loader;
use crate::definition::conformance::{read_document, read_interface};
use crate::definition::extend::{LoadedInterface, copy_shared, extend};
use crate::definition::reference::address::file_address;
use crate::definition::{Document, Extension, InterfaceFile};
use crate::diagnostic::{FileId, Location, Pointer};

impl Loader<'_> {
    /// Puts a definition that has all of its interfaces in the place of the one that names them.
    pub(super) fn extend(&mut self, id: FileId, extensions: &[Extension]) -> Option<Document> {
        let sources: Vec<_> = extensions
            .iter()
            .enumerate()
            .map(|(index, extension)| self.open_source(id, index, &extension.interface))
            .collect();
        let file = self.files.share(id);
        let extended = extend(id, &file.value, extensions, &sources);
        self.found.extend(extended.found);
        let file = file.with(extended.value, extended.origins);
        self.files.replace(id, file);
        // Mistakes in the parts were found when each was read.
        let (document, _) = read_document(&self.files, id);
        document
    }

    fn open_source(
        &mut self,
        id: FileId,
        index: usize,
        named: &InterfaceFile,
    ) -> Option<LoadedInterface> {
        let at = Pointer::root()
            .child("extends")
            .item(index)
            .child("interface");
        let at = match named {
            InterfaceFile::Path(_) => at,
            InterfaceFile::Object(_) => at.child("file"),
        };
        let file = self.open_named(id, named.path(), Location::value(id, at))?;
        self.declare_built_in(file);
        let (value, found) = read_interface(&self.files, file);
        self.found.extend(found);
        let source = self.files.share(file);
        let address = file_address(&source.path);
        let (value, origins) = copy_shared(file, &value?);
        self.files
            .replace(file, source.with(source.value.clone(), origins));
        Some(LoadedInterface {
            file,
            address,
            value,
        })
    }
}
