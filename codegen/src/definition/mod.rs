//! The definition as the author wrote it: files, spans, references between files.
//!
//! This is the only phase that reads. [`load()`] takes a definition file to a [`LoadedDefinition`]: the typed [`Document`],
//! every file that a schema of it refers to, and the span of each value. Nothing is resolved or merged here, so that
//! later diagnostics can be drawn in the text.

mod built_in;
mod check_schema;
mod conformance;
mod cycles;
mod document;
mod extend;
mod files;
mod format;
mod load;
mod loaded;
mod mask;
mod overlay;
mod places;
mod reference;
mod schema;
mod secret_parts;
mod set;
mod settings;
#[cfg(test)]
mod tests;
mod violation;
mod yaml;

use std::path::Path;

use self::load::Extent;
use crate::system::System;

pub(crate) use document::{
    Action, Channel, Configuration, Document, Event, Extension, InterfaceDocument, InterfaceFile,
    Renaming, Secret, State, StateOwner, Tag,
};
pub use format::format_schema;
pub(crate) use loaded::{Loaded, LoadedDefinition, OlderFile};
pub(crate) use reference::address::{decode, encode_pointer};
pub(crate) use schema::{Schema, SchemaAt};
pub(crate) use secret_parts::secret_parts;
pub(crate) use set::DefinitionSet;
pub(crate) use settings::{Remote, Settings};

/// Loads a definition and every file that it refers to.
///
/// No file outside of the definition's own folder is read, unless the settings allow it. All mistakes are found in one
/// run; only a syntax error hides the other mistakes of its file.
#[must_use]
pub(crate) fn load(system: &dyn System, path: &Path, settings: &Settings) -> Loaded {
    load::load_definition(system, path, settings, Extent::Whole)
}

/// Loads the configurations and states of a definition.
///
/// A file that only other parts of the definition refer to is not read, so that a copy of the definition in another folder
/// needs none of them.
#[must_use]
pub(crate) fn load_stored(system: &dyn System, path: &Path, settings: &Settings) -> Loaded {
    load::load_definition(system, path, settings, Extent::Stored)
}
