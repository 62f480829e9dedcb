//! Problems of a text.

use std::ops::Range;

use crate::diagnostic::Pointer;

/// A problem of a text.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::definition) enum Problem {
    Syntax {
        language: &'static str,
        reason: String,
        span: Range<usize>,
    },
    /// The text exceeds a limit.
    TooLarge {
        reason: &'static str,
        span: Range<usize>,
    },
    DuplicateKey {
        pointer: Pointer,
        first: Range<usize>,
        second: Range<usize>,
        /// The value of the second one, which is left out.
        value: Range<usize>,
    },
    KeyNotText {
        span: Range<usize>,
    },
}

impl Problem {
    pub(super) fn too_deep(span: Range<usize>) -> Self {
        let reason = "it is nested too deeply";
        Self::TooLarge { reason, span }
    }

    pub(super) fn too_many_values(span: Range<usize>) -> Self {
        let reason = "it has too many values, with every alias written out";
        Self::TooLarge { reason, span }
    }
}
