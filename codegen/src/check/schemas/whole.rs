//! The schemas that are in no other one, each prepared for questions about the values that fit it.

use std::collections::HashMap;

use serde_json::Value;

use super::subject::Subject;
use crate::definition::{DefinitionSet, SchemaAt};
use crate::diagnostic::catalog::publication::payload_not_object;
use crate::diagnostic::{Diagnostic, Location, Pointer};
use crate::json_schema::Document;
use crate::sections::{embedded_schemas, is_entity, is_sent_as_object};

/// A schema that is in no other one.
pub(super) struct Whole<'a> {
    pub(super) set: &'a DefinitionSet<'a>,
    pub(super) at: &'a SchemaAt,
    /// The schemas in it, and the schema itself.
    pub(super) inside: &'a [SchemaAt],
    /// The schema with the targets of its references.
    pub(super) document: Document<'a>,
}

impl<'a> Whole<'a> {
    /// Prepares a schema, which comes with the targets of its references; `None` if nothing can be said of it.
    pub(super) fn new(
        set: &'a DefinitionSet<'a>,
        (at, inside): (&'a SchemaAt, &'a [SchemaAt]),
        schema: &'a Value,
    ) -> Option<Self> {
        let document = Document::new(schema)?;
        Some(Self {
            set,
            at,
            inside,
            document,
        })
    }

    /// Whether the schema is that of a payload.
    pub(super) fn is_payload(&self) -> bool {
        self.at.file == self.set.root() && !is_entity(&self.at.pointer)
    }

    /// Finds a payload that is never an object.
    pub(super) fn check_kind(&self) -> Option<Diagnostic> {
        let is_wrong = self.is_payload()
            && is_sent_as_object(&self.at.pointer)
            && self.document.has_values()
            && self.document.excludes_objects();
        let place = Location::key(self.at.file, self.at.pointer.clone());
        is_wrong.then(|| payload_not_object(place))
    }
}

/// The schemas that are in no other one, each with the schemas in it.
pub(super) fn outermost(set: &DefinitionSet) -> Vec<(SchemaAt, Vec<SchemaAt>)> {
    let embedded = embedded_schemas(&set.files().get(set.root()).value);
    let embedded = embedded.into_iter().map(|at| set.schema_at(at));
    let mut all: Vec<_> = embedded.map(|at| (at, Vec::new())).collect();
    let place = |at: &SchemaAt, pointer: Pointer| (at.file, pointer);
    let indexes = all.iter().enumerate();
    let indexes = indexes.map(|(index, (at, _))| (place(at, at.pointer.clone()), index));
    let mut indexes: HashMap<_, _> = indexes.collect();
    let is_author = |at: &&SchemaAt| Subject::new(set, at).is_some();
    // A schema comes before those inside of it.
    for at in set.schemas().iter().filter(is_author) {
        let mut around = at.pointer.ancestors();
        let outer = around.find_map(|pointer| indexes.get(&place(at, pointer)).copied());
        let index = outer.unwrap_or_else(|| {
            indexes.insert(place(at, at.pointer.clone()), all.len());
            all.push((at.clone(), Vec::new()));
            all.len() - 1
        });
        all[index].1.push(at.clone());
    }
    all
}
