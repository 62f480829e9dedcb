//! The report as Markdown.

use std::fmt::Write as _;

use super::change::Change;
use super::changes::Report;
use super::migration::Migration;
use super::verdict::Verdict;

impl Report {
    /// The report as Markdown, for a release note.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        report(self)
    }
}

fn report(report: &Report) -> String {
    let mut text = format!("# {}\n", report.version.new);
    for verdict in Verdict::WORST_FIRST {
        let changes = report.changes.iter();
        let mut changes = changes
            .filter(|change| change.verdict() == verdict)
            .peekable();
        if changes.peek().is_some() {
            write!(text, "\n## {}\n\n", verdict.heading()).expect("a string takes any text");
        }
        changes.for_each(|found| change(&mut text, found));
    }
    if report.changes.is_empty() {
        text.push_str("\nNothing changed for anybody.\n");
    }
    text
}

fn change(text: &mut String, change: &Change) {
    let guess = if change.is_guess { " (a guess)" } else { "" };
    writeln!(
        text,
        "- **{}**: {}{guess}.",
        change.capitalized_item(),
        change.what
    )
    .expect("a string takes any text");
    for effect in change
        .effects
        .iter()
        .filter(|effect| effect.verdict != Verdict::Safe)
    {
        write!(text, "  - For {}: {}", effect.affected.words(), effect.why)
            .expect("a string takes any text");
        let migration = match &effect.migration {
            Some(
                Migration::Missing { .. } | Migration::Different { .. } | Migration::Impossible,
            ) => "; no migration brings it along",
            Some(Migration::Named { .. }) | None => "",
        };
        match effect.shown_value() {
            Some(value) => writeln!(text, "{migration}: {}", code(&value)),
            None => writeln!(text, "{migration}."),
        }
        .expect("a string takes any text");
    }
}

/// A text as code, whatever backticks it has.
fn code(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max();
    match longest {
        None | Some(0) => format!("`{text}`"),
        Some(length) => {
            let fence = "`".repeat(length + 1);
            format!("{fence} {text} {fence}")
        }
    }
}
