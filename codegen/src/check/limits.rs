//! Botpress's limits for the strings of a definition.
//!
//! The limits are in the table of sections. Lengths count characters, as JSON Schema does. The values of secrets have a
//! limit too, but no definition contains them; their names have none.

use serde_json::Value;

use crate::definition::DefinitionSet;
use crate::diagnostic::{Diagnostic, catalog};
use crate::sections::{SECTIONS, places};

/// How many characters the identifier of an interface has.
const INTERFACE_ID: std::ops::RangeInclusive<usize> = 28..=36;

/// Finds strings that are longer or shorter than Botpress allows.
pub(super) fn check(set: &DefinitionSet, definition: &Value) -> Vec<Diagnostic> {
    let mut findings = too_long(set, definition);
    for (pointer, title) in places(definition, "title") {
        if title.as_str() == Some("") {
            findings.push(catalog::server::empty_title(set.value_location(pointer)));
        }
    }
    // A printed integration has empty identifiers; they are filled in when it is published.
    for (pointer, id) in places(definition, "interfaces/*/id") {
        let length = id.as_str().unwrap_or_default().chars().count();
        if length > 0 && !INTERFACE_ID.contains(&length) {
            let place = set.value_location(pointer.clone());
            let (least, most) = INTERFACE_ID.into_inner();
            let finding = catalog::server::interface_id(place, &pointer, length, least, most);
            findings.push(finding);
        }
    }
    findings
}

fn too_long(set: &DefinitionSet, definition: &Value) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let limited = SECTIONS.iter().flat_map(|section| {
        let limits = section.longest.iter();
        limits.flat_map(|(pattern, most)| {
            let texts = section.places(definition, pattern).into_iter();
            texts.map(|(pointer, text)| (pointer, text, *most))
        })
    });
    for (pointer, text, most) in limited {
        let length = text.as_str().unwrap_or_default().chars().count();
        if length > most {
            let place = set.value_location(pointer.clone());
            let finding = catalog::server::text_too_long(place, &pointer, length, most);
            findings.push(finding);
        }
    }
    findings
}
