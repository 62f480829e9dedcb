//! Names that mean something already.

use crate::diagnostic::{Diagnostic, catalog};
use crate::model::Model;

/// Finds a configuration that would be taken for the primary one.
pub(super) fn check(model: &Model) -> Vec<Diagnostic> {
    let named = model
        .configurations
        .variants
        .iter()
        .filter(|configuration| configuration.wire.is_some());
    let primary = named.filter(|configuration| configuration.name == "Primary");
    primary
        .map(|configuration| {
            catalog::names::reserved_name(configuration.location.clone(), &configuration.name)
        })
        .collect()
}
