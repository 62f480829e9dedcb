//! The places of diagnostics.

use std::ops::Range;

use super::Pointer;

/// The number of a file among [`Files`](super::Files).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FileId(pub(crate) usize);

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Location {
    /// The file.
    pub file: FileId,
    /// The place in it.
    pub target: Target,
}

/// A place within one file, which becomes a range of bytes when it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    /// A value, or the property that holds it.
    Pointer {
        /// The value's address.
        pointer: Pointer,
        /// The part of the property.
        part: Part,
    },
    /// A range of bytes, where there is no value: a syntax error, the second of two equal keys.
    Span(Range<usize>),
    /// The file as a whole; no line is drawn.
    File,
}

/// A part of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// The property's name, or the value where the value is no property.
    Key,
    /// The property's value.
    Value,
}

impl Location {
    /// The name of the property at a pointer.
    #[must_use]
    pub(crate) const fn key(file: FileId, pointer: Pointer) -> Self {
        Self {
            file,
            target: Target::Pointer {
                pointer,
                part: Part::Key,
            },
        }
    }

    /// The value at a pointer.
    #[must_use]
    pub(crate) const fn value(file: FileId, pointer: Pointer) -> Self {
        Self {
            file,
            target: Target::Pointer {
                pointer,
                part: Part::Value,
            },
        }
    }

    /// A range of bytes.
    #[must_use]
    pub(crate) const fn span(file: FileId, span: Range<usize>) -> Self {
        Self {
            file,
            target: Target::Span(span),
        }
    }

    /// A file as a whole.
    #[must_use]
    pub(crate) const fn file(file: FileId) -> Self {
        Self {
            file,
            target: Target::File,
        }
    }

    /// The pointer, where the place is one.
    #[must_use]
    pub(crate) const fn pointer(&self) -> Option<&Pointer> {
        match &self.target {
            Target::Pointer { pointer, .. } => Some(pointer),
            Target::Span(_) | Target::File => None,
        }
    }
}
