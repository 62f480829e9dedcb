//! One diagnostic: its message, its places, its help.

use std::borrow::Cow;

use super::{Entry, Location, Severity};
use crate::characters::visible;

/// The most other places that are drawn.
const MOST_DRAWN: usize = 3;

/// An error, a warning or a note about a definition.
#[derive(Clone, Debug)]
#[must_use]
pub struct Diagnostic {
    pub(crate) entry: &'static Entry,
    /// A lower-case fragment without a full stop.
    pub(crate) message: String,
    pub(crate) primary: Label,
    /// Other places that matter.
    pub(crate) secondary: Vec<Label>,
    /// The remedy: one sentence.
    pub(crate) help: Option<String>,
}

/// A place with a text, which may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// The place.
    pub location: Location,
    /// The text beside it.
    pub text: String,
}

impl Diagnostic {
    /// A diagnostic of a kind. Only the functions of the [`catalog`](super::catalog) call this.
    pub(crate) fn new(entry: &'static Entry, message: impl Into<String>, primary: Label) -> Self {
        Self {
            entry,
            message: message.into(),
            primary,
            secondary: Vec::new(),
            help: None,
        }
    }

    /// Adds another place.
    pub(crate) fn with_secondary(mut self, label: Label) -> Self {
        self.secondary.push(label);
        self
    }

    /// Adds a remedy.
    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Escapes the hidden characters of all texts.
    pub(super) fn escape_texts(&mut self) {
        let labels = std::iter::once(&mut self.primary).chain(&mut self.secondary);
        let texts = labels.map(|label| &mut label.text);
        let texts = texts.chain([&mut self.message]).chain(&mut self.help);
        for text in texts {
            if let Cow::Owned(escaped) = visible(text) {
                *text = escaped;
            }
        }
    }

    /// The kind of diagnostic: its name, its title and its explanation.
    #[must_use]
    pub const fn entry(&self) -> &'static Entry {
        self.entry
    }

    /// The code of its kind: `C0101`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.entry.code
    }

    /// The message: a fragment that starts with a lowercase letter and has no full stop.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The text beside its place, which may be empty.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.primary.text
    }

    /// The remedy, in one sentence.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// The other places that are drawn. Violations of a rule of the linter may be in hundreds of them.
    pub(super) fn drawn(&self) -> impl Iterator<Item = &Label> {
        self.secondary.iter().take(MOST_DRAWN)
    }

    /// Its place.
    pub(crate) const fn place(&self) -> &Location {
        &self.primary.location
    }

    /// Whether it is an error.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity() == Severity::Error
    }

    /// The severity of its kind.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.entry.severity
    }
}

impl Label {
    /// A place with a text.
    #[must_use]
    pub(crate) fn new(location: Location, text: impl Into<String>) -> Self {
        Self {
            location,
            text: text.into(),
        }
    }
}
