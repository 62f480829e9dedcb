//! `contexture check --explain`.

use contexture_codegen::diagnostic::{CATALOG, Entry, Severity, suggest};

use crate::Outcome;

/// Says what a code means, and how to mend what it stands for.
pub(crate) fn explain(code: &str) -> Result<Outcome, Outcome> {
    match find(code) {
        Some(entry) => Ok(Outcome {
            output: format!(
                "{}: {} ({}, `{}`)\n\n{}",
                entry.code,
                entry.title,
                kind(entry),
                entry.name,
                entry.explanation
            ),
            ..Outcome::default()
        }),
        None => Err(unknown(code)),
    }
}

/// Every code with its title.
pub(crate) fn list() -> Outcome {
    let lines = CATALOG
        .iter()
        .map(|entry| format!("{}  {:7}  {}\n", entry.code, kind(entry), entry.title));
    Outcome {
        output: lines.collect(),
        ..Outcome::default()
    }
}

/// A kind of finding by its code or by its name, in letters of any size.
fn find(code: &str) -> Option<&'static Entry> {
    CATALOG.iter().copied().find(|entry| {
        entry.code.eq_ignore_ascii_case(code) || entry.name.eq_ignore_ascii_case(code)
    })
}

fn unknown(code: &str) -> Outcome {
    let known = CATALOG.iter().flat_map(|entry| [entry.code, entry.name]);
    let suggestion = match suggest::nearest(code, known) {
        Some(meant) => format!("did you mean `{meant}`? "),
        None => String::new(),
    };
    Outcome {
        errors: format!(
            "error: there is no code `{code}`\n\
             help: {suggestion}`contexture check --explain` lists all codes\n"
        ),
        status: 2,
        ..Outcome::default()
    }
}

fn kind(entry: &Entry) -> &'static str {
    match entry.severity {
        Severity::Error => "error",
        Severity::Warning if entry.is_lint() => "lint",
        Severity::Warning => "warning",
    }
}
