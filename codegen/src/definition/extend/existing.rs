//! Items that the definition declares itself.

use serde_json::Value;

use crate::diagnostic::{FileId, Pointer};
use crate::json_schema::{Addressing, keyword, subschemas};

/// An item of a definition that an interface has as well.
#[derive(Debug)]
pub(super) struct Existing<'a> {
    pub(super) file: FileId,
    pub(super) definition: &'a Value,
    pub(super) place: Pointer,
    pub(super) value: &'a mut Value,
}

/// Whether a schema means the same in every place: nothing in it is relative to its surroundings.
pub(super) fn stands_alone(schema: &Value) -> bool {
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        let names = schema
            .as_object()
            .into_iter()
            .flat_map(|schema| schema.keys());
        let mut addressing = names.filter_map(|name| Some(keyword(name)?.addressing));
        let is_named = addressing.any(|one| matches!(one, Addressing::Id | Addressing::Anchor));
        let is_relative = schema
            .get("$ref")
            .and_then(Value::as_str)
            .is_some_and(|text| text.starts_with('#') && !text.starts_with("#/entities/"));
        if is_named || is_relative {
            return false;
        }
        open.extend(subschemas(schema).into_iter().map(|(_, inner)| inner));
    }
    true
}

/// The schema of the entity, or the shared schema, that a schema is nothing but a reference to.
pub(super) fn schema_behind<'a>(
    definition: &'a Value,
    schema: &Value,
) -> Option<(Pointer, &'a Value)> {
    let reference = schema.get("$ref")?.as_str()?;
    let entity = reference.strip_prefix("#/entities/");
    let name = entity.or_else(|| reference.strip_prefix("#/definitions/"))?;
    let place = match entity {
        Some(name) => format!("/entities/{name}/schema"),
        None => format!("/definitions/{name}"),
    };
    let place = Pointer::parse(&place)?;
    let schema = place.find(definition)?;
    (!name.contains('/') && stands_alone(schema)).then_some((place, schema))
}
