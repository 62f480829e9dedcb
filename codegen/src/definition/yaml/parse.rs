//! Text to values: one reader for YAML and for JSON, which keeps where everything stands.

use std::ops::Range;

use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::node::{Content, Key, Node};
use super::place::offset_in_bytes;
use super::problem::Problem;
use super::reader::read;
use crate::diagnostic::{Pointer, Spans, ValueSpan};

/// The value of a text, and its syntax problems.
#[derive(Debug)]
pub(in crate::definition) struct Parsed {
    /// The value; null, if the syntax is broken.
    pub(in crate::definition) value: Value,
    pub(in crate::definition) spans: Spans,
    pub(in crate::definition) problems: Vec<Problem>,
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

fn read_node(text: &str, strict_json: bool) -> Result<Node, Problem> {
    if strict_json {
        check_json(text)?;
    }
    read(text, if strict_json { "JSON" } else { "YAML" })
}

/// YAML accepts trailing commas and line breaks in strings, which JSON does not.
fn check_json(text: &str) -> Result<(), Problem> {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str::<IgnoredAny>(bare)
        .map(drop)
        .map_err(|error| {
            let mark = text.len() - bare.len();
            let start = mark + offset_in_bytes(bare, error.line(), error.column());
            let message = error.to_string();
            let reason = message.split(" at line ").next().unwrap_or_default();
            if reason.starts_with("recursion limit") {
                return Problem::too_deep(start..start);
            }
            Problem::Syntax {
                language: "JSON",
                reason: reason.to_owned(),
                span: start..start,
            }
        })
}

/// Turns nodes into a value, and records the span of each part.
fn flatten(
    text: &str,
    node: Node,
    pointer: Pointer,
    key: Option<Range<usize>>,
    spans: &mut Spans,
    problems: &mut Vec<Problem>,
) -> Value {
    // An alias is drawn at its anchor, so that a mistake in it is one diagnostic.
    let mut span = node.place;
    let value = match node.content {
        Content::Scalar(value) => value,
        Content::List(items) => items
            .into_iter()
            .enumerate()
            .map(|(index, item)| flatten(text, item, pointer.item(index), None, spans, problems))
            .collect(),
        Content::Map(entries) => flatten_map(text, entries, &pointer, spans, problems),
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
    entries: Vec<(Key, Node)>,
    pointer: &Pointer,
    spans: &mut Spans,
    problems: &mut Vec<Problem>,
) -> Value {
    let mut map = Map::new();
    for (key, value) in entries {
        let span = key.place;
        let Some(name) = key.name else {
            problems.push(Problem::KeyNotText { span });
            continue;
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
                value: value.place,
            });
            continue;
        }
        let value = flatten(text, value, child, Some(span), spans, problems);
        map.insert(name, value);
    }
    map.sort_keys();
    Value::Object(map)
}
