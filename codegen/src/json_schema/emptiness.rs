//! Schemas that no value fits.
//!
//! `jsonschema::canonical` reduces a schema to a normal form, which is `false` if the schema is proved to fit nothing.
//! Its own budgets are generous, so the size of a document and the cases in it are bounded here. A question that it cannot answer has the
//! answer that leads to no diagnostic.

use jsonschema::Draft;
use jsonschema::canonical::{
    CanonicalKind, CanonicalSchema, Cause as FoundCause, Containment, PreparedDocument,
    Satisfiability, UnsatisfiableReason, options,
};
use serde_json::{Value, json};

use super::choices::choices;
use super::walk::subschemas;
use crate::pointer::Pointer;

/// The most values that a document may consist of.
const LARGEST: usize = 20_000;
/// The most cases that a schema of a document may distinguish. The time grows faster than they do.
const MOST_CHOICES: usize = 100;
/// The most schemas of a document that is not understood as a whole.
const MOST_PARTS: usize = 200;

/// A schema without references to the outside, prepared for questions.
pub(crate) struct Document<'a> {
    prepared: PreparedDocument<'a>,
    root: CanonicalSchema,
    schema: &'a Value,
}

/// A part of a document, to be compared with others of it.
pub(crate) struct Part(CanonicalSchema);

/// A schema that no value fits.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Never {
    /// The schema, within the document.
    pub(crate) pointer: Pointer,
    /// The parts that no value fits, or that no value fits at once.
    pub(crate) causes: Vec<Cause>,
}

/// A part of a schema that refuses values.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cause {
    /// A schema, within the document.
    pub(crate) pointer: Pointer,
    /// The keywords of it; the whole schema if there are none.
    pub(crate) keywords: Vec<String>,
}

impl<'a> Document<'a> {
    /// Prepares a schema; `None` if nothing can be said of it.
    pub(crate) fn new(schema: &'a Value) -> Option<Self> {
        if size(schema, LARGEST) > LARGEST || choices(schema) > MOST_CHOICES {
            return None;
        }
        let mut options = options().offline().should_validate_formats(true);
        if schema.get("$schema").is_none() {
            options = options.with_draft(Draft::Draft7);
        }
        let prepared = options.prepare(schema).ok()?;
        // It cannot be set for the schemas that this one is compared with.
        if prepared.draft() == Draft::Unknown {
            return None;
        }
        let root = prepared.canonicalize().ok()?;
        Some(Self {
            prepared,
            root,
            schema,
        })
    }

    /// The schemas that no value fits: the document itself, or parts of it.
    pub(crate) fn nevers(&self) -> Vec<Never> {
        if self.root.kind() == CanonicalKind::Raw {
            return self.nevers_one_by_one();
        }
        let found = self.prepared.unsatisfiable().unwrap_or_default();
        let found = found.into_iter().filter_map(|(pointer, reason)| {
            let causes = match reason {
                UnsatisfiableReason::Literal => Vec::new(),
                UnsatisfiableReason::Empty(cause) => vec![cause],
                UnsatisfiableReason::Conflict(causes) => causes,
            };
            Some(Never {
                pointer: Pointer::parse(&pointer)?,
                causes: causes.into_iter().filter_map(Cause::new).collect(),
            })
        });
        found.collect()
    }

    /// A keyword that is not understood hides the document as a whole, but not the parts without it.
    fn nevers_one_by_one(&self) -> Vec<Never> {
        let mut found = Vec::new();
        let mut open = vec![(Pointer::root(), self.schema)];
        for _ in 0..MOST_PARTS {
            let Some((pointer, schema)) = open.pop() else {
                break;
            };
            let canonical = self.canonical(&pointer);
            if canonical.is_some_and(|schema| schema.satisfiability() == Satisfiability::No) {
                found.push(Never {
                    pointer: pointer.clone(),
                    causes: Vec::new(),
                });
            }
            let inner = subschemas(schema).into_iter();
            open.extend(inner.map(|(inner, schema)| (pointer.join(&inner), schema)));
        }
        found
    }

    /// A part of the document that some value may fit; `None` if nothing can be said of it.
    pub(crate) fn part(&self, pointer: &Pointer) -> Option<Part> {
        let part = Part(self.canonical(pointer)?);
        (part.0.satisfiability() != Satisfiability::No).then_some(part)
    }

