//! Texts of a reference.

use std::fmt;

use contexture_codegen::markdown;

/// A text in Markdown that has no markup of a definition: what comes from one is escaped, except for code between backticks,
/// addresses and lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Prose(String);

impl Prose {
    /// A text of a definition, unless it is empty.
    pub(super) fn of(text: Option<&str>) -> Option<Self> {
        let lines = markdown::lines(text?);
        (!lines.is_empty()).then(|| Self(lines.join("\n")))
    }

    /// A text of a definition on one line, unless it is empty.
    pub(super) fn line(text: Option<&str>) -> Option<Self> {
        let line = markdown::line(text?);
        (!line.is_empty()).then_some(Self(line))
    }

    /// Markdown of our own. What it has of a definition is a `Prose`.
    pub(super) fn ours(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A name or a value of a definition.
    pub(super) fn code(text: &str) -> Self {
        Self(markdown::code(text))
    }

    /// Whether it leads somewhere, and cannot be the text of another link.
    pub(super) fn has_link(&self) -> bool {
        self.0.contains("<http")
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Prose {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
