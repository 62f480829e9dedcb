//! The changes for people.

use std::fmt::Write as _;

use contexture_codegen::{Message, Severity};
use contexture_compare::{Change, Effect, Migration, Report, Verdict};

use super::Compared;
use super::alike::{Alike, alike};

/// Draws the changes that are not safe with their lines, lists the others, and ends with the versions.
pub(super) fn draw(compared: &Compared, color: bool) -> String {
    let (safe, others): (Vec<_>, Vec<_>) = alike(compared)
        .into_iter()
        .partition(|alike| alike.change.verdict() == Verdict::Safe);
    let mut text = String::new();
    for alike in others {
        text.push_str(&one(compared, &alike, color));
        text.push_str("\n\n");
    }
    if !safe.is_empty() {
        text.push_str("safe:\n");
        for alike in safe {
            let Change { item, what, .. } = alike.change;
            let place = compared.place(alike.change);
            let others = alike
                .others()
                .map_or_else(String::new, |others| format!("; {others}"));
            writeln!(
                text,
                "  {item}: {what} ({}:{}){others}",
                place.file, place.line
            )
            .expect("a string takes any text");
        }
        text.push('\n');
    }
    text + &summary(&compared.report)
}

fn one(compared: &Compared, alike: &Alike, color: bool) -> String {
    let change = alike.change;
    let verdict = change.verdict();
    let message = Message {
        severity: match verdict {
            Verdict::Breaks => Severity::Error,
            Verdict::CannotTell | Verdict::Caution => Severity::Warning,
            Verdict::Safe => Severity::Note,
        },
        kind: verdict.words().to_owned(),
        title: format!("{}: {}", change.item, change.what),
        notes: notes(alike),
        help: change
            .is_guess
            .then(|| "the new name is a guess: for others, the old one is gone".to_owned()),
    };
    let (version, pointer) = compared.side(change);
    version.draw(&message, pointer, color)
}

/// Whom a change affects, with a value where there is one. What is safe is left out if something else is not.
pub(super) fn notes(alike: &Alike) -> Vec<String> {
    let change = alike.change;
    let is_safe = change.verdict() == Verdict::Safe;
    let effects = change.effects.iter();
    let effects = effects.filter(|effect| is_safe || effect.verdict != Verdict::Safe);
    let notes = effects.flat_map(|effect| {
        let Effect {
            affected,
            verdict,
            why,
            ..
        } = effect;
        let note = format!("{}: {why} ({})", affected.words(), verdict.words());
        let value = effect.shown_value();
        [
            Some(note),
            value.map(|value| format!("for example: {value}")),
            effect.migration.as_ref().and_then(Migration::words),
        ]
    });
    notes.flatten().chain(alike.others()).collect()
}

/// How many changes there are, and what they mean for the version.
fn summary(report: &Report) -> String {
    if report.changes.is_empty() {
        return format!("nothing changed\n{}", version(report));
    }
    let of = |verdict, words: &str| {
        let count = report.count(verdict);
        (count > 0).then(|| format!("{count} {words}"))
    };
    let counts = [
        of(Verdict::Breaks, "breaking"),
        of(Verdict::CannotTell, "that nothing was proved about"),
        of(Verdict::Caution, "to be careful with"),
        of(Verdict::Safe, "safe"),
    ];
    let counts: Vec<_> = counts.into_iter().flatten().collect();
    let changes = match report.changes.len() {
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    };
    let migrations = migrations(report);
    format!(
        "{changes}: {}\n{migrations}{}",
        counts.join(", "),
        version(report)
    )
}

/// The migrations that are missing.
fn migrations(report: &Report) -> String {
    let count = match report.missing_migrations().len() {
        1 => "1 migration is".to_owned(),
        count => format!("{count} migrations are"),
    };
    let help = report.migration_help();
    help.map_or_else(String::new, |help| format!("{count} missing: {help}\n"))
}

fn version(report: &Report) -> String {
    let version = &report.version;
    let step = match &version.least {
        Some(least) => format!("{} step, to {least}", version.needed.words()),
        None => format!("{} step", version.needed.words()),
    };
    let is_open = report.verdict() == Verdict::CannotTell;
    let open = if is_open {
        "; more, if what is open breaks"
    } else {
        ""
    };
    let enough = if version.is_enough {
        "enough"
    } else {
        "too low"
    };
    let (old, new) = (&version.old, &version.new);
    if report.changes.is_empty() && !version.is_enough {
        format!("version: {old} → {new} is too low: it is lower than before\n")
    } else if report.changes.is_empty() {
        format!("version: {old} → {new}: nothing calls for a step\n")
    } else {
        format!("version: {old} → {new} is {enough}: the changes call for a {step}{open}\n")
    }
}
