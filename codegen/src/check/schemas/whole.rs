//! The schemas that are in no other one, each prepared for questions about the values that fit it.

use serde_json::Value;

use super::subject::Subject;
use crate::definition::{DefinitionSet, SchemaAt};
use crate::diagnostic::catalog::publication::payload_not_object;
use crate::diagnostic::{Diagnostic, Location};
use crate::json_schema::Document;
use crate::sections::{embedded_schemas, is_entity, is_sent_as_object};

/// A schema that is in no other one.
pub(super) struct Whole<'a> {
    pub(super) set: &'a DefinitionSet,
    pub(super) at: &'a SchemaAt,
    /// The schema with the targets of its references.
    pub(super) document: Document<'a>,
}

impl<'a> Whole<'a> {
    /// Prepares a schema, which comes with the targets of its references; `None` if nothing can be said of it.
    pub(super) fn new(set: &'a DefinitionSet, at: &'a SchemaAt, schema: &'a Value) -> Option<Self> {
        let document = Document::new(schema)?;
        Some(Self { set, at, document })
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

/// The schemas of the definition, and those of other files that are in no other one.
pub(super) fn outermost(set: &DefinitionSet) -> Vec<SchemaAt> {
    let embedded = embedded_schemas(&set.files().get(set.root()).value);
    let mut all: Vec<_> = embedded.into_iter().map(|at| set.schema_at(at)).collect();
    let is_author = |at: &&SchemaAt| Subject::new(set, at).is_some();
    // A schema comes before those inside of it.
    for at in set.schemas().iter().filter(is_author) {
        let is_inside =
            |outer: &SchemaAt| outer.file == at.file && at.pointer.is_within(&outer.pointer);
        if !all.iter().any(is_inside) {
            all.push(at.clone());
        }
    }
    all
}
