//! The rules of the official linter.
//!
//! Each rule of the linter is a row in the table of sections: its items, its condition, and its
//! level. Here every violation is a warning, since code can be generated nevertheless.

mod fields;

use std::collections::HashSet;

use serde_json::Value;

use self::fields::{Field, fields, is_missing};
use crate::definition::DefinitionSet;
use crate::diagnostic::catalog::lint::{Broken, missing, together, unwanted};
use crate::diagnostic::{CATALOG, Diagnostic, Entry, Location, Pointer};
use crate::sections::{Rule, SECTIONS, Section, Wants};

/// Finds what the official linter reports: one diagnostic for each rule, at its first place.
///
/// What an interface declares is not the author's, and is left out.
pub(super) fn check(set: &DefinitionSet, definition: &Value) -> Vec<Diagnostic> {
    let rules = SECTIONS
        .iter()
        .flat_map(|section| section.rules.iter().map(move |rule| (section, rule)));
    let mut seen = HashSet::new();
    rules
        .filter_map(|(section, rule)| {
            let mut found = check_rule(set, definition, section, rule);
            found.retain(|finding| is_own(set, finding));
            // A schema that several payloads share is looked at in each of them.
            found.retain(|one| seen.insert((one.entry().code, one.primary.location.clone())));
            found.sort_by_key(|finding| set.files().position(finding.place()));
            together(found)
        })
        .collect()
}

/// Whether a finding is in the author's own file, and not in that of an interface.
fn is_own(set: &DefinitionSet, finding: &Diagnostic) -> bool {
    set.files().written(finding.place().clone()).file == set.root()
}

fn check_rule(
    set: &DefinitionSet,
    definition: &Value,
    section: &Section,
    rule: &Rule,
) -> Vec<Diagnostic> {
    let given = section.places(definition, rule.given);
    let items = given.iter();
    match rule.wants {
        Wants::Text(name) => items
            .filter(|(_, item)| is_missing(item.get(name)))
            .map(|(pointer, item)| {
                let place = place_of(set, pointer, item, name);
                missing(place, broken(rule, pointer, None), name)
            })
            .collect(),
        Wants::Nothing(name) => items
            .filter(|(_, item)| !is_missing(item.get(name)))
            .map(|(pointer, _)| {
                let place = set.key_location(pointer.child(name));
                unwanted(place, broken(rule, pointer, None), name)
            })
            .collect(),
        Wants::FieldTitles => check_fields(set, &given, rule, "title", |field| field.has_title),
        Wants::ShownFieldTitles => check_fields(set, &given, rule, "title", |field| {
            field.has_title || !field.is_shown
        }),
        Wants::FieldDescriptions => check_fields(set, &given, rule, "description", |field| {
            field.has_description
        }),
    }
}

/// Finds the properties of schemas, at any depth, that are not as they should be.
fn check_fields(
    set: &DefinitionSet,
    schemas: &[(Pointer, &Value)],
    rule: &Rule,
    text: &str,
    is_fine: fn(&Field) -> bool,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (pointer, _) in schemas {
        let schema = set.key_location(pointer.clone());
        for field in fields(set, set.schema_at(pointer.clone())) {
            if !is_fine(&field) {
                let place = Location::key(field.at.file, field.at.pointer.clone());
                let broken = broken(rule, &field.at.pointer, Some(&schema));
                findings.push(missing(place, broken, text));
            }
        }
    }
    findings
}

fn broken<'a>(rule: &'a Rule, subject: &'a Pointer, schema: Option<&'a Location>) -> Broken<'a> {
    Broken {
        entry: entry(rule),
        rule: rule.name,
        level: rule.level,
        subject,
        schema,
    }
}

/// Where an item lacks a text: at the empty text, at the item, or, where the item is the whole file,
/// at the name of the integration.
fn place_of(set: &DefinitionSet, pointer: &Pointer, item: &Value, name: &str) -> Location {
    if item.get(name).is_some() {
        set.value_location(pointer.child(name))
    } else if *pointer == Pointer::root() {
        set.key_location(pointer.child("name"))
    } else {
        set.key_location(pointer.clone())
    }
}

fn entry(rule: &Rule) -> &'static Entry {
    let mut entries = CATALOG.iter();
    let entry = entries.find(|entry| entry.name == rule.entry);
    entry.expect("every rule names an entry of the catalog")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::generator::Generator;
    use crate::system::MemorySystem;

    #[test]
    fn every_rule_leads_to_a_lint_of_the_catalog() {
        for rule in SECTIONS.iter().flat_map(|section| section.rules) {
            assert!(entry(rule).is_lint(), "{}", rule.name);
        }
    }

    #[test]
    fn a_shared_schema_is_reported_once_and_where_it_stands() {
        let definition = "\
name: shop
version: 1.0.0
definitions:
  price: { type: object, properties: { amount: { type: number }, whole: { $ref: '#/definitions/price' } } }
  unused: { type: object, properties: { amount: { type: number } } }
events:
  sold: { schema: { type: object, properties: { price: { $ref: '#/definitions/price' } } } }
  kept: { schema: { $ref: '#/definitions/price' } }
";
        let system = MemorySystem::new(&[("shop.yaml", definition)]);
        let found = Generator::with_system("shop.yaml", Arc::new(system))
            .lint()
            .to_json();
        let described: Vec<_> = found
            .as_array()
            .expect("an array")
            .iter()
            .filter(|one| one["name"] == "field-without-description")
            .flat_map(|one| {
                let others = one["labels"].as_array().expect("an array");
                std::iter::once(one).chain(others)
            })
            .map(|one| (one["line"].as_u64(), one["column"].as_u64()))
            .collect();
        assert_eq!(
            described,
            [
                (Some(4), Some(40)),
                (Some(4), Some(66)),
                (Some(7), Some(49))
            ]
        );
    }
}
