//! All schemas inside of a schema.

use serde_json::Value;

use crate::diagnostic::Pointer;
use crate::json_schema::subschemas;

/// A schema and all schemas inside of it, each with its place.
pub(super) fn schemas_of(schema: &Value) -> impl Iterator<Item = (Pointer, &Value)> {
    let mut open = vec![(Pointer::root(), schema)];
    std::iter::from_fn(move || {
        let (pointer, schema) = open.pop()?;
        let inner = subschemas(schema).into_iter().rev();
        open.extend(inner.map(|(inner, schema)| (pointer.join(&inner), schema)));
        Some((pointer, schema))
    })
}
