//! The result of a load.

use std::path::PathBuf;

use super::DefinitionSet;
use crate::diagnostic::Diagnostics;

/// The result of a load.
#[derive(Clone, Debug)]
pub(crate) struct Loaded {
    /// The definition, if it could be read. If there are errors, wrong parts
    /// are missing, and references may have no target.
    pub set: Option<DefinitionSet>,
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
    /// Every file that was requested, including missing ones.
    pub read: Vec<PathBuf>,
}
