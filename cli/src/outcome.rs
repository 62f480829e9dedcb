//! The result of a run of the command.

/// The result of a run of the command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The text for the standard output.
    pub output: String,
    /// The text for the standard error.
    pub errors: String,
    /// The exit status: 0 for success, 1 for a definition that is refused and for work that failed, 2 for wrong usage.
    pub status: u8,
}

impl Outcome {
    /// A success, with this text on the standard error.
    pub(crate) fn told(errors: impl Into<String>) -> Self {
        Self {
            errors: errors.into(),
            ..Self::default()
        }
    }

    /// A failure, with this text on the standard error.
    pub(crate) fn failure(errors: impl Into<String>) -> Self {
        Self {
            status: 1,
            ..Self::told(errors)
        }
    }

    /// Wrong usage, with this text on the standard error.
    pub(crate) fn wrong_usage(errors: impl Into<String>) -> Self {
        Self {
            status: 2,
            ..Self::told(errors)
        }
    }
}
