//! Properties whose names say nothing in Rust.

use crate::definition::DefinitionSet;
use crate::diagnostic::{Diagnostic, catalog};
use crate::model::{FieldDef, Model, Shape};

/// Finds properties that have neither letters nor digits in their names, and get no other name.
pub(super) fn check(set: &DefinitionSet, model: &Model) -> Vec<Diagnostic> {
    let structs = model.types.iter().filter_map(|(_, ty)| match &ty.shape {
        Shape::Struct(definition) => Some(&definition.fields),
        _ => None,
    });
    let fields = structs.flatten();
    fields
        .filter(|field| !field.wire.chars().any(char::is_alphanumeric) && !is_renamed(set, field))
        .map(|field| {
            let place = field.location.clone();
            catalog::names::name_without_letters(place, &field.wire, &field.name)
        })
        .collect()
}

fn is_renamed(set: &DefinitionSet, field: &FieldDef) -> bool {
    let file = set.files().get(field.location.file);
    let pointer = field.location.pointer();
    let schema = pointer.and_then(|pointer| pointer.find(&file.value));
    schema.is_some_and(|schema| schema.get("x-rust-name").is_some())
}
