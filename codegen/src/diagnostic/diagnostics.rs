//! All diagnostics of a run.

use std::fmt;

use serde_json::Value;

use super::{Diagnostic, Files, Label, Severity, cover, github, json, render};

/// The diagnostics of a run, with the files that they point into.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    files: Files,
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No diagnostics, about these files.
    #[must_use]
    pub(crate) const fn new(files: Files) -> Self {
        Self {
            files,
            list: Vec::new(),
        }
    }

    /// Adds a diagnostic, at the places in the author's text.
    ///
    /// Its texts quote the definition. Hidden characters in them are escaped as in Rust, so that each text stays on
    /// one line and does not control a terminal.
    pub(crate) fn push(&mut self, mut diagnostic: Diagnostic) {
        for label in std::iter::once(&mut diagnostic.primary).chain(&mut diagnostic.secondary) {
            label.location = self.files.written(label.location.clone());
        }
        cover::cover(&self.files, &mut diagnostic);
        diagnostic.escape_texts();
        self.list.push(diagnostic);
    }

    /// Adds diagnostics.
    pub(crate) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        for diagnostic in diagnostics {
            self.push(diagnostic);
        }
    }

    /// Adds the errors of another run, which have files of their own.
    pub(crate) fn append(&mut self, other: Self) {
        let moved = self.files.append(&other.files);
        let errors = other.list.into_iter().filter(Diagnostic::is_error);
        self.list.extend(errors.map(|mut diagnostic| {
            let labels = std::iter::once(&mut diagnostic.primary).chain(&mut diagnostic.secondary);
            for label in labels {
                label.location.file = moved(label.location.file);
            }
            diagnostic
        }));
    }

    /// The diagnostics in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Whether there is no diagnostic.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether one of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(Diagnostic::is_error)
    }

    /// Whether one of them is a warning.
    #[must_use]
    pub fn has_warnings(&self) -> bool {
        let mut all = self.list.iter();
        all.any(|diagnostic| diagnostic.severity() == Severity::Warning)
    }

    /// Sorts the diagnostics by file and line, and removes duplicates.
    pub(crate) fn sort(&mut self) {
        let Self { files, list } = self;
        list.sort_by_key(|diagnostic| {
            (
                files.position(&diagnostic.primary.location),
                diagnostic.code(),
            )
        });
        // Two places of a definition are one place of the text, where the text has an alias.
        list.dedup_by(|second, first| {
            let is_same_place = first.primary.location.file == second.primary.location.file
                && files.span(&first.primary.location) == files.span(&second.primary.location);
            is_same_place && first.code() == second.code() && first.message == second.message
        });
    }

    /// The number of diagnostics: `3 errors, 1 warning`.
    #[must_use]
    pub fn summary(&self) -> String {
        let of = |severity| {
            let all = self.list.iter();
            all.filter(|diagnostic| diagnostic.severity() == severity)
                .count()
        };
        let count = |count: usize, noun: &str| {
            let plural = if count == 1 { "" } else { "s" };
            (count > 0).then(|| format!("{count} {noun}{plural}"))
        };
        let parts: Vec<_> = [
            count(of(Severity::Error), "error"),
            count(of(Severity::Warning), "warning"),
            count(of(Severity::Note), "note"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if parts.is_empty() {
            "no errors".to_owned()
        } else {
            parts.join(", ")
        }
    }

    /// Draws the diagnostics in the style of rustc: the line, the problem, the remedy.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        render::render_diagnostics(&self.files, &self.list, color)
    }

    /// The diagnostics, one line each: place, message and code.
    #[must_use]
    pub fn one_line_each(&self) -> Vec<String> {
        self.list
            .iter()
            .map(|finding| {
                format!(
                    "{}: {} [{}]",
                    self.place(&finding.primary),
                    finding.message,
                    finding.code()
                )
            })
            .collect()
    }

    /// A place as compilers write it: `github.yaml:12:7`.
    fn place(&self, label: &Label) -> String {
        let file = self.files.get(label.location.file);
        match self.files.span(&label.location) {
            Some(span) => {
                let (line, column) = json::position(&file.text, span.start);
                format!("{}:{line}:{column}", file.display)
            }
            None => file.display.clone(),
        }
    }

    /// The diagnostics as commands of GitHub Actions, one line each. GitHub shows them beside the lines of a change.
    #[must_use]
    pub fn to_github(&self) -> String {
        let commands = self
            .list
            .iter()
            .map(|diagnostic| github::diagnostic_to_command(&self.files, diagnostic) + "\n");
        commands.collect()
    }

    /// The diagnostics as JSON: an array with an object each.
    #[must_use]
    pub fn to_json(&self) -> Value {
        self.list
            .iter()
            .map(|diagnostic| json::diagnostic_to_json(&self.files, diagnostic))
            .collect()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostics {}
