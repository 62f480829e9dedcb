//! An older version that was read.

use crate::definition::OlderFile;
use crate::model::Model;
use crate::version::Version;

/// An older version that was read and whose version is known.
pub(super) struct Candidate<'a> {
    pub(super) file: &'a OlderFile,
    pub(super) version: Version,
    pub(super) model: Model,
}
