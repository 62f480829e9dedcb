//! The properties of a schema, at any depth, with their titles and descriptions.

use std::collections::HashSet;

use serde_json::Value;

use crate::definition::{DefinitionSet, SchemaAt};
use crate::json_schema::{KEYWORDS, Naming, subschemas};

/// A property of a schema.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) at: SchemaAt,
    /// Whether the schema says how the property is shown.
    pub(super) is_shown: bool,
    pub(super) has_title: bool,
    pub(super) has_description: bool,
}

/// The properties of a schema and of every object inside of it, and of the schemas that it shares with others.
///
/// Other references are not followed: an entity would be reported wherever it is used.
pub(super) fn fields(set: &DefinitionSet, schema: SchemaAt) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut seen = HashSet::new();
    let mut schemas = vec![schema];
    while let Some(at) = schemas.pop() {
        if !seen.insert(at.clone()) {
            continue;
        }
        let schema = set.schema(&at);
        let is_object = schema.get("type").and_then(Value::as_str) == Some("object");
        let properties = schema.get("properties").and_then(Value::as_object);
        if let (true, Some(properties)) = (is_object, properties) {
            let at = at.child("properties");
            fields.extend(properties.keys().map(|name| field(set, at.child(name))));
        }
        let reference = schema.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|reference| set.resolve(&at, reference));
        schemas.extend(target.filter(|target| set.is_shared(target)));
        let inside = subschemas(schema).into_iter();
        schemas.extend(inside.map(|(pointer, _)| at.join(&pointer)));
    }
    fields
}

fn field(set: &DefinitionSet, at: SchemaAt) -> Field {
    Field {
        is_shown: set.schema(&at).get("x-zui").is_some(),
        has_title: says(set, &at, "/x-zui/title"),
        has_description: says(set, &at, "/description"),
        at,
    }
}

/// Whether a text is missing or empty.
pub(super) fn is_missing(text: Option<&Value>) -> bool {
    text.is_none_or(|text| text.is_null() || text.as_str() == Some(""))
}

/// Whether a schema has a text: itself, in one of its branches, or in its target.
fn says(set: &DefinitionSet, at: &SchemaAt, text: &str) -> bool {
    let mut looked_at = HashSet::new();
    let mut waiting = vec![at.clone()];
    while let Some(at) = waiting.pop() {
        let schema = set.schema(&at);
        if !is_missing(schema.pointer(text)) {
            return true;
        }
        let lists = KEYWORDS
            .iter()
            .filter(|keyword| keyword.naming == Naming::Branch);
        for keyword in lists.map(|keyword| keyword.name) {
            let branches = schema.get(keyword).and_then(Value::as_array);
            let count = branches.map_or(0, Vec::len);
            waiting.extend((0..count).map(|index| at.child(keyword).item(index)));
        }
        let reference = schema.get("$ref").and_then(Value::as_str);
        waiting.extend(reference.and_then(|reference| set.resolve(&at, reference)));
        looked_at.insert(at);
        waiting.retain(|at| !looked_at.contains(at));
    }
    false
}
