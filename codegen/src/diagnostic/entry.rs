//! A kind of diagnostic.

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// No code is generated.
    Error,
    /// Code is generated nevertheless.
    Warning,
    /// A hint, which no command fails for, and which a build does not print.
    Note,
}

/// A kind of diagnostic: its code, its texts and its severity.
#[derive(Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The code: `C0101`.
    pub code: &'static str,
    /// The name, in words: `unknown-property`.
    pub name: &'static str,
    /// Its severity.
    pub severity: Severity,
    /// A summary, in one sentence.
    pub title: &'static str,
    /// The reason and the remedy, in Markdown, with a wrong example and a right one.
    pub explanation: &'static str,
}

impl Entry {
    /// Whether only [`lint`](crate::lint) gives diagnostics of this kind.
    #[must_use]
    pub fn is_lint(&self) -> bool {
        self.code.starts_with("C07")
    }
}
