//! The limits of Botpress: a warning for each value that it would reject, and no other warning.

use std::env;
use std::path::Path;

use crate::support::{files, name_of, scratch, write};

/// The codes and places of the warnings about a definition with additional lines.
fn warnings(test: &str, lines: &str) -> Vec<String> {
    let folder = scratch(test);
    write(&folder, "long.vrl", "a".repeat(2001));
    write(&folder, "short.vrl", "a".repeat(2000));
    let path = write(&folder, "shop.yaml", format!("version: 1.0.0\n{lines}"));
    let generated = contexture_codegen::generate(path).unwrap();
    let found = generated.warnings.to_json();
    let found = found.as_array().unwrap().iter();
    found
        .map(|one| {
            let (code, pointer) = (one["code"].as_str(), one["pointer"].as_str());
            format!("{} {}", code.unwrap(), pointer.unwrap())
        })
        .collect()
}

/// A definition whose texts exceed Botpress's limits by this many characters.
fn texts(more: usize) -> String {
    let text = |most: usize| "ä".repeat(most + more);
    let (title, description, name) = (text(64), text(256), text(200));
    let about = format!("title: {title}, description: {description}");
    let schema = "schema: { type: object }";
    let shop = "a".repeat(200 + more);
    format!(
        "name: {shop}
title: {title}
description: {description}
sdkVersion: {name}
attributes: {{ category: {name} }}
configuration: {{ {about} }}
configurations: {{ token: {{ {about}, {schema} }} }}
actions:
  add: {{ {about}, attributes: {{ a: {name} }}, input: {{ {schema} }}, output: {{ {schema} }} }}
events: {{ sold: {{ {about}, attributes: {{ a: {name} }}, {schema} }} }}
entities: {{ product: {{ {about}, {schema} }} }}
channels:
  orders:
    title: {title}
    description: {description}
    messages: {{}}
    conversation: {{ tags: {{ a: {{ {about} }} }} }}
    message: {{ tags: {{ a: {{ {about} }} }} }}
user: {{ tags: {{ a: {{ {about} }} }} }}
interfaces:
  listable:
    entities: {{ a: {{ name: {name} }} }}
    actions: {{ a: {{ name: {name} }} }}
    events: {{ a: {{ name: {name} }} }}
    channels: {{ a: {{ name: {name} }} }}
"
    )
}

#[test]
fn a_text_as_long_as_can_be_is_fine() {
    assert_eq!(warnings("longest", &texts(0)), [""; 0]);
}

#[test]
fn every_text_with_one_character_more_is_warned_about() {
    let found = warnings("longer", &texts(1));
    assert!(
        found.iter().all(|one| one.starts_with("C0601 ")),
        "{found:#?}"
    );
    assert_eq!(found.len(), 29, "{found:#?}");
}

#[test]
fn a_script_in_a_file_is_measured_as_well() {
    let definition = "name: shop
identifier:
  extractScript: { file: long.vrl }
  fallbackHandlerScript: { file: short.vrl }
configuration: { identifier: { linkTemplateScript: { file: long.vrl } } }
configurations: { token: { identifier: { linkTemplateScript: { file: long.vrl } } } }
";
    assert_eq!(
        warnings("scripts", definition),
        [
            "C0601 /identifier/extractScript",
            "C0601 /configuration/identifier/linkTemplateScript",
            "C0601 /configurations/token/identifier/linkTemplateScript",
        ]
    );
}

#[test]
fn identifiers_of_interfaces_have_28_to_36_characters() {
    for (length, is_fine) in [
        (0, true),
        (1, false),
        (27, false),
        (28, true),
        (36, true),
        (37, false),
    ] {
        let id = "a".repeat(length);
        let definition = format!("name: shop\ninterfaces: {{ listable: {{ id: '{id}' }} }}\n");
        let found = warnings("interface-id", &definition);
        assert_eq!(found.is_empty(), is_fine, "{length}: {found:?}");
    }
}

/// Published definitions are within all limits. `CONTEXTURE_CORPUS` names a folder of such definitions.
#[test]
fn real_definitions_keep_the_limits() {
    let Some(corpus) = env::var_os("CONTEXTURE_CORPUS") else {
        return;
    };
    for path in files(&Path::new(&corpus).join("integrations")) {
        let found = contexture_codegen::lint(&path);
        let mut broken = found.iter().filter(|one| one.code().starts_with("C06"));
        assert!(broken.next().is_none(), "{}", name_of(&path));
    }
}
