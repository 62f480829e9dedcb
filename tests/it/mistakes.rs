//! Mistakes in schemas: what is found, and what is left alone.

use contexture_codegen::{Diagnostic, Diagnostics, Severity};

use crate::support::{scratch, write};

/// The diagnostics of an action whose input has these properties.
fn findings(test: &str, properties: &str) -> Diagnostics {
    let definition = format!(
        "name: shop\nversion: 1.0.0\nactions:\n  run:\n    input:\n      schema:\n        type: object\n        \
         properties:\n{properties}\n    output: {{ schema: {{ type: object }} }}\n"
    );
    all(test, &definition)
}

fn all(test: &str, definition: &str) -> Diagnostics {
    let path = write(&scratch(test), "shop.yaml", definition);
    match contexture_codegen::generate(path) {
        Ok(generated) => generated.warnings,
        Err(refused) => refused,
    }
}

/// The names of the findings in one property.
fn names(test: &str, schema: &str) -> Vec<&'static str> {
    let found = findings(test, &format!("          value: {schema}"));
    found.iter().map(|one| one.entry().name).collect()
}

#[test]
fn what_is_valid_is_left_alone() {
    for schema in [
        // A closed part, however it is spelt.
        "{ type: object, additionalProperties: false }",
        "{ type: object, additionalProperties: { not: {} } }",
        "{ type: object, additionalProperties: { enum: [] } }",
        "{ type: object, properties: { never: { not: true } } }",
        "{ type: array, items: [{ type: string }], additionalItems: false }",
        "{ type: array, items: false }",
        "{ not: { type: string, minLength: 2, maxLength: 1 } }",
        // Extensions of other tools.
        "{ type: string, x-order: 3, tsType: Name, example: Ann, markdownDescription: A name. }",
        "{ type: object, enumNames: [a], deprecated: true, readOnly: true }",
        "{ type: integer, format: int64 }",
        // Requirements that another part declares.
        "{ type: object, properties: { id: {} }, anyOf: [{ required: [ids] }, { required: [id] }] }",
        "{ allOf: [{ properties: { id: {} } }, { required: [id], properties: { ids: {} } }] }",
        // Alternatives that are told apart.
        "{ oneOf: [{ type: object, properties: { kind: { const: a }, x: {} }, required: [kind, x], additionalProperties: \
         false }, { type: object, properties: { kind: { const: a }, y: {} }, required: [kind, y], additionalProperties: \
         false }] }",
        "{ anyOf: [{ type: string, format: uri }, { type: string }] }",
        "{ oneOf: [{ type: integer }, { type: string }, { type: 'null' }] }",
        // Names that are not those of secrets.
        "{ type: object, properties: { nextToken: { type: string }, maxTokens: { type: integer } } }",
        // Data that looks like a schema.
        "{ default: { propertys: 1, x-zui: { secert: true } }, enum: [{ propertys: 1, x-zui: { secert: true } }] }",
        "{ type: object, properties: { secret: { type: integer }, require: {}, zui: { type: boolean } } }",
    ] {
        assert_eq!(names("left-alone", schema), [""; 0], "{schema}");
    }
}

#[test]
fn every_spelling_of_a_mistake_is_found() {
    for (schema, name) in [
        ("{ type: object, Properties: {} }", "unknown-keyword"),
        ("{ type: array, itens: {} }", "unknown-keyword"),
        ("{ anyof: [{ type: string }] }", "unknown-keyword"),
        (
            "{ type: array, items: { type: string, patern: a } }",
            "unknown-keyword",
        ),
        ("{ $ref: '#', nullable: true }", "unknown-keyword"),
        ("{ type: string, format: Date-Time }", "unknown-format"),
        ("{ type: boolean, maximum: 3 }", "keyword-without-effect"),
        (
            "{ type: array, maxContains: 1, contains: {} }",
            "keyword-without-effect",
        ),
        (
            "{ type: string, x-zui: { Secret: true } }",
            "exposed-secret",
        ),
        (
            "{ type: string, x-zui: { isSecret: true } }",
            "exposed-secret",
        ),
        ("{ type: string, x-zui: { secret: 1 } }", "exposed-secret"),
        ("{ type: string, secrets: true }", "exposed-secret"),
        ("{ type: string, ui: { secret: yes } }", "exposed-secret"),
        (
            "{ type: string, x-zui: { tittle: Name } }",
            "unknown-display-key",
        ),
        ("{ type: string, x-zui: secret }", "invalid-keyword"),
        (
            "{ type: number, exclusiveMinimum: 1, maximum: 1 }",
            "unsatisfiable-schema",
        ),
        (
            "{ type: integer, multipleOf: 10, minimum: 1, maximum: 9 }",
            "unsatisfiable-schema",
        ),
        (
            "{ type: array, minItems: 3, maxItems: 2 }",
            "unsatisfiable-schema",
        ),
        (
            "{ allOf: [{ type: string }, { type: integer }] }",
            "unsatisfiable-schema",
        ),
        ("{ type: string, const: 1 }", "impossible-value"),
        (
            "{ type: integer, maximum: 3, enum: [1, 5] }",
            "impossible-value",
        ),
        ("{ enum: [{ a: 1 }, { a: 1 }] }", "duplicate-value"),
        ("{ type: string, default: null }", "invalid-default"),
        (
            "{ type: object, properties: { userName: {} }, required: [username] }",
            "undeclared-required",
        ),
        (
            "{ oneOf: [{ type: integer }, { type: number }] }",
            "overlapping-alternatives",
        ),
    ] {
        assert_eq!(names("every-spelling", schema), [name], "{schema}");
    }
}

