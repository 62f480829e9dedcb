//! The built-in messages that a definition or an interface names.

use super::Loader;
use crate::definition::built_in::expand;
use crate::diagnostic::FileId;

impl Loader<'_> {
    /// Declares the built-in messages that a file names.
    pub(super) fn declare_built_in(&mut self, id: FileId) {
        let file = self.files.share(id);
        if let Some(expanded) = expand(id, &file.value) {
            self.found.extend(expanded.found);
            self.files
                .replace(id, file.with(expanded.value, expanded.origins));
        }
    }
}
