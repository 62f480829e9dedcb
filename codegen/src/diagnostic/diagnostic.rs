//! One finding: its message, its places, its help.

use std::fmt;

use super::{Entry, Location, Severity};

/// The code of a kind of diagnostic, `C0101`, by which the [`CATALOG`](super::CATALOG) knows it.
#[derive(Clone, Copy)]
pub struct Code(&'static Entry);

/// One finding about a definition.
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Diagnostic {
    /// What kind of finding it is.
    pub code: Code,
    /// What is wrong: a lower-case fragment without a full stop.
    pub message: String,
    /// Where.
    pub primary: Label,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// What to do about it: one sentence.
    pub help: Option<String>,
}

/// A place and what is to be said about it, which may be nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub location: Location,
    /// What is drawn beside it.
    pub text: String,
}

impl Diagnostic {
    /// A finding of a kind; the functions of the [`catalog`](super::catalog) are what calls this.
    pub fn new(entry: &'static Entry, message: impl Into<String>, primary: Label) -> Self {
        Self {
            code: Code(entry),
            message: message.into(),
            primary,
            secondary: Vec::new(),
            help: None,
        }
    }

    /// Adds another place.
    pub fn with_secondary(mut self, label: Label) -> Self {
        self.secondary.push(label);
        self
    }

    /// Says what to do.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether the finding is an error.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity() == Severity::Error
    }

    /// How bad it is, which its code decides.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.entry().severity
    }
}

impl Label {
    /// A place and what to say about it.
    #[must_use]
    pub fn new(location: Location, text: impl Into<String>) -> Self {
        Self {
            location,
            text: text.into(),
        }
    }
}

impl Code {
    /// What the catalog says about the code.
    #[must_use]
    pub const fn entry(self) -> &'static Entry {
        self.0
    }

    /// The code as it is written: `C0101`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0.code
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Code {}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
