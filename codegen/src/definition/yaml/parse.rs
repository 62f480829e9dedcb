//! Text to values: one reader for YAML and for JSON, which keeps where everything stands.

use std::ops::Range;

use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use serde_saphyr::options::DuplicateKeyPolicy;
use serde_saphyr::{Location, Spanned};

use super::node::Node;
use crate::diagnostic::{Pointer, Spans, ValueSpan};

/// The value of a text, and its syntax problems.
#[derive(Debug)]
pub(in crate::definition) struct Parsed {
    /// The value; null, if the syntax is broken.
    pub(in crate::definition) value: Value,
    pub(in crate::definition) spans: Spans,
    pub(in crate::definition) problems: Vec<Problem>,
}

/// A problem of a text.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::definition) enum Problem {
    Syntax {
        language: &'static str,
        reason: String,
        span: Range<usize>,
    },
    /// The text exceeds a limit.
    TooLarge {
        reason: &'static str,
        span: Range<usize>,
    },
    DuplicateKey {
        pointer: Pointer,
        first: Range<usize>,
        second: Range<usize>,
        /// The value of the second one, which is left out.
        value: Range<usize>,
    },
    KeyNotText {
        span: Range<usize>,
    },
}

/// Reads a text: strict JSON if requested, otherwise YAML, which includes JSON.
pub(in crate::definition) fn parse_text(text: &str, strict_json: bool) -> Parsed {
    let mut parsed = Parsed {
        value: Value::Null,
        spans: Spans::new(),
        problems: Vec::new(),
    };
    match read_node(text, strict_json) {
        Ok(node) => {
            parsed.value = flatten(
                text,
                node,
                Pointer::root(),
                None,
                &mut parsed.spans,
                &mut parsed.problems,
            );
        }
        Err(problem) => parsed.problems.push(problem),
    }
    parsed
}

fn read_node(text: &str, strict_json: bool) -> Result<Spanned<Node>, Problem> {
    if strict_json {
        check_json(text)?;
    }
    parse_yaml(text, strict_json)
}

/// YAML accepts trailing commas and line breaks in strings, which JSON does not.
fn check_json(text: &str) -> Result<(), Problem> {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str::<IgnoredAny>(bare)
        .map(drop)
        .map_err(|error| {
            let start = offset(text, error.line(), error.column());
            problem("JSON", &error.to_string(), start..start)
        })
}

fn parse_yaml(text: &str, strict_json: bool) -> Result<Spanned<Node>, Problem> {
    let options = serde_saphyr::options! {
        // Definitions are written by hand: far below these limits, and far above a bomb of aliases.
        budget: serde_saphyr::budget! {
            max_depth: 96,
            max_nodes: 250_000,
            max_events: 1_000_000,
            max_documents: 1,
            simple_key_max_lookahead: 16_384,
        },
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        reject_unsupported_tags: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let span = error
            .location()
            .map_or(0..0, |location| range(text, location));
        let language = if strict_json { "JSON" } else { "YAML" };
        problem(language, &error.to_string(), span)
    })
}

/// A reader's error as a problem, without its line and column, which are drawn.
fn problem(language: &'static str, reason: &str, span: Range<usize>) -> Problem {
    let reason = reason.split(" at line ").next().unwrap_or_default();
    let is_one_of = |starts: &[&str]| starts.iter().any(|start| reason.starts_with(start));
    let syntax = |reason: &str| Problem::Syntax {
        language,
        reason: reason.to_owned(),
        span: span.clone(),
    };
    if is_one_of(&[
        "recursion limit",
        "budget breached: Depth",
        "budget breached: FlowNesting",
    ]) {
        let reason = "it is nested too deeply";
        Problem::TooLarge { reason, span }
    } else if is_one_of(&["budget breached: Documents"]) {
        syntax("multiple YAML documents in one file")
    } else if is_one_of(&["recursive references"]) {
        syntax("an anchor contains its own alias")
    } else if is_one_of(&["budget breached"]) {
        let reason = "it has too many values, with every alias written out";
        Problem::TooLarge { reason, span }
    } else {
        syntax(reason)
    }
}

/// Turns nodes into a value, and records the span of each part.
fn flatten(
    text: &str,
    node: Spanned<Node>,
    pointer: Pointer,
    key: Option<Range<usize>>,
    spans: &mut Spans,
    problems: &mut Vec<Problem>,
) -> Value {
    // An alias is drawn at its anchor, so that a mistake in it is one diagnostic.
    let mut span = range(text, node.defined);
    let value = match node.value {
        Node::Scalar(value) => value,
        Node::List(items) => items
            .into_iter()
            .enumerate()
            .map(|(index, item)| flatten(text, item, pointer.item(index), None, spans, problems))
            .collect(),
        Node::Map(entries) => flatten_map(text, entries, &pointer, spans, problems),
    };
    if value.is_string() {
        span.end = span.start
            + text
                .get(span.clone())
                .map_or(0, |written| written.trim_end().len());
    }
    spans.insert(pointer, ValueSpan { key, value: span });
    value
}

fn flatten_map(
    text: &str,
    entries: Vec<(Spanned<Node>, Spanned<Node>)>,
    pointer: &Pointer,
    spans: &mut Spans,
    problems: &mut Vec<Problem>,
) -> Value {
    let mut map = Map::new();
    for (key, value) in entries {
        let span = range(text, key.defined);
        let name = match key.value {
            Node::Scalar(Value::String(name)) => name,
            // `200:` in YAML is a number; the author means the string.
            Node::Scalar(_) => text.get(span.clone()).unwrap_or_default().to_owned(),
            Node::List(_) | Node::Map(_) => {
                problems.push(Problem::KeyNotText { span });
                continue;
            }
        };
        let child = pointer.child(&name);
        if map.contains_key(&name) {
            let first = spans
                .get(&child)
                .and_then(|first| first.key.clone())
                .unwrap_or_default();
            problems.push(Problem::DuplicateKey {
                pointer: child,
                first,
                second: span,
                value: range(text, value.defined),
            });
            continue;
        }
        let value = flatten(text, value, child, Some(span), spans, problems);
        map.insert(name, value);
    }
    map.sort_keys();
    Value::Object(map)
}

/// The byte range of a reader's location.
fn range(text: &str, location: Location) -> Range<usize> {
    let span = location.span();
    if let (Some(start), Some(length)) = (span.byte_offset(), span.byte_len()) {
        return to_usize(start)..to_usize(start.saturating_add(length));
    }
    // The scanner's errors know the line and the column only.
    let start = offset(text, to_usize(location.line()), to_usize(location.column()));
    start..start
}

fn to_usize(number: impl TryInto<usize>) -> usize {
    number.try_into().unwrap_or(usize::MAX)
}

/// The byte offset of a line and a column. Both count from 1, the column in characters.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let line_start = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum::<usize>()
        .min(text.len());
    let rest = text[line_start..].split('\n').next().unwrap_or_default();
    let within = rest
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(rest.len(), |(byte, _)| byte);
    line_start + within
}
