//! An older version that was read.

use super::version::Version;
use crate::definition::OlderFile;
use crate::model::Model;

/// An older version that was read and whose version is known.
pub(super) struct Candidate<'a> {
    pub(super) file: &'a OlderFile,
    pub(super) version: Version,
    pub(super) model: Model,
}
