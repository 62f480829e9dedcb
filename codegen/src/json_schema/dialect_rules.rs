//! Differences between the drafts of JSON Schema.

use serde_json::{Map, Value};

use super::dialect::Dialect;
use super::keywords::{Addressing, KEYWORDS, Naming, keyword};
use super::walk::subschemas;
use crate::pointer::Pointer;

impl Dialect {
    /// Whether the siblings of a schema's `$ref` are ignored.
    pub(crate) fn is_reference_alone(self, schema: &Value) -> bool {
        schema
            .as_object()
            .is_some_and(|keywords| self.has_reference_alone(keywords))
    }

    /// The same for the keywords of a schema.
    pub(super) fn has_reference_alone(self, keywords: &Map<String, Value>) -> bool {
        self <= Self::Draft7 && keywords.get("$ref").is_some_and(Value::is_string)
    }

    /// Whether a keyword means something in the dialect; one of a later draft is ignored.
    pub(crate) fn knows(self, name: &str) -> bool {
        keyword(name).is_none_or(|keyword| self >= keyword.since)
    }

    /// The `$id` of a schema, if it has one that counts.
    pub(crate) fn id(self, schema: &Value) -> Option<&str> {
        let keyword = if self == Self::Draft4 { "id" } else { "$id" };
        self.unless_alone(schema)
            .and_then(|schema| schema.get(keyword)?.as_str())
    }

    /// The anchors of a schema, apart from one in its `$id`.
    pub(crate) fn anchors(self, schema: &Value) -> impl Iterator<Item = &str> {
        let schema = self.unless_alone(schema);
        let anchors = KEYWORDS
            .iter()
            .filter(|keyword| keyword.addressing == Addressing::Anchor);
        anchors.filter_map(move |anchor| schema?.get(anchor.name)?.as_str())
    }

    /// The schemas inside a schema, without ignored ones. Definitions count even beside a `$ref`.
    pub(crate) fn subschemas(self, schema: &Value) -> Vec<(Pointer, &Value)> {
        let mut found = subschemas(schema);
        if self.is_reference_alone(schema) {
            found.retain(|(pointer, _)| {
                let first = pointer.names().next();
                let first = first.and_then(|name| keyword(&name));
                first.is_some_and(|first| first.naming == Naming::Definition)
            });
        }
        found
    }

    fn unless_alone(self, schema: &Value) -> Option<&Value> {
        (!self.is_reference_alone(schema)).then_some(schema)
    }
}
