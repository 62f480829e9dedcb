//! A message that is no diagnostic, drawn as one.

use annotate_snippets::{AnnotationKind, Group, Level};

use super::render::{excerpt, renderer};
use super::{Files, Label, Location, Severity};
use crate::characters::visible;

/// A message that is no diagnostic: nothing has to be repaired. Not for authors: it changes with the command.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Message {
    /// How severe it is.
    pub severity: Severity,
    /// The word behind the severity, in brackets.
    pub kind: String,
    /// A fragment without a full stop.
    pub title: String,
    /// Remarks, one line each.
    pub notes: Vec<String>,
    /// Advice.
    pub help: Option<String>,
}

/// A place in a file, as compilers write it. All numbers count from 1.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The file, as diagnostics show it.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// Draws a message about a place, with a label at it.
pub(crate) fn draw_message(
    files: &Files,
    message: &Message,
    location: &Location,
    label: &str,
    color: bool,
) -> String {
    let level = match message.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = visible(&message.title);
    let notes: Vec<_> = message.notes.iter().map(|note| visible(note)).collect();
    let help = message.help.as_deref().map(visible);
    let label = Label::new(location.clone(), label);
    let title = level
        .primary_title(title.as_ref())
        .id(message.kind.as_str());
    let labels = [(AnnotationKind::Primary, &label)];
    let mut group = Group::with_title(title).element(excerpt(files, &labels, location.file));
    for note in &notes {
        group = group.element(Level::NOTE.message(note.as_ref()));
    }
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help.as_ref()));
    }
    renderer(color).render(&[group])
}

impl Default for Message {
    fn default() -> Self {
        Self {
            severity: Severity::Note,
            kind: String::new(),
            title: String::new(),
            notes: Vec::new(),
            help: None,
        }
    }
}
