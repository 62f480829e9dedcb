//! All findings of a run.

use std::fmt;

use serde_json::Value;

use super::{Diagnostic, Files, Label, cover, github, json, render};

/// The findings of a run, with the files that they point into.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    files: Files,
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No findings, about these files.
    #[must_use]
    pub(crate) const fn new(files: Files) -> Self {
        Self {
            files,
            list: Vec::new(),
        }
    }

    /// Adds a finding, at the places where the author wrote what it is about.
    pub(crate) fn push(&mut self, mut diagnostic: Diagnostic) {
        for label in std::iter::once(&mut diagnostic.primary).chain(&mut diagnostic.secondary) {
            label.location = self.files.written(label.location.clone());
        }
        cover::cover(&self.files, &mut diagnostic);
        self.list.push(diagnostic);
    }

    /// Adds findings.
    pub(crate) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        for diagnostic in diagnostics {
            self.push(diagnostic);
        }
    }

    /// The findings in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Whether there is no finding at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether a finding is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(Diagnostic::is_error)
    }

    /// Brings the findings into the order of the files and of their lines, each once.
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

    /// How many findings there are: `3 errors, 1 warning`.
    #[must_use]
    pub fn summary(&self) -> String {
        let errors = self
            .list
            .iter()
            .filter(|diagnostic| diagnostic.is_error())
            .count();
        let count = |count: usize, noun: &str| {
            let plural = if count == 1 { "" } else { "s" };
            (count > 0).then(|| format!("{count} {noun}{plural}"))
        };
        let parts: Vec<_> = [
            count(errors, "error"),
            count(self.list.len() - errors, "warning"),
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

    /// Draws the findings as rustc draws its own: the line, what is wrong there, what to do.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        render::render_diagnostics(&self.files, &self.list, color)
    }

    /// The findings on a line each, for where no more can be shown: place, message and code.
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

    /// The findings as commands of GitHub Actions, a line each: it shows them beside the lines of a change.
    #[must_use]
    pub fn to_github(&self) -> String {
        let commands = self
            .list
            .iter()
            .map(|diagnostic| github::diagnostic_to_command(&self.files, diagnostic) + "\n");
        commands.collect()
    }

    /// The findings as JSON: an array of one object each.
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