#[test]
fn a_text_that_yaml_reads_as_something_else_is_to_be_quoted() {
    for (schema, text) in [
        ("{ type: string, enum: [TRUE, a] }", "TRUE"),
        ("{ type: string, enum: [a, ~] }", "~"),
        ("{ type: string, enum: [1.0, a] }", "1.0"),
        ("{ type: string, default: 0x1F }", "0x1F"),
    ] {
        let found = findings("quotes", &format!("          value: {schema}"));
        let helps: Vec<_> = found.iter().filter_map(|one| one.help()).collect();
        assert_eq!(
            helps,
            [format!("put it in quotes: `\"{text}\"`")],
            "{schema}"
        );
    }
}

#[test]
fn a_default_is_checked_even_if_its_property_is_required() {
    let definition = "name: shop\nversion: 1.0.0\nevents:\n  sold:\n    schema:\n      type: object\n      properties: { \
                      size: { type: integer, default: large } }\n      required: [size]\n";
    let found = all("required-default", definition);
    let labels: Vec<_> = found.iter().map(Diagnostic::label).collect();
    assert_eq!(labels, ["expected `integer`, found a string"]);
}

#[test]
fn a_mistake_in_another_file_is_found_there_once() {
    let folder = scratch("other-file");
    write(
        &folder,
        "price.yaml",
        "type: object\nproperties: { amount: { type: number, minimun: 0 } }\n",
    );
    let definition = "name: shop\nversion: 1.0.0\nevents:\n  sold: { schema: { $ref: price.yaml } }\n  \
                      bought: { schema: { type: object, properties: { price: { $ref: price.yaml } } } }\n";
    let path = write(&folder, "shop.yaml", definition);
    let found = contexture_codegen::generate(path).unwrap().warnings;
    let lines = found.one_line_each();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("price.yaml:2:"), "{lines:?}");
}

#[test]
fn a_note_fails_nothing() {
    let definition = "name: shop\nversion: 1.0.0\nconfiguration: { schema: { type: object, properties: { apiKey: { type: \
                      string } } } }\n";
    let path = write(&scratch("note"), "shop.yaml", definition);
    let found = contexture_codegen::generate(&path).unwrap().warnings;
    let severities: Vec<_> = found.iter().map(Diagnostic::severity).collect();
    assert_eq!(severities, [Severity::Note]);
    assert!(!found.has_warnings());
    let path = path.to_str().unwrap();
    let outcome = contexture_cli::run(["contexture", "check", "--deny-warnings", path], false);
    assert_eq!(outcome.status, 0);
    assert!(
        outcome
            .errors
            .ends_with("checked 1 definition: 0 errors, 0 warnings, 1 note\n"),
        "{}",
        outcome.errors
    );
}

#[test]
fn a_secret_that_would_be_shown_fails_the_check() {
    let definition = "name: shop\nversion: 1.0.0\nconfiguration: { schema: { type: object, properties: { key: { type: \
                      string, x-zui: { secert: true } } } } }\n";
    let path = write(&scratch("shown"), "shop.yaml", definition);
    let path = path.to_str().unwrap();
    assert_eq!(
        contexture_cli::run(["contexture", "check", path], false).status,
        1
    );
}
