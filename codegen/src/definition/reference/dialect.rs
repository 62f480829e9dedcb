//! What the drafts of JSON Schema disagree on.

use serde_json::Value;

use crate::definition::keywords::subschemas;
use crate::diagnostic::Pointer;

/// What a schema's draft means for its references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::definition) enum Dialect {
    /// Draft 4, whose `$id` is called `id`.
    Draft4,
    /// Drafts 6 and 7, in which nothing counts beside a `$ref`.
    Draft7,
    /// 2019-09 and 2020-12, in which a `$ref` is a keyword as others are.
    Modern,
}

impl Dialect {
    /// The dialect that a `$schema` names; draft 7, if it names none that is known.
    pub(in crate::definition) fn of(schema: Option<&str>) -> Self {
        match schema {
            Some(name) if name.contains("/draft-04/") => Self::Draft4,
            Some(name) if name.contains("/draft/20") => Self::Modern,
            _ => Self::Draft7,
        }
    }

    /// Whether what stands beside a schema's `$ref` says nothing.
    pub(in crate::definition) fn is_reference_alone(self, schema: &Value) -> bool {
        self != Self::Modern && schema.get("$ref").is_some_and(Value::is_string)
    }

    /// The `$id` of a schema, if it has one that counts.
    pub(in crate::definition) fn id(self, schema: &Value) -> Option<&str> {
        let keyword = if self == Self::Draft4 { "id" } else { "$id" };
        self.unless_alone(schema)
            .and_then(|schema| schema.get(keyword)?.as_str())
    }

    /// The names that a schema gives itself for references, apart from that in its `$id`.
    pub(in crate::definition) fn anchors(self, schema: &Value) -> impl Iterator<Item = &str> {
        let schema = self.unless_alone(schema);
        let named = move |keyword| schema.and_then(|schema| schema.get(keyword)?.as_str());
        ["$anchor", "$dynamicAnchor"].into_iter().filter_map(named)
    }

    /// The schemas inside a schema that count; definitions do, even beside a `$ref`.
    pub(in crate::definition) fn subschemas(self, schema: &Value) -> Vec<(Pointer, &Value)> {
        let mut found = subschemas(schema);
        if self.is_reference_alone(schema) {
            found.retain(|(pointer, _)| {
                let keyword = pointer.names().next();
                keyword.is_some_and(|keyword| keyword == "definitions" || keyword == "$defs")
            });
        }
        found
    }

    fn unless_alone(self, schema: &Value) -> Option<&Value> {
        (!self.is_reference_alone(schema)).then_some(schema)
    }
}
