//! Any text as a definition.

use contexture_codegen::{Diagnostics, lint};

use crate::{Use, scratch};

/// Reads a text as a definition and renders all findings in every format.
///
/// # Panics
///
/// Panics if the generator panics.
#[must_use]
pub fn loader(text: &[u8]) -> Use {
    let is_json = text.first().is_some_and(|byte| b"{[".contains(byte));
    let name = if is_json {
        "loaded.json"
    } else {
        "loaded.yaml"
    };
    show(&lint(scratch::write(name, text)));
    Use::Kept
}

/// Renders findings in every format, and checks that line formats have one line for each finding.
pub(crate) fn show(diagnostics: &Diagnostics) {
    let count = diagnostics.iter().count();
    let (plain, colored) = (diagnostics.render(false), diagnostics.render(true));
    assert_eq!(plain.is_empty(), count == 0, "{plain}");
    assert_eq!(colored.is_empty(), count == 0, "{colored}");
    assert_eq!(diagnostics.one_line_each().len(), count);
    assert_eq!(diagnostics.to_json().as_array().map(Vec::len), Some(count));
    assert_eq!(diagnostics.to_github().lines().count(), count);
}
