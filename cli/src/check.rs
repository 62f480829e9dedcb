//! `contexture check`.

use std::fmt::Write as _;
use std::path::PathBuf;

use contexture_codegen::{Diagnostics, Severity};
use serde_json::Value;

use crate::folders::Folders;
use crate::{Format, Outcome};

/// All diagnostics of each definition, refused or not.
pub(crate) fn findings(files: &[PathBuf], folders: &Folders, lint: bool) -> Vec<Diagnostics> {
    let find = |file: &PathBuf| {
        let generator = folders.generator(file);
        if lint {
            return generator.lint();
        }
        match generator.generate() {
            Ok(generated) => generated.warnings,
            Err(diagnostics) => diagnostics,
        }
    };
    files.iter().map(find).collect()
}

/// Prints the diagnostics of each definition.
pub(crate) fn report(
    findings: &[Diagnostics],
    format: Format,
    deny_warnings: bool,
    color: bool,
) -> Result<Outcome, Outcome> {
    let is_refused =
        |found: &Diagnostics| found.has_errors() || (deny_warnings && found.has_warnings());
    let (output, errors) = match format {
        Format::Human => (String::new(), draw(findings, color)),
        Format::Json => (list(findings), String::new()),
        Format::Github => (
            findings.iter().map(Diagnostics::to_github).collect(),
            String::new(),
        ),
    };
    let outcome = |status| Outcome {
        output,
        errors,
        status,
    };
    if findings.iter().any(is_refused) {
        Err(outcome(1))
    } else {
        Ok(outcome(0))
    }
}

fn draw(findings: &[Diagnostics], color: bool) -> String {
    let text: String = findings.iter().map(|found| found.render(color)).collect();
    let count = |severity| {
        let all = findings.iter().flatten();
        all.filter(|finding| finding.severity() == severity).count()
    };
    let notes = match count(Severity::Note) {
        0 => String::new(),
        notes => format!(", {}", counted(notes, "note")),
    };
    text + &format!(
        "checked {}: {}, {}{notes}\n",
        counted(findings.len(), "definition"),
        counted(count(Severity::Error), "error"),
        counted(count(Severity::Warning), "warning")
    )
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

fn list(findings: &[Diagnostics]) -> String {
    let all = findings.iter().flat_map(|found| match found.to_json() {
        Value::Array(list) => list,
        other => vec![other],
    });
    escape_hidden(&format!("{:#}\n", Value::Array(all.collect())))
}

/// JSON of the same value, in which all characters that a terminal may obey are escaped, not only those that JSON
/// escapes. They stand in strings alone.
fn escape_hidden(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '\u{7f}'..='\u{9f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => {
                write!(escaped, "\\u{:04x}", u32::from(character))
                    .expect("a string takes any text");
            }
            _ => escaped.push(character),
        }
    }
    escaped
}
