//! `contexture check --lint`: the rules of the official linter.

use std::collections::BTreeSet;
use std::path::Path;

use contexture_cli::Outcome;
use contexture_codegen::{CATALOG, Diagnostics};

use crate::support::{scratch, snapshots, write};

/// A definition without titles and descriptions.
const SILENT: &str = "fixtures/lint/silent.yaml";
/// A definition with all titles and descriptions.
const TELLING: &str = "fixtures/lint/telling.yaml";

fn check(arguments: &[&str]) -> Outcome {
    contexture_cli::run(["contexture", "check"].iter().chain(arguments), false)
}

/// The findings in a definition of a few lines, as `code pointer`.
fn places(test: &str, definition: &str) -> Vec<String> {
    let head = "name: shop\nversion: 1.0.0\ntitle: Shop\ndescription: Sells.\nicon: <svg/>\nreadme: Shop\n";
    let path = write(&scratch(test), "shop.yaml", format!("{head}{definition}"));
    let found = contexture_codegen::lint(path).to_json();
    let found = found.as_array().unwrap().iter();
    found
        .map(|one| {
            let (code, pointer) = (one["code"].as_str(), one["pointer"].as_str());
            format!("{} {}", code.unwrap(), pointer.unwrap())
        })
        .collect()
}

/// The official names of the violated rules.
fn rules(found: &Diagnostics) -> Vec<&str> {
    let mut rules: Vec<&str> = found
        .iter()
        .filter_map(|one| one.label().split('`').nth(1))
        .collect();
    rules.sort_unstable();
    rules
}

#[test]
fn a_definition_without_texts_violates_all_33_rules() {
    let found = contexture_codegen::lint(SILENT);
    let rules = rules(&found);
    let distinct: BTreeSet<_> = rules.iter().collect();
    assert_eq!((rules.len(), distinct.len()), (33, 33), "{rules:#?}");
    snapshots("lint").bind(|| insta::assert_snapshot!("silent", found.render(false)));
}

#[test]
fn every_code_of_the_linter_is_found_somewhere() {
    let found = contexture_codegen::lint(SILENT);
    let codes: BTreeSet<_> = found
        .iter()
        .map(contexture_codegen::Diagnostic::code)
        .collect();
    let family = CATALOG.iter().filter(|entry| entry.is_lint());
    assert_eq!(codes, family.map(|entry| entry.code).collect());
}

#[test]
fn a_definition_with_all_texts_passes() {
    let outcome = check(&["--lint", "--deny-warnings", TELLING]);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
}

#[test]
fn the_linter_runs_only_on_request() {
    let generated = contexture_codegen::generate(SILENT).unwrap();
    assert!(generated.warnings.is_empty(), "{}", generated.warnings);
    assert_eq!(check(&["--deny-warnings", SILENT]).status, 0);
}

#[test]
fn findings_of_the_linter_are_warnings() {
    let outcome = check(&["--lint", SILENT]);
    assert_eq!(outcome.status, 0);
    assert!(
        outcome
            .errors
            .ends_with("checked 1 definition: 0 errors, 33 warnings\n"),
        "{}",
        outcome.errors
    );
    assert_eq!(check(&["--lint", "--deny-warnings", SILENT]).status, 1);
}

#[test]
fn errors_are_reported_beside_lint_findings() {
    let outcome = check(&[
        "--lint",
        "--format",
        "json",
        "fixtures/refused/unknown-type.yaml",
    ]);
    assert_eq!(outcome.status, 1);
    for code in ["C0301", "C0701", "C0708"] {
        assert!(outcome.output.contains(code), "{}", outcome.output);
    }
}

#[test]
fn a_definition_that_cannot_be_read_is_refused_as_ever() {
    let path = Path::new("fixtures/refused/syntax-error.yaml");
    let refused = contexture_codegen::generate(path).unwrap_err();
    assert_eq!(
        contexture_codegen::lint(path).to_string(),
        refused.to_string()
    );
}

#[test]
fn the_linter_checks_nested_properties() {
    let definition = "\
states:
  cart:
    type: user
    schema:
      type: object
      properties:
        lines:
          type: array
          description: The lines.
          x-zui: { title: Lines }
          items: { type: object, properties: { price: { type: number } } }
";
    let inside = "/states/cart/schema/properties/lines/items/properties/price";
    assert_eq!(
        places("nested", definition),
        [format!("C0707 {inside}"), format!("C0708 {inside}")]
    );
}

#[test]
fn texts_in_branches_and_referenced_schemas_count() {
    let definition = "\
configuration:
  schema:
    type: object
    definitions:
      a: { allOf: [{ $ref: '#/definitions/b' }, { $ref: '#/definitions/b' }] }
      b: { description: A region., x-zui: { title: Region } }
      c: { anyOf: [{ $ref: '#/definitions/d' }, { type: 'null' }] }
      d: { type: object, allOf: [{ $ref: '#/definitions/e' }] }
      e: { properties: { c: { $ref: '#/definitions/c' } } }
    properties:
      fine: { $ref: '#/definitions/a', x-zui: {} }
      bare: { $ref: '#/definitions/c', x-zui: {} }
";
    let bare = "/configuration/schema/properties/bare";
    assert_eq!(
        places("branches", definition),
        [format!("C0707 {bare}"), format!("C0708 {bare}")]
    );
}

#[test]
fn findings_of_one_rule_are_one_with_a_count_and_their_places() {
    let definition = "\
states:
  cart:
    type: user
    schema:
      type: object
      properties:
        e1: { type: string, description: A line. }
        d2: { type: string, description: A line. }
        c3: { type: string, description: A line. }
        b4: { type: string, description: A line. }
        a5: { type: string, description: A line. }
";
    let head = "name: shop\nversion: 1.0.0\ntitle: Shop\ndescription: Sells.\nicon: <svg/>\nreadme: Shop\n";
    let path = write(
        &scratch("together"),
        "shop.yaml",
        format!("{head}{definition}"),
    );
    let found = contexture_codegen::lint(path);
    let messages: Vec<_> = found
        .iter()
        .map(contexture_codegen::Diagnostic::message)
        .collect();
    let expected = "the property `e1` of the state `cart` has no title (5 in all)";
    assert_eq!(messages, [expected]);
    assert_eq!(found.to_json()[0]["labels"].as_array().unwrap().len(), 4);
    let drawn = found.render(false);
    assert!(drawn.contains("b4") && !drawn.contains("a5"), "{drawn}");
}

#[test]
fn an_interface_is_not_the_authors_to_edit() {
    let folder = scratch("lint-interface");
    let interface = "\
name: closable
version: 1.0.0
entities: {}
actions:
  close:
    input: { schema: { type: object, properties: { reason: { type: string } } } }
    output: { schema: { type: object } }
";
    write(&folder, "closable.yaml", interface);
    let head = "name: shop\nversion: 1.0.0\ntitle: Shop\ndescription: Sells.\nicon: <svg/>\nreadme: Shop\n";
    let path = write(
        &folder,
        "shop.yaml",
        format!("{head}extends: [{{ interface: closable.yaml }}]\n"),
    );
    let found = contexture_codegen::lint(path);
    assert!(found.is_empty(), "{}", found.render(false));
}
