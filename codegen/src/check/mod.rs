//! Warnings about the definition.
//!
//! Botpress's own rules, and those of its linter, are checked in the definition as Botpress would get it, files of texts
//! read. Names are told apart where they are made.

mod casing;
mod limits;
mod lint;

use crate::definition::DefinitionSet;
use crate::diagnostic::Diagnostic;

/// Finds values that Botpress would refuse.
pub(crate) fn check_definition(set: &DefinitionSet) -> Vec<Diagnostic> {
    let definition = set.published();
    [
        limits::check(set, definition),
        casing::check(set, definition),
    ]
    .concat()
}

/// Finds what the official linter reports.
pub(crate) fn lint(set: &DefinitionSet) -> Vec<Diagnostic> {
    lint::check(set, set.published())
}
