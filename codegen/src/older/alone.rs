//! What outlives a version, without the rest.

use crate::definition::{DefinitionSet, LoadedDefinition};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::lower;
use crate::model::Model;

/// Lowers what outlives a version. Its warnings are of the past.
pub(super) fn lower_stored(definition: LoadedDefinition) -> Result<Model, Diagnostics> {
    let definition = definition.stored_alone();
    let set = DefinitionSet::new(&definition);
    let (model, findings) = lower::lower_stored(&set);
    let mut errors = Diagnostics::new(set.files().clone());
    errors.extend(findings.into_iter().filter(Diagnostic::is_error));
    if errors.is_empty() {
        Ok(model)
    } else {
        Err(errors)
    }
}
