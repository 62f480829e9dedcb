//! What became of a definition file.

use std::path::PathBuf;

use super::DefinitionSet;
use crate::diagnostic::Diagnostics;

/// What became of a definition file.
#[derive(Clone, Debug)]
pub(crate) struct Loaded {
    /// The definition, if it could be read: with errors among the diagnostics, what they are about
    /// is missing from it, and its references may lead nowhere.
    pub set: Option<DefinitionSet>,
    /// What is wrong with it, and what is doubtful.
    pub diagnostics: Diagnostics,
    /// Every file that was looked at, those that do not exist among them.
    pub read: Vec<PathBuf>,
}
