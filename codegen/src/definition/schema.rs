//! JSON Schemas as an author writes them.

use schemars::JsonSchema;
use schemars::r#gen::SchemaGenerator;
use schemars::schema::{InstanceType, Metadata, SchemaObject, SingleOrVec};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::diagnostic::{FileId, Pointer};

/// A JSON Schema: an object, `true` for any value, or `false` for none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Schema(pub Value);

/// Where a schema is: in which file, where there, and within which other one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SchemaAt {
    /// The file.
    pub file: FileId,
    /// The outermost schema around it, which `#` means in references, if none between has an `$id`.
    pub root: Pointer,
    /// The schema itself, in the file.
    pub pointer: Pointer,
}

impl SchemaAt {
    /// A schema that is its own root, as those of a definition are.
    #[must_use]
    pub(crate) fn new(file: FileId, pointer: Pointer) -> Self {
        Self {
            file,
            root: pointer.clone(),
            pointer,
        }
    }

    /// A schema inside this one.
    #[must_use]
    pub(crate) fn child(&self, name: &str) -> Self {
        Self {
            file: self.file,
            root: self.root.clone(),
            pointer: self.pointer.child(name),
        }
    }

    /// A schema at a pointer inside this one.
    #[must_use]
    pub(crate) fn join(&self, pointer: &Pointer) -> Self {
        Self {
            file: self.file,
            root: self.root.clone(),
            pointer: self.pointer.join(pointer),
        }
    }

    /// A schema of a list inside this one, as in `anyOf`.
    #[must_use]
    pub(crate) fn item(&self, index: usize) -> Self {
        Self {
            file: self.file,
            root: self.root.clone(),
            pointer: self.pointer.item(index),
        }
    }
}

impl JsonSchema for Schema {
    fn schema_name() -> String {
        "Schema".to_owned()
    }

    fn json_schema(_: &mut SchemaGenerator) -> schemars::schema::Schema {
        let types = vec![InstanceType::Object, InstanceType::Boolean];
        let metadata = Metadata {
            description: Some(
                "A JSON Schema: draft 7, unless `$schema` says otherwise.".to_owned(),
            ),
            ..Metadata::default()
        };
        SchemaObject {
            metadata: Some(Box::new(metadata)),
            instance_type: Some(SingleOrVec::Vec(types)),
            ..SchemaObject::default()
        }
        .into()
    }
}
