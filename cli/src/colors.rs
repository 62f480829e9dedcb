//! Where colors are printed.

/// The streams that get colors. A `bool` stands for both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Colors {
    /// Whether the standard output, such as a help text, has colors.
    pub output: bool,
    /// Whether the standard error, such as diagnostics, has colors.
    pub errors: bool,
}

impl From<bool> for Colors {
    fn from(are_on: bool) -> Self {
        Self {
            output: are_on,
            errors: are_on,
        }
    }
}
