//! What was measured, as text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Measured, Mistake};

/// How many examples of a failure are shown for a payload.
const EXAMPLES: usize = 3;

/// Says how many values were answered right, and lists what was not.
#[must_use]
pub fn report(measured: &Measured, wanted: usize) -> String {
    let mut text = String::new();
    let valid: usize = measured.payloads.iter().map(|(_, valid, _)| valid).sum();
    let broken: usize = measured.payloads.iter().map(|(_, _, broken)| broken).sum();
    let payloads = measured.payloads.len();
    line(
        &mut text,
        format_args!("{payloads} payloads, {valid} valid values, {broken} broken ones"),
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
            format_args!("not asked: {place}: {}", first_line(reason)),
        );
    }
    list_failures(&mut text, measured);
    list_disputed(&mut text, measured);
    list_short(&mut text, measured, wanted);
    text
}

/// Names the payloads for which fewer values were found: most of them have no more.
fn list_short(text: &mut String, measured: &Measured, wanted: usize) {
    let is_short =
        |(_, valid, broken): &&(String, usize, usize)| *valid < wanted || *broken < wanted;
    let short: Vec<_> = measured.payloads.iter().filter(is_short).collect();
    line(
        text,
        format_args!(
            "\n## fewer than {wanted} values of a kind: {} payloads\n",
            short.len()
        ),
    );
    for (place, valid, broken) in short {
        line(
            text,
            format_args!("- {place}: {valid} valid, {broken} broken"),
        );
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
        format_args!("\n## disputed between `boon` and `jsonschema`\n"),
    );
    let mut by_place: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for (place, value, label) in &measured.disputed {
        by_place
            .entry(place)
            .or_default()
            .push((value.to_string(), label));
    }
    for (place, mut values) in by_place {
        values.sort_by_key(|(value, _)| value.len());
        let (shortest, label) = &values[0];
        line(
            text,
            format_args!(
                "- {place}: {} values, {label:?}: `{}`",
                values.len(),
                shortened(shortest)
            ),
        );
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
    text.write_fmt(arguments).expect("a string takes any text");
    text.push('\n');
}
