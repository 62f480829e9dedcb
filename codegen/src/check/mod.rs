//! What is refused of a definition, and what is warned about.
//!
//! Names that Rust cannot have are found in the model. What Botpress or its linter would say is found in the
//! definition as Botpress would get it, files of texts read.

mod casing;
mod collisions;
mod limits;
mod lint;

use crate::definition::DefinitionSet;
use crate::diagnostic::Diagnostic;
use crate::model::Model;

/// Looks at the whole model and gives all findings.
pub(crate) fn check(set: &DefinitionSet, model: &Model) -> Vec<Diagnostic> {
    collisions::check(set.files(), model)
}

/// Finds what Botpress would refuse.
pub(crate) fn check_definition(set: &DefinitionSet) -> Vec<Diagnostic> {
    let definition = set.published();
    [
        limits::check(set, definition),
        casing::check(set, definition),
    ]
    .concat()
}

/// Finds what the official linter would find.
pub(crate) fn lint(set: &DefinitionSet) -> Vec<Diagnostic> {
    lint::check(set, set.published())
}
