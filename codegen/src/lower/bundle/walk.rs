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

/// Whether an object somewhere in a value has a member that is wanted, by its name and value.
pub(super) fn has_member(value: &Value, is_wanted: &impl Fn(&str, &Value) -> bool) -> bool {
    match value {
        Value::Object(members) => members
            .iter()
            .any(|(name, member)| is_wanted(name, member) || has_member(member, is_wanted)),
        Value::Array(items) => items.iter().any(|item| has_member(item, is_wanted)),
        _ => false,
    }
}
