//! Secrets that would be one field, where no type has the name already.

use crate::check::same_name::{Named, same_names};
use crate::diagnostic::{Diagnostic, Files};
use crate::model::Model;

/// Finds secrets of one name.
pub(super) fn check(files: &Files, model: &Model) -> Vec<Diagnostic> {
    let secrets = model.secrets.iter().map(|secret| Named {
        wire: &secret.wire,
        name: &secret.field,
        location: &secret.location,
    });
    same_names(files, secrets.collect())
}
