//! An interface as it was read.

use serde_json::Value;

use crate::diagnostic::FileId;

/// An interface that was read.
#[derive(Debug)]
pub(in crate::definition) struct LoadedInterface {
    pub(in crate::definition) file: FileId,
    /// What its own relative addresses are relative to.
    pub(in crate::definition) address: String,
    /// What is right of it.
    pub(in crate::definition) value: Value,
}
