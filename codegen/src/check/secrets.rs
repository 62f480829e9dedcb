//! Secrets that would be one field, where no type has the name already.

use crate::diagnostic::{Diagnostic, catalog};
use crate::model::Model;

/// Finds secrets of one name.
pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (index, second) in model.secrets.iter().enumerate() {
        if let Some(first) = model.secrets[..index]
            .iter()
            .find(|first| first.field == second.field)
        {
            findings.push(catalog::names::same_field_name(
                first.location.clone(),
                &first.wire,
                second.location.clone(),
                &second.wire,
                &second.field,
            ));
        }
    }
    findings
}
