//! Circular references, which never reach a schema.

use std::collections::HashSet;

use serde_json::Value;

use super::SchemaAt;
use super::reference::{Graph, follow};
use crate::json_schema::is_in_place;

/// Whether a reference leads back to the schema that contains it by other references alone.
pub(super) fn is_chain(graph: Graph<'_>, from: &SchemaAt, reference: &str) -> bool {
    let mut seen = HashSet::new();
    let mut next = follow(graph, from, reference).ok();
    while let Some(at) = next {
        if at.file == from.file && at.pointer == from.pointer {
            return true;
        }
        let value = graph.files.value(at.file, &at.pointer);
        let text = value.and_then(|value| value.get("$ref")?.as_str());
        next = text.and_then(|text| follow(graph, &at, text).ok());
        if !seen.insert(at) {
            break;
        }
    }
    false
}

/// Whether a reference leads back to the schema that contains it, by other references and by
/// schemas that describe the same value.
///
/// ```yaml
/// a: { $ref: "#/definitions/b" }
/// b: { allOf: [{ $ref: "#/definitions/a" }] }
/// ```
pub(super) fn is_cyclic(graph: Graph<'_>, from: &SchemaAt, reference: &str) -> bool {
    let mut seen = HashSet::new();
    let mut waiting: Vec<_> = follow(graph, from, reference).into_iter().collect();
    while let Some(at) = waiting.pop() {
        if at.file == from.file && at.pointer == from.pointer {
            return true;
        }
        let Some(value) = graph.files.value(at.file, &at.pointer) else {
            continue;
        };
        let inside = graph.dialect(&at).subschemas(value);
        let same_value = inside.iter().filter(|(pointer, _)| is_in_place(pointer));
        waiting.extend(same_value.map(|(pointer, _)| at.join(pointer)));
        if let Some(text) = value.get("$ref").and_then(Value::as_str) {
            waiting.extend(follow(graph, &at, text));
        }
        waiting.retain(|next| !seen.contains(next));
        seen.insert(at);
    }
    false
}
