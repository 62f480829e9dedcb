//! The results as text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Measured, Mistake, cause};

/// The number of examples of a failure that are shown for each payload.
const EXAMPLES: usize = 3;

/// Reports the number of right results, and lists the wrong ones.
#[must_use]
pub fn report(measured: &Measured, wanted: usize) -> String {
    let mut text = String::new();
    let payloads = || measured.payloads.iter();
    let valid: usize = payloads().map(|asked| asked.valid.asked).sum();
    let broken: usize = payloads().map(|asked| asked.broken.asked).sum();
    line(
        &mut text,
        format_args!(
            "{} payloads, {valid} valid values, {broken} broken ones; {} payloads have fewer than {wanted} of a kind \
             although there may be more",
            measured.payloads.len(),
            measured.short_of(wanted).count()
        ),
    );
    let failures = || measured.failures.iter().map(|failure| failure.mistake);
    let lost = failures()
        .filter(|mistake| *mistake == Mistake::NotLossless)
        .count();
    let excepted = failures().filter(|mistake| mistake.is_exception()).count();
    line(
        &mut text,
        format_args!(
            "{} answered wrong, {lost} not lossless; {excepted} more are named exceptions; \
             {} disputed between the validators",
            measured.failures.len() - lost - excepted,
            measured.disputed.len()
        ),
    );
    for (place, reason) in &measured.unasked {
        line(
            &mut text,
            format_args!("not tested: {place}: {}", first_line(reason)),
        );
    }
    list_failures(&mut text, measured);
    list_disputed(&mut text, measured);
    list_short(&mut text, measured, wanted);
    text
}

/// Counts the payloads whose values were all tested, by their number, and names the payloads with unknown numbers.
fn list_short(text: &mut String, measured: &Measured, wanted: usize) {
    let amounts = |kind| {
        measured.payloads.iter().map(move |asked| match kind {
            "valid" => (&asked.place, asked.valid),
            _ => (&asked.place, asked.broken),
        })
    };
    for kind in ["valid", "broken"] {
        let short = || amounts(kind).filter(|(_, amount)| amount.asked < wanted);
        line(
            text,
            format_args!(
                "\n## fewer than {wanted} {kind} values: {} payloads\n",
                short().count()
            ),
        );
        let mut all: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (place, amount) in short() {
            if amount.is_enough(wanted) {
                all.entry(amount.asked).or_default().push(place);
            } else {
                let limit = amount.limit.map(|limit| format!(" of at most {limit}"));
                let limit = limit.unwrap_or_default();
                line(
                    text,
                    format_args!(
                        "- {place}: {}{limit} were found, and more may exist",
                        amount.asked
                    ),
                );
            }
        }
        for (asked, places) in all {
            line(
                text,
                format_args!(
                    "- {} have {asked} and no more, by their schemas: {}",
                    places.len(),
                    places.join(", ")
                ),
            );
        }
    }
}

fn list_failures(text: &mut String, measured: &Measured) {
    let mut by_mistake: BTreeMap<Mistake, BTreeMap<&str, Vec<_>>> = BTreeMap::new();
    for failure in &measured.failures {
        by_mistake
            .entry(failure.mistake)
            .or_default()
            .entry(&failure.place)
            .or_default()
            .push(failure);
    }
    for (mistake, places) in by_mistake {
        let values: usize = places.values().map(Vec::len).sum();
        line(
            text,
            format_args!(
                "\n## {}: {values} values of {} payloads\n",
                mistake.name(),
                places.len()
            ),
        );
        for (place, failures) in places {
            line(text, format_args!("- {place}: {} values", failures.len()));
            let mut failures = failures;
            failures.sort_by_key(|failure| failure.value.to_string().len());
            for failure in failures.iter().take(EXAMPLES) {
                line(
                    text,
                    format_args!(
                        "  - `{}`: {}",
                        shortened(&failure.value.to_string()),
                        shortened(&failure.detail)
                    ),
                );
            }
        }
    }
}

fn list_disputed(text: &mut String, measured: &Measured) {
    if measured.disputed.is_empty() {
        return;
    }
    line(
        text,
        format_args!("\n## disputed between `boon` and `jsonschema`, and not tested\n"),
    );
    let mut by_cause: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for (place, value, label) in &measured.disputed {
        let cause = cause(value).unwrap_or("for no known cause");
        let disputed = (value.to_string(), place, label);
        by_cause.entry(cause).or_default().push(disputed);
    }
    for (cause, mut disputed) in by_cause {
        line(text, format_args!("- {cause}: {} values", disputed.len()));
        disputed.sort_by_key(|(value, ..)| value.len());
        for (value, place, label) in disputed.iter().take(EXAMPLES) {
            line(
                text,
                format_args!("  - {place}, {label:?}: `{}`", shortened(value)),
            );
        }
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 300 {
        return text.to_owned();
    }
    text.chars().take(300).chain("…".chars()).collect()
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments)
        .expect("writing to a string does not fail");
    text.push('\n');
}
