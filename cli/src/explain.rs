//! `contexture check --explain`.

use contexture_codegen::{CATALOG, Entry, Severity};

use crate::Outcome;

/// Explains a code.
pub(crate) fn explain(code: &str) -> Result<Outcome, Outcome> {
    match Entry::find(code) {
        Ok(entry) => Ok(Outcome {
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
        Err(similar) => Err(unknown(code, similar)),
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

fn unknown(code: &str, similar: Option<&str>) -> Outcome {
    let suggestion = match similar {
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
        Severity::Note => "note",
        Severity::Warning if entry.is_lint() => "lint",
        _ => "warning",
    }
}
