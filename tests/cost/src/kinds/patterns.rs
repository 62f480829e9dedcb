//! Regular expressions, including some that backtrack.

use std::time::Duration;

use super::schema::Validation;
use crate::inputs::{Input, list, object, string};

const TEXTS: &[Input] = &[
    ("a text of one letter that does not end well", |size| {
        format!("\"{}!\"", "a".repeat(size))
    }),
    ("a text that does not begin well", |size| {
        format!("\"!{}\"", "a".repeat(size))
    }),
    ("a text of two letters", |size| string(size, "ab")),
    ("a text of beginnings", |size| string(size, "a-a")),
    ("a text outside of ASCII", |size| string(size, "é")),
    ("short texts that do not end well", |size| {
        list(size, |_| format!("\"{}!\"", "a".repeat(9)))
    }),
    ("texts of 14 letters", |size| {
        list(size, |_| format!("\"{}!\"", "a".repeat(14)))
    }),
    ("texts of 18 letters", |size| {
        list(size, |_| format!("\"{}!\"", "a".repeat(18)))
    }),
    ("texts of 40 letters", |size| {
        list(size, |_| format!("\"{}!\"", "a".repeat(40)))
    }),
    ("texts of 1000 letters", |size| {
        list(size, |_| format!("\"{}!\"", "a".repeat(1000)))
    }),
];

const NAMES: &[Input] = &[
    ("names of 9 letters", |size| {
        object(size, |index| format!("\"{}{index}!\":0", "a".repeat(9)))
    }),
    ("names of 18 letters", |size| {
        object(size, |index| format!("\"{}{index}!\":0", "a".repeat(18)))
    }),
    ("names of 1000 letters", |size| {
        object(size, |index| format!("\"{}{index}!\":0", "a".repeat(1000)))
    }),
    ("a long name that does not end well", |size| {
        format!("{{\"{}!\":0}}", "a".repeat(size))
    }),
];

const PATTERNS: &[(&str, &str)] = &[
    ("a beginning", "^a"),
    ("a class", "^[a-z]+$"),
    ("anywhere", "[0-9]b"),
    ("nested repetitions", "^(a+)+$"),
    ("alternatives", "^(a|aa|aaa|b)*$"),
    ("counted", "^([a-z]{1,50}){1,20}$"),
    ("words", r"^\\w+(\\.\\w+)*$"),
];

const BACKTRACKING: &[(&str, &str)] = &[
    ("a lookahead", "^(?!x-)[a-z-]+$"),
    ("a lookahead for each letter", "^(?:(?!--)[a-z-])*$"),
    ("a lookahead far ahead", "(?=.*b).*c"),
    ("lookaheads from everywhere", "a(?=a*b)"),
    ("a lookbehind", "(?<=a)b"),
    ("a reference", r"(a+)\\1$"),
    ("repetitions around a lookahead", "^(?:(?!b)a+)+$"),
    ("repetitions around a reference", r"^((a+)\\2?)+$"),
];

/// The time that a validation's backtracking budget may take in total, with and without optimization.
const RESERVE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 3 });

pub(super) fn validations() -> Vec<Validation> {
    let easy = PATTERNS.iter().map(of_texts);
    let backtracking = BACKTRACKING.iter().flat_map(|pattern| {
        let kinds = [of_texts(pattern), of_members(pattern), of_names(pattern)];
        kinds.map(|kind| kind.allowance(RESERVE))
    });
    easy.chain(backtracking).collect()
}

fn of_texts((name, pattern): &(&str, &str)) -> Validation {
    Validation::of(
        format!("pattern: {name}"),
        format!(r#"{{"items":{{"pattern":"{pattern}"}},"pattern":"{pattern}"}}"#),
        TEXTS,
    )
}

fn of_members((name, pattern): &(&str, &str)) -> Validation {
    Validation::of(
        format!("patternProperties: {name}"),
        format!(
            r#"{{"patternProperties":{{"{pattern}":{{"type":"string"}}}},"additionalProperties":false}}"#
        ),
        NAMES,
    )
}

fn of_names((name, pattern): &(&str, &str)) -> Validation {
    Validation::of(
        format!("propertyNames: {name}"),
        format!(r#"{{"propertyNames":{{"pattern":"{pattern}"}}}}"#),
        NAMES,
    )
}
