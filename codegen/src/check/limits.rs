//! The limits that Botpress sets to the texts of a definition.
//!
//! They are those of the body that creates an integration (`createIntegrationBody`) in the OpenAPI
//! document of Botpress's admin API, version 1.70. Lengths count characters, as JSON Schema does.
//! The values of secrets have a limit too, but no definition has them; their names have none.

use serde_json::Value;

use super::places::places;
use crate::definition::DefinitionSet;
use crate::diagnostic::{Diagnostic, catalog};

/// Where a text may have how many characters at most.
const LONGEST: &[(usize, &[&str])] = &[
    (64, TITLES),
    (
        200,
        &[
            "name",
            "version",
            "sdkVersion",
            "attributes/*",
            "actions/*/attributes/*",
            "events/*/attributes/*",
            "interfaces/*/actions/*/name",
            "interfaces/*/channels/*/name",
            "interfaces/*/entities/*/name",
            "interfaces/*/events/*/name",
        ],
    ),
    (256, DESCRIPTIONS),
    (
        2000,
        &[
            "identifier/extractScript",
            "identifier/fallbackHandlerScript",
            "configuration/identifier/linkTemplateScript",
            "configurations/*/identifier/linkTemplateScript",
        ],
    ),
];

const TITLES: &[&str] = &[
    "title",
    "configuration/title",
    "configurations/*/title",
    "actions/*/title",
    "events/*/title",
    "entities/*/title",
    "channels/*/title",
    "channels/*/conversation/tags/*/title",
    "channels/*/message/tags/*/title",
    "user/tags/*/title",
];

const DESCRIPTIONS: &[&str] = &[
    "description",
    "configuration/description",
    "configurations/*/description",
    "actions/*/description",
    "events/*/description",
    "entities/*/description",
    "channels/*/description",
    "channels/*/conversation/tags/*/description",
    "channels/*/message/tags/*/description",
    "user/tags/*/description",
];

/// How many characters the identifier of an interface has.
const INTERFACE_ID: std::ops::RangeInclusive<usize> = 28..=36;

/// Finds texts that are longer or shorter than Botpress takes.
pub(super) fn check(set: &DefinitionSet, definition: &Value) -> Vec<Diagnostic> {
    let mut findings = too_long(set, definition);
    for (pointer, title) in places(definition, "title") {
        if title.as_str() == Some("") {
            findings.push(catalog::server::empty_title(set.value_location(pointer)));
        }
    }
    // What is printed of an integration has empty identifiers: they are looked up when it is published.
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
    for (most, patterns) in LONGEST {
        for (pointer, text) in patterns
            .iter()
            .flat_map(|pattern| places(definition, pattern))
        {
            let length = text.as_str().unwrap_or_default().chars().count();
            if length > *most {
                let place = set.value_location(pointer.clone());
                let finding = catalog::server::text_too_long(place, &pointer, length, *most);
                findings.push(finding);
            }
        }
    }
    findings
}
