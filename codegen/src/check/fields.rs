//! Properties of one object that would be one field.

use crate::check::same_name::{Named, same_names};
use crate::diagnostic::{Diagnostic, Files};
use crate::model::{Model, Shape};

/// Finds fields of one name.
pub(super) fn check(files: &Files, model: &Model) -> Vec<Diagnostic> {
    let structs = model.types.iter().filter_map(|(_, ty)| match &ty.shape {
        Shape::Struct(definition) => Some(&definition.fields),
        _ => None,
    });
    structs
        .flat_map(|fields| {
            let fields = fields.iter().map(|field| Named {
                wire: &field.wire,
                name: &field.name,
                location: &field.location,
            });
            same_names(files, fields.collect())
        })
        .collect()
}
