//! Documentation: no broken links, and no text that rustdoc treats as an example to run.

use std::io;
use std::path::Path;

use super::package;
use crate::cargo::run;

/// The findings of rustdoc.
#[derive(Clone, Debug)]
pub struct Documented {
    /// The warnings.
    pub warnings: Vec<String>,
    /// The texts that it would compile and run as tests.
    pub examples: Vec<String>,
}

impl Documented {
    /// Returns whether there are no findings.
    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.warnings.is_empty() && self.examples.is_empty()
    }
}

/// Documents the package that was compiled in a folder.
///
/// # Errors
///
/// Returns an error if rustdoc fails for a reason of its own.
pub fn document(folder: &Path) -> io::Result<Documented> {
    let mut doc = package::command(folder, &["doc", "--no-deps"]);
    let ran = run(doc.env("RUSTDOCFLAGS", "--deny warnings"))?;
    let (by_file, others) = package::by_file(&ran);
    let warnings: Vec<_> = by_file.into_values().chain(others).collect();
    if !ran.is_success && warnings.is_empty() {
        return Err(io::Error::other(ran.errors));
    }
    Ok(Documented {
        warnings,
        examples: examples(folder)?,
    })
}

/// Lists the tests that rustdoc finds in the docs.
fn examples(folder: &Path) -> io::Result<Vec<String>> {
    let ran = run(package::command(folder, &["test", "--doc"]).args(["--", "--list"]))?;
    // The list ends with a count, so that a missing list differs from an empty one.
    let is_list = ran.lines.iter().any(|line| line.contains(" tests, "));
    if !ran.is_success || !is_list {
        return Err(io::Error::other(ran.errors));
    }
    let lines = ran.lines.into_iter();
    Ok(lines.filter(|line| line.ends_with(": test")).collect())
}
