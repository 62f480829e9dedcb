//! Warnings about the definition.
//!
//! Botpress's own rules, and those of its linter, are checked in the definition as Botpress would get it, files of texts
//! read. Names are told apart where they are made.

mod casing;
mod letters;
mod limits;
mod lint;
mod publication;
mod schemas;
mod scripts;

use crate::definition::DefinitionSet;
use crate::diagnostic::Diagnostic;
use crate::model::Model;

/// Checks the whole model.
pub(crate) fn check(set: &DefinitionSet, model: &Model) -> Vec<Diagnostic> {
    letters::check(set, model)
}

/// Finds mistakes in schemas, and values that Botpress would refuse.
pub(crate) fn check_definition(set: &DefinitionSet) -> Vec<Diagnostic> {
    let definition = set.published();
    [
        limits::check(set, definition),
        casing::check(set, definition),
        publication::check(set, definition),
        schemas::check(set),
    ]
    .concat()
}

/// Finds scripts for which `compile` returns an error.
pub(crate) fn check_scripts(
    set: &DefinitionSet,
    compile: &dyn Fn(&str) -> Result<(), String>,
) -> Vec<Diagnostic> {
    scripts::check(set, set.published(), compile)
}

/// Finds what the official linter reports.
pub(crate) fn lint(set: &DefinitionSet) -> Vec<Diagnostic> {
    lint::check(set, set.published())
}
