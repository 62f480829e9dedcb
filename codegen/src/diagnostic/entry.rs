//! What is known of a kind of diagnostic.

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Something is doubtful.
    Warning,
}

/// What there is to know of a kind of diagnostic.
#[derive(Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The code: `C0101`.
    pub code: &'static str,
    /// The name, in words: `unknown-property`.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it is, in one sentence.
    pub title: &'static str,
    /// Why it is refused and what to do, at length: Markdown with a wrong example and a right one.
    pub explanation: &'static str,
}

impl Entry {
    /// Whether findings of this kind are those of [`lint`](crate::lint) alone.
    #[must_use]
    pub fn is_lint(&self) -> bool {
        self.code.starts_with("C07")
    }
}
