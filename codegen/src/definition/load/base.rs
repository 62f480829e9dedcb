//! The base that a definition names.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::Loader;
use crate::definition::mask::mask_moved_secrets;
use crate::definition::overlay::{BASE, overlay, relocate};
use crate::definition::reference::address::file_address;
use crate::diagnostic::catalog::overlay as catalog;
use crate::diagnostic::catalog::shape;
use crate::diagnostic::{FileId, Location, Pointer, SourceFile};

impl Loader<'_> {
    /// Lays a definition over its base, if it names one. Gives nothing if the base cannot be read: without it, most of the
    /// overlay would be wrong.
    pub(super) fn lay_over_base(&mut self, id: FileId) -> Option<()> {
        let file = self.files.share(id);
        let Some(path) = file.value.get(BASE).and_then(Value::as_str) else {
            return Some(());
        };
        let (base, source) = self.open_base(id, path)?;
        let mut value = source.value.clone();
        let folder = Path::new(path).parent().unwrap_or(Path::new(""));
        if folder != Path::new("") {
            relocate(&mut value, folder, &file_address(&source.path));
        }
        let overlaid = overlay(id, &file.value, base, &value);
        self.found.extend(overlaid.found);
        self.files
            .replace(id, file.with(overlaid.value, overlaid.origins));
        mask_moved_secrets(&mut self.files, id);
        Some(())
    }

    fn open_base(&mut self, id: FileId, path: &str) -> Option<(FileId, Arc<SourceFile>)> {
        let place = Location::value(id, Pointer::root().child(BASE));
        let base = self.open_named(id, path, place.clone())?;
        let source = self.files.share(base);
        if source.value.get(BASE).is_some() {
            let second = Location::value(base, Pointer::root().child(BASE));
            self.found.push(catalog::nested_base(place, second));
            return None;
        }
        if !source.value.is_object() {
            let root = Pointer::root();
            let whole = Location::value(base, root.clone());
            let found = shape::wrong_type(whole, &root, &["object"], &source.value, "");
            self.found.push(found);
            return None;
        }
        Some((base, source))
    }
}
