//! An error and its sources.

use std::{error::Error, iter::successors};

/// How many sources of an error are read. An error can be its own source.
const SOURCES: usize = 64;

/// Returns an error, its source, the source of that, and so on.
pub(crate) fn chain<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(Some(error), source_of).take(SOURCES)
}

fn source_of<'a>(error: &&'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    (*error).source()
}
