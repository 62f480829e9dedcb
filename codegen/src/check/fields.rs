//! Properties of one object that would be one field.

use crate::diagnostic::{Diagnostic, catalog};
use crate::model::{FieldDef, Model, Shape};

/// Finds fields of one name.
pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let structs = model.types.iter().filter_map(|(_, ty)| match &ty.shape {
        Shape::Struct(definition) => Some(&definition.fields),
        _ => None,
    });
    structs.flat_map(|fields| equal_names(fields)).collect()
}

fn equal_names(fields: &[FieldDef]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (index, second) in fields.iter().enumerate() {
        if let Some(first) = fields[..index]
            .iter()
            .find(|first| first.name == second.name)
        {
            findings.push(catalog::names::same_field_name(
                first.location.clone(),
                &first.wire,
                second.location.clone(),
                &second.wire,
                &second.name,
            ));
        }
    }
    findings
}