    /// Whether the document is not known to be empty.
    pub(crate) fn has_values(&self) -> bool {
        self.root.satisfiability() != Satisfiability::No
    }

    /// Whether no object is known to fit the document, though other values may.
    pub(crate) fn excludes_objects(&self) -> bool {
        let object = json!({ "type": "object" });
        let object = options()
            .with_draft(self.prepared.draft())
            .should_validate_formats(true)
            .canonicalize(&object);
        object.is_ok_and(|object| {
            let both = self.root.intersect(&object);
            both.is_ok_and(|both| both.satisfiability() == Satisfiability::No)
        })
    }

    fn canonical(&self, pointer: &Pointer) -> Option<CanonicalSchema> {
        let found = self.prepared.canonicalize_at(pointer.as_str()).ok()?;
        (found.kind() != CanonicalKind::Raw).then_some(found)
    }
}

impl Part {
    /// Whether every value that fits another part is known to fit this one.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        let answer = self.0.covers(&other.0);
        answer.is_ok_and(|answer| answer == Containment::Yes)
    }

    /// Whether a value that fits both parts is known to exist.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let both = self.0.intersect(&other.0);
        both.is_ok_and(|both| both.satisfiability() == Satisfiability::Yes)
    }
}

impl Cause {
    fn new(found: FoundCause) -> Option<Self> {
        Some(Self {
            pointer: Pointer::parse(&found.pointer)?,
            keywords: found.keywords,
        })
    }
}

/// The number of values in a value, counted up to a limit.
fn size(value: &Value, limit: usize) -> usize {
    let mut count = 0;
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        count += 1;
        if count > limit {
            break;
        }
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => open.extend(members.values()),
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nevers(schema: &Value) -> Vec<String> {
        let document = Document::new(schema).expect("a schema");
        let found = document.nevers().into_iter();
        found.map(|never| never.pointer.to_string()).collect()
    }

    #[test]
    fn bounds_that_exclude_each_other_are_found_with_their_keywords() {
        let schema =
            json!({ "properties": { "a": { "type": "integer", "minimum": 9, "maximum": 1 } } });
        let found = Document::new(&schema).expect("a schema").nevers();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].pointer.as_str(), "/properties/a");
        let keywords: Vec<_> = found[0]
            .causes
            .iter()
            .flat_map(|cause| &cause.keywords)
            .collect();
        assert_eq!(keywords, ["minimum", "maximum"]);
    }

    #[test]
    fn an_object_without_a_property_that_it_requires_is_empty() {
        let schema = json!({
            "type": "object", "required": ["a"], "properties": { "a": { "enum": [] } },
        });
        assert_eq!(nevers(&schema), ["", "/properties/a"]);
    }

    #[test]
    fn a_keyword_that_is_not_understood_does_not_hide_the_rest() {
        let unknown = json!({ "dependencies": {}, "unevaluatedProperties": false });
        let schema = json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "properties": {
            "a": unknown, "b": { "type": "string", "minLength": 2, "maxLength": 1 },
        } });
        assert_eq!(nevers(&schema), ["/properties/b"]);
    }

    #[test]
    fn a_large_document_is_not_looked_at() {
        let values: Vec<Value> = (0..=LARGEST).map(Value::from).collect();
        assert!(Document::new(&json!({ "enum": values })).is_none());
    }

    #[test]
    fn alternatives_are_compared() {
        let schema = json!({ "oneOf": [
            { "type": "string" }, { "type": "string", "format": "uri" }, { "type": "integer" },
        ] });
        let document = Document::new(&schema).expect("a schema");
        let part = |index| document.part(&Pointer::root().child("oneOf").item(index));
        let [text, uri, number] = [0, 1, 2].map(|index| part(index).expect("a part"));
        assert!(text.covers(&uri) && !uri.covers(&text));
        assert!(!text.overlaps(&number));
    }

    #[test]
    fn a_document_without_objects_is_known() {
        let schemas = [
            (json!({ "type": "string" }), true),
            (
                json!({ "anyOf": [{ "type": "array" }, { "enum": [1] }] }),
                true,
            ),
            (json!({ "type": ["string", "object"] }), false),
            (json!({ "properties": {} }), false),
        ];
        for (schema, excludes) in schemas {
            let document = Document::new(&schema).expect("a schema");
            assert_eq!(document.excludes_objects(), excludes, "{schema}");
        }
    }
}
