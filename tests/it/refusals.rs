//! Every error and every warning, in the form that an author sees.
//!
//! `fixtures/refused/` has one definition for each kind of diagnostic, with its name. `fixtures/lint/` has those of the
//! linter.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use contexture_codegen::{CATALOG, Diagnostics, Generator, Severity};

use crate::support::{compile_script, files, name_of, scratch, snapshots, stem_of, write};

/// A diagnostic without a cause so far, for keywords that the schema of the format does not use yet.
const WITHOUT_FIXTURE: [&str; 1] = ["invalid-definition"];

/// The fixtures, with paths as in messages: relative to the package, where tests run.
fn fixtures() -> Vec<PathBuf> {
    files(Path::new("fixtures/refused"))
}

/// The diagnostics of a definition.
fn findings(path: &Path) -> Diagnostics {
    let generator = Generator::new(path).compile_scripts(compile_script);
    match generator.generate() {
        Ok(generated) => generated.warnings,
        Err(refusal) => refusal,
    }
}

/// The codes of the findings with their lines, in the order of the output.
fn places(found: &Diagnostics) -> Vec<String> {
    let found = found.to_json();
    let found = found.as_array().unwrap();
    found
        .iter()
        .map(|one| format!("{} {}", one["name"].as_str().unwrap(), one["line"]))
        .collect()
}

#[test]
fn every_kind_of_diagnostic_has_its_fixture() {
    let fixtures: BTreeSet<String> = fixtures().iter().map(|path| stem_of(path)).collect();
    let kinds: BTreeSet<String> = CATALOG
        .iter()
        .filter(|entry| !entry.is_lint())
        .map(|entry| entry.name.to_owned())
        .filter(|name| !WITHOUT_FIXTURE.contains(&name.as_str()))
        .collect();
    assert_eq!(fixtures, kinds);
}

#[test]
fn every_fixture_causes_only_the_diagnostic_of_its_name() {
    for path in fixtures() {
        let found = findings(&path);
        let names: BTreeSet<&str> = found.iter().map(|one| one.entry().name).collect();
        assert_eq!(names, BTreeSet::from([stem_of(&path).as_str()]));
    }
}

#[test]
fn errors_refuse_and_warnings_do_not() {
    for path in fixtures() {
        let entry = CATALOG
            .iter()
            .find(|entry| entry.name == stem_of(&path))
            .unwrap();
        let is_generated = contexture_codegen::generate(&path).is_ok();
        assert_eq!(
            is_generated,
            entry.severity != Severity::Error,
            "{}",
            entry.name
        );
    }
}

#[test]
fn every_diagnostic_is_drawn_as_it_was_reviewed() {
    insta::glob!("../fixtures/refused", "*.*", |absolute| {
        let path = PathBuf::from(format!("fixtures/refused/{}", name_of(absolute)));
        snapshots("refused").bind(|| {
            insta::assert_snapshot!(stem_of(&path), findings(&path).render(false));
        });
    });
}

/// Mistakes of every kind in a secret's schema, with `hunter` in every place for a value.
const SECRETS_WITH_MISTAKES: [&str; 15] = [
    "{ type: string, default: hunter2, examples: [hunter2], x-zui: { secret: true } }",
    "{ type: string, enum: [hunterId, HunterId, hunterID], x-zui: { secret: true } }",
    "{ enum: [hunter2, hunter3], x-rust-names: { hunter2: A, hunter3: A }, x-zui: { secret: true } }",
    "{ type: string, pattern: 'hunter2(', x-zui: { secret: true } }",
    "{ type: string, const: hunter2, const: hunter3, x-zui: { secret: true } }",
    "{ type: integer, default: hunter2, x-zui: { secret: true } }",
    "{ type: string, minLength: hunter2, x-zui: { secret: true } }",
    "{ type: string, enum: hunter2, x-zui: { secret: true } }",
    "{ type: string, value: hunter2, minLength: -1, x-zui: { secret: true } }",
    "{ type: object, properties: { a: { pattern: 'hunter2(' }, b: { enum: [hunterId, HunterId, hunterID] } }, x-zui: { secret: true } }",
    "{ type: array, items: { const: hunter2, minItems: -1 }, x-zui: { secret: true } }",
    "{ anyOf: [{ const: hunterId }, { const: HunterId }, { const: hunterID }], x-zui: { secret: true } }",
    "{ oneOf: [{ type: object, required: [t], properties: { t: { const: hunterId } } }, { type: object, required: [t], properties: { t: { const: HunterId } } }, { type: object, required: [t], properties: { t: { const: hunterID } } }], x-zui: { secret: true } }",
    "{ type: object, patternProperties: { '(': { const: hunter2 } }, x-zui: { secret: true } }",
    "{ type: object, dependencies: { a: hunter2 }, if: { const: hunter2, maximum: x }, x-zui: { secret: true } }",
];

#[test]
fn no_diagnostic_shows_the_value_of_a_secret() {
    let folder = scratch("secret-values");
    for schema in SECRETS_WITH_MISTAKES {
        let definition = format!(
            "name: shop\nversion: 1.0.0\nconfiguration:\n  schema:\n    type: object\n    \
             properties:\n      key: {schema}\n"
        );
        let found = findings(&write(&folder, "shop.yaml", &definition));
        assert!(!found.is_empty(), "there is no finding for {schema}");
        let shown = [
            found.render(false),
            found.render(true),
            found.to_json().to_string(),
            found.to_github(),
            found.one_line_each().join("\n"),
        ];
        for text in shown {
            assert!(!text.to_lowercase().contains("hunter"), "{schema}:\n{text}");
        }
    }
}

