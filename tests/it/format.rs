//! The JSON Schema of the definition format, which editors use to check definition files.

use std::fs;

use contexture_codegen::format_schema;
use serde_json::Value;

use crate::support::{definitions, has_ending, read_value, repository};

const SHIPPED: &str = "definitions/format.schema.json";

/// The first line of a YAML definition, by which an editor finds the schema.
const MODELINE: &str = "# yaml-language-server: $schema=format.schema.json";

#[test]
fn the_shipped_schema_is_that_of_the_format() {
    let path = repository(SHIPPED);
    let current = format!("{:#}\n", format_schema());
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &current).unwrap();
    }
    let shipped = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        shipped == current,
        "{SHIPPED} is not the schema of the format: \
         run `cargo update-snapshots`"
    );
}

#[test]
fn every_definition_fits_the_schema() {
    let validator = jsonschema::draft7::new(&format_schema()).unwrap();
    for path in definitions() {
        let definition = read_value(&path);
        let violations: Vec<String> = validator
            .iter_errors(&definition)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(violations, [""; 0], "{}", path.display());
    }
}

#[test]
fn a_mistake_does_not_fit_the_schema() {
    let validator = jsonschema::draft7::new(&format_schema()).unwrap();
    for mistake in [
        r#"{ "name": "a" }"#,
        r#"{ "name": "a", "version": 1 }"#,
        r#"{ "name": "a", "version": "1", "action": {} }"#,
        r#"{ "name": "a", "version": "1", "configuration": { "schema": { "type": "strng" } } }"#,
        r#"{ "name": "a", "version": "1", "secrets": { "lower": {} } }"#,
        r#"{ "name": "a", "version": "1", "definitions": { "size": 5 } }"#,
        r#"{ "name": "a", "version": "1", "channels": { "dm": { "messages": { "$defaults": ["txt"] } } } }"#,
    ] {
        let definition: Value = serde_json::from_str(mistake).unwrap();
        assert!(!validator.is_valid(&definition), "{mistake}");
    }
}

#[test]
fn an_overlay_has_what_differs_and_removes_with_null() {
    let validator = jsonschema::draft7::new(&format_schema()).unwrap();
    for (overlay, expected) in [
        (r#"{ "base": "a.json" }"#, true),
        (
            r#"{ "base": "a.json", "title": null, "actions": { "buy": null } }"#,
            true,
        ),
        (
            r#"{ "base": "a.json", "actions": { "buy": { "title": "Buy" } } }"#,
            true,
        ),
        (
            r#"{ "base": "a.json", "configuration": { "schema": { "properties": { "a": null } } } }"#,
            true,
        ),
        (r#"{ "base": "a.json", "actoins": {} }"#, false),
        (
            r#"{ "base": "a.json", "actions": { "buy": { "titel": "Buy" } } }"#,
            false,
        ),
        (
            r#"{ "base": "a.json", "states": { "cart": { "type": "usr" } } }"#,
            false,
        ),
        (r#"{ "actions": { "buy": { "title": "Buy" } } }"#, false),
    ] {
        let overlay: Value = serde_json::from_str(overlay).unwrap();
        assert_eq!(validator.is_valid(&overlay), expected, "{overlay}");
    }
}

#[test]
fn every_yaml_definition_names_the_schema_in_its_first_line() {
    for path in definitions() {
        let text = fs::read_to_string(&path).unwrap();
        if has_ending(&path, "yaml") {
            assert_eq!(text.lines().next(), Some(MODELINE), "{}", path.display());
        }
    }
}
