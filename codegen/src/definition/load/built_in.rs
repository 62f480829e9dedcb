//! The built-in messages that a definition or an interface names.

use std::sync::Arc;

use super::Loader;
use crate::definition::built_in::expand;
use crate::diagnostic::{FileId, SourceFile};

impl Loader<'_> {
    /// Declares the built-in messages that a file names; gives the file with them.
    pub(super) fn declare_built_in(&mut self, id: FileId) -> Arc<SourceFile> {
        let file = self.files.share(id);
        if let Some(expanded) = expand(id, &file.value) {
            self.found.extend(expanded.found);
            self.files
                .replace(id, file.with(expanded.value, expanded.origins));
        }
        self.files.share(id)
    }
}