#[test]
fn values_of_integration_secrets_are_not_shown() {
    let definition =
        "name: shop\nversion: 1.0.0\nsecrets:\n  KEY: hunter2\n  OTHER: {}\n  OTHER: hunter3\n";
    let found = findings(&write(&scratch("secret-section"), "shop.yaml", definition));
    let shown = found.render(false) + &found.to_json().to_string() + &found.to_github();
    assert!(!found.is_empty() && !shown.contains("hunter"), "{shown}");
}

#[test]
fn three_mistakes_in_one_file_are_found_in_one_go() {
    let folder = scratch("three-mistakes");
    let definition = "\
name: shop
version: 1.0
actions:
  addProduct:
    input:
      schema: { type: object, properties: { product: { $ref: '#/entities/product' } } }
    output:
      schema: { type: objekt }
";
    let found = findings(&write(&folder, "shop.yaml", definition));
    assert_eq!(
        places(&found),
        ["wrong-type 2", "missing-entity 6", "unknown-type 8"]
    );
}

#[test]
fn mistakes_of_every_phase_are_found_in_one_go() {
    let folder = scratch("phases");
    let definition = "\
name: shop
version: 1.0.0
configuration:
  schema:
    type: object
    properties:
      apiKey: { type: string, default: hunter2, x-zui: { secret: true } }
      api_key: { type: string }
states:
  cart:
    type: integraton
    schema: { type: object }
readme: { file: missing.md }
secrets:
  key: {}
";
    let found = findings(&write(&folder, "shop.yaml", definition));
    assert_eq!(
        places(&found),
        [
            "secret-with-value 7",
            "folded-name 8",
            "unmarked-secret 8",
            "unknown-value 11",
            "unreadable-file 13",
            "secret-name 15",
        ]
    );
}

#[test]
fn a_collision_names_the_first_declaration_first() {
    let folder = scratch("collision-order");
    let definition = "\
name: shop
version: 1.0.0
entities:
  b-item: { schema: { type: object, properties: { z-z: { type: string }, a: {}, zZ: { type: string } } } }
  bItem: { schema: { type: object } }
  b item: { schema: { type: object } }
";
    let found = findings(&write(&folder, "shop.yaml", definition));
    let messages: Vec<&str> = found
        .iter()
        .map(contexture_codegen::Diagnostic::message)
        .collect();
    assert_eq!(
        messages,
        [
            "`z-z` and `zZ` have the same name in Rust",
            "`b-item` and `bItem` have the same name in Rust",
            "`b-item` and `b item` have the same name in Rust",
        ]
    );
}

#[test]
fn broken_syntax_is_drawn_at_its_line_in_either_language() {
    let folder = scratch("syntax");
    let broken = [
        ("tab.yaml", "name: shop\nactions:\n\tadd: {}\n", 3),
        ("open.yaml", "name: shop\nactions: { a: [\n", 2),
        ("quote.yaml", "name: shop\nversion: \"1.0.0\n", 2),
        ("two.yaml", "name: shop\n---\nname: other\n", 2),
        ("comma.json", "{\n  \"name\": \"shop\",\n}\n", 3),
        (
            "crlf.json",
            "{\r\n  \"name\": \"shop\"\r\n  \"version\": \"1\"\r\n}\r\n",
            3,
        ),
        (
            "comment.json",
            "{\n  // a shop\n  \"name\": \"shop\"\n}\n",
            2,
        ),
    ];
    for (name, text, line) in broken {
        let found = findings(&write(&folder, name, text));
        assert_eq!(places(&found), [format!("syntax-error {line}")], "{name}");
    }
}

#[test]
fn a_definition_that_is_not_there_is_named() {
    let found = findings(Path::new("nowhere/shop.yaml"));
    assert_eq!(
        found.render(false).trim_end(),
        "error[C0001]: could not read `nowhere/shop.yaml`: there is no such file\n--> nowhere/shop.yaml"
    );
}

#[test]
fn a_definition_that_is_no_text_is_named() {
    let path = write(&scratch("bytes"), "shop.yaml", b"name: caf\xe9\n");
    assert_eq!(places(&findings(&path)), ["not-utf8 null"]);
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out_of_the_folder() {
    let folder = scratch("links");
    write(&folder, "secret.md", "hunter2");
    let definition = "name: shop\nversion: 1.0.0\nreadme: { file: link.md }\n";
    let path = write(&folder, "inside/shop.yaml", definition);
    std::os::unix::fs::symlink("../secret.md", folder.join("inside/link.md")).unwrap();
    assert_eq!(places(&findings(&path)), ["outside-root 3"]);
    let wider = contexture_codegen::Generator::new(&path).root(&folder);
    assert!(wider.generate().is_ok());
}

#[test]
fn a_file_cut_short_anywhere_never_makes_the_generator_panic() {
    let folder = scratch("cut");
    let text = fs::read_to_string("../definitions/quickstart.yaml").unwrap();
    for end in (0..text.len())
        .step_by(37)
        .filter(|end| text.is_char_boundary(*end))
    {
        let path = write(&folder, "quickstart.yaml", &text[..end]);
        let _ = contexture_codegen::generate(path);
    }
}
