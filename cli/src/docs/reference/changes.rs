//! The changes from each version to the next.

use contexture_compare::{Change, Effect, Report, Verdict};

use super::data::{Group, Line, Step};
use super::reader::Reader;
use crate::docs::history::{Compared, History};
use crate::docs::prose::Prose;

/// The steps of a history, the newest first.
pub(super) fn steps(reader: &mut Reader, history: &History) -> Vec<Step> {
    let steps = history.steps.iter();
    steps.map(|compared| step(reader, compared)).collect()
}

fn step(reader: &mut Reader, compared: &Compared) -> Step {
    let Report { changes, version } = &compared.report;
    let id = reader.anchors.take(&["changes", &version.new]);
    let groups = Verdict::WORST_FIRST.into_iter().filter_map(|verdict| {
        let changes = changes.iter().filter(|change| change.is_functional);
        let changes = changes.filter(|change| change.verdict() == verdict);
        let lines: Vec<_> = changes.map(|change| line(reader, change)).collect();
        (!lines.is_empty()).then(|| Group {
            title: verdict.heading(),
            breaks: verdict == Verdict::Breaks,
            lines,
        })
    });
    let groups: Vec<_> = groups.collect();
    Step {
        id,
        old: version.old.clone(),
        new: version.new.clone(),
        notes: notes(compared),
        groups,
        rest: rest(changes),
    }
}

fn notes(compared: &Compared) -> Vec<Prose> {
    let Report { changes, version } = &compared.report;
    let mut notes = Vec::new();
    if compared.is_migrated {
        let old = Prose::code(&version.old);
        notes.push(format!(
            "The integration takes what was stored by version {old}, and brings it to the form of today, or says why it cannot."
        ));
    }
    if compared.is_stored_alone {
        notes.push(
            "Only configurations and states are compared: the file of an older version has no more."
                .to_owned(),
        );
    }
    if changes.is_empty() {
        notes.push("Nothing changed.".to_owned());
    }
    notes.into_iter().map(Prose::ours).collect()
}

/// How many changes are of texts alone, which are not listed.
fn rest(changes: &[Change]) -> Option<Prose> {
    let texts = changes.iter().filter(|change| !change.is_functional);
    Some(Prose::ours(match texts.count() {
        0 => return None,
        1 => "A text for people changed as well.".to_owned(),
        count => format!("{count} texts for people changed as well."),
    }))
}

fn line(reader: &Reader, change: &Change) -> Line {
    let item = Prose::line(Some(&change.capitalized_item())).unwrap_or_default();
    let what = Prose::line(Some(&change.what)).unwrap_or_default();
    let anchor = change
        .new
        .as_deref()
        .and_then(|at| reader.anchor_around(at));
    let item = match anchor {
        Some(anchor) => format!("[{item}](#{anchor})"),
        None => item.to_string(),
    };
    let guess = if change.is_guess { " (a guess)" } else { "" };
    let effects = change
        .effects
        .iter()
        .filter(|effect| effect.verdict != Verdict::Safe);
    Line {
        text: Prose::ours(format!("{item}: {what}{guess}.")),
        effects: effects.map(effect_words).collect(),
    }
}

fn effect_words(effect: &Effect) -> Prose {
    let why = Prose::line(Some(&effect.why)).unwrap_or_default();
    let whom = effect.affected.words();
    Prose::ours(match effect.shown_value() {
        Some(value) => format!("For {whom}: {why}, such as {}", Prose::code(&value)),
        None => format!("For {whom}: {why}."),
    })
}
