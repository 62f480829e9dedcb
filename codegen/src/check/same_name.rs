//! Members of one struct that would be one field.

use crate::diagnostic::{Diagnostic, Files, Location, catalog};

/// What becomes a field: its name in the definition, its name in Rust, and where it is.
pub(super) struct Named<'a> {
    pub(super) wire: &'a str,
    pub(super) name: &'a str,
    pub(super) location: &'a Location,
}

/// Finds members of one name, each with the one that the author wrote first.
pub(super) fn same_names(files: &Files, mut members: Vec<Named<'_>>) -> Vec<Diagnostic> {
    members.sort_by_key(|member| files.position(member.location));
    let mut findings = Vec::new();
    for (index, second) in members.iter().enumerate() {
        if let Some(first) = members[..index]
            .iter()
            .find(|first| first.name == second.name)
        {
            findings.push(catalog::names::same_field_name(
                first.location.clone(),
                first.wire,
                second.location.clone(),
                second.wire,
                second.name,
            ));
        }
    }
    findings
}
