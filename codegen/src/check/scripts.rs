//! Scripts that do not compile. The compiler is given from outside, because it is large.

use serde_json::Value;

use crate::definition::DefinitionSet;
use crate::diagnostic::{Diagnostic, catalog};
use crate::sections::{SCRIPTS, places};

/// Finds scripts for which `compile` returns an error.
pub(super) fn check(
    set: &DefinitionSet,
    definition: &Value,
    compile: &dyn Fn(&str) -> Result<(), String>,
) -> Vec<Diagnostic> {
    let scripts = SCRIPTS
        .iter()
        .flat_map(|pattern| places(definition, pattern));
    let faults = scripts.filter_map(|(pointer, script)| {
        let problem = compile(script.as_str()?).err()?;
        let place = set.value_location(pointer.clone());
        Some(catalog::publication::script_does_not_compile(
            place, &pointer, &problem,
        ))
    });
    faults.collect()
}
