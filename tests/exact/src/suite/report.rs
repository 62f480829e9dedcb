//! The result as text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Case, Group, Measured, Outcome};

/// Reports the number of right results, and lists the other tests by their cause.
#[must_use]
pub fn report(cases: &[Case], measured: &Measured) -> String {
    let mut text = String::new();
    for group in Group::ALL {
        let outcomes: Vec<_> = measured
            .results
            .iter()
            .filter(|result| cases[result.case].group == group)
            .map(|result| &result.outcome)
            .collect();
        let lossless = outcomes
            .iter()
            .filter(|outcome| ***outcome == Outcome::Right)
            .count();
        let changed = outcomes
            .iter()
            .filter(|outcome| matches!(outcome, Outcome::NotLossless(_)))
            .count();
        line(
            &mut text,
            format_args!(
                "{:14} {:4} of {:4} right, {lossless:4} of them lossless",
                group.name(),
                lossless + changed,
                outcomes.len()
            ),
        );
    }
    let typed = measured
        .restricting
        .iter()
        .filter(|(_, is_typed)| *is_typed)
        .count();
    line(
        &mut text,
        format_args!(
            "{typed} of {} schemas whose root restricts the type have a type better than `Value`",
            measured.restricting.len()
        ),
    );
    list_failures(&mut text, cases, measured);
    list_untyped(&mut text, cases, measured);
    text
}

fn list_failures(text: &mut String, cases: &[Case], measured: &Measured) {
    let mut by_cause: BTreeMap<String, BTreeMap<usize, Vec<String>>> = BTreeMap::new();
    for result in &measured.results {
        let case = &cases[result.case];
        let asked = &case.tests[result.test];
        let (reason, detail) = match &result.outcome {
            Outcome::Right => continue,
            Outcome::NotLossless(back) => (
                "not lossless".to_owned(),
                format!("{}: {} came back as {back}", asked.description, asked.data),
            ),
            Outcome::Wrong(how) => (
                "wrong answer".to_owned(),
                format!("{}: {how}", asked.description),
            ),
            Outcome::Refused(code, why) => {
                (format!("rejected by the generator, {code}"), why.clone())
            }
            Outcome::Panicked(why) => ("the generator panics".to_owned(), why.clone()),
            Outcome::DoesNotCompile(error) => {
                let first = error.lines().next().unwrap_or_default();
                ("does not compile".to_owned(), first.to_owned())
            }
        };
        by_cause
            .entry(reason)
            .or_default()
            .entry(result.case)
            .or_default()
            .push(detail);
    }
    for (cause, failing) in by_cause {
        let tests: usize = failing.values().map(Vec::len).sum();
        line(
            text,
            format_args!("\n## {cause}: {tests} tests of {} schemas\n", failing.len()),
        );
        for (index, mut details) in failing {
            let case = &cases[index];
            let tests = details.len();
            details.dedup();
            let schema: String = case.schema.to_string().chars().take(240).collect();
            line(
                text,
                format_args!(
                    "- {}/{} ({tests} tests), case{index}: `{schema}`",
                    case.file, case.description
                ),
            );
            for detail in details {
                line(text, format_args!("  - {detail}"));
            }
        }
    }
}

fn list_untyped(text: &mut String, cases: &[Case], measured: &Measured) {
    line(
        text,
        format_args!("\n## root restricts the type, and there is no type better than `Value`\n"),
    );
    for (index, _) in measured
        .restricting
        .iter()
        .filter(|(_, is_typed)| !is_typed)
    {
        let case = &cases[*index];
        let schema: String = case.schema.to_string().chars().take(240).collect();
        line(
            text,
            format_args!(
                "- {}/{}, case{index}: `{schema}`",
                case.file, case.description
            ),
        );
    }
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments)
        .expect("writing to a string does not fail");
    text.push('\n');
}
