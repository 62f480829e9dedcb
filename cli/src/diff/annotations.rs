//! The changes as GitHub Actions shows them beside the lines of a change.

use std::fmt::Write as _;

use contexture_codegen::{Position, workflow_command};
use contexture_compare::{Change, Migration, Verdict};

use super::alike::alike;
use super::{Compared, drawing};

/// One command for each change, or for those that are alike, and one for a version that is too low.
pub(super) fn annotate(compared: &Compared) -> String {
    let mut text = String::new();
    for alike in alike(compared) {
        let change = alike.change;
        let mut lines = vec![format!("{}: {}", change.item, change.what)];
        lines.extend(drawing::notes(&alike));
        let migrations = change
            .effects
            .iter()
            .filter_map(|effect| effect.migration.as_ref());
        lines.extend(
            migrations
                .filter_map(Migration::help)
                .map(|help| format!("help: {help}")),
        );
        let place = compared.new_place(change);
        let title = change.verdict().words();
        writeln!(
            text,
            "{}",
            workflow_command(level(change), &place, title, &lines.join("\n"))
        )
        .expect("a string takes any text");
    }
    let version = &compared.report.version;
    if !version.is_enough {
        let place: Position = compared.new.position("/version");
        let least = version.least.as_deref().unwrap_or("a higher one");
        let message = format!(
            "the version {} is too low: it has to be {least} at least",
            version.new
        );
        writeln!(
            text,
            "{}",
            workflow_command("warning", &place, "version", &message)
        )
        .expect("a string takes any text");
    }
    text
}

fn level(change: &Change) -> &'static str {
    match change.verdict() {
        Verdict::Breaks => "error",
        Verdict::CannotTell | Verdict::Caution => "warning",
        Verdict::Safe => "notice",
    }
}
