//! An interface as it was read.

use serde_json::Value;

use crate::diagnostic::FileId;

/// An interface that was read.
#[derive(Debug)]
pub(in crate::definition) struct LoadedInterface {
    pub(in crate::definition) file: FileId,
    /// The base of its relative addresses.
    pub(in crate::definition) address: String,
    /// Its values, without the wrong ones.
    pub(in crate::definition) value: Value,
}
