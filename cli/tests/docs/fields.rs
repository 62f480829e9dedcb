//! What is said about the values of schemas.

use serde_json::{Value, json};

use crate::{Made, made, written};

/// The references of a definition whose action `run` has an input.
fn with_input(schema: &Value) -> Made {
    let folder = tempfile::tempdir().unwrap();
    let definition = json!({
        "name": "shop",
        "version": "1.0.0",
        "actions": { "run": { "input": { "schema": schema }, "output": { "schema": { "type": "object" } } } },
        "entities": { "ticket": { "schema": ticket() }, "label": { "schema": {
            "type": "object", "properties": { "name": { "type": "string" } }, "additionalProperties": false,
        } } },
    });
    made(written(&folder, &definition))
}

fn ticket() -> Value {
    json!({
        "type": "object",
        "description": "A request of a customer.",
        "properties": { "id": { "type": "string" }, "parent": { "$ref": "#" } },
        "required": ["id"],
        "additionalProperties": false,
    })
}

/// The row of a field, without its anchor: type, marks, description.
fn row<'a>(made: &'a Made, field: &str) -> &'a str {
    let start = format!("</a>`{field}`");
    let mut lines = made.markdown.lines();
    let line = lines.find(|line| line.contains(&start));
    let line = line.unwrap_or_else(|| panic!("{field}: {}", made.markdown));
    line.split_once(&start).unwrap().1
}

/// An object with two fields, and more keywords.
fn object(more: &Value) -> Value {
    let mut schema =
        json!({ "type": "object", "properties": { "a": { "type": "string" }, "b": {} } });
    let members = schema.as_object_mut().unwrap();
    members.extend(more.as_object().unwrap().clone());
    schema
}

/// Checks what is said about the values of schemas.
fn check(expected: &[(Value, &str)]) {
    for (schema, expected) in expected {
        let made = with_input(&json!({ "type": "object", "properties": { "it": schema } }));
        assert_eq!(row(&made, "it"), *expected, "{schema}");
    }
}

#[test]
fn a_field_says_which_values_it_has() {
    check(&[
        (json!({ "type": "null" }), " | null |  |"),
        (json!({ "type": ["null"] }), " | null |  |"),
        (
            json!({ "type": ["string", "null"] }),
            " | string or null |  |",
        ),
        (
            json!({ "type": "object" }),
            " | object with any fields |  |",
        ),
        (
            json!({ "type": "object", "additionalProperties": {} }),
            " | object with any fields |  |",
        ),
        (
            json!({ "type": "object", "additionalProperties": false }),
            " | object |  |",
        ),
        (object(&json!({})), " | object |  |"),
        (
            object(&json!({ "additionalProperties": true })),
            " | object | Other fields: allowed |",
        ),
        (
            object(&json!({ "additionalProperties": {} })),
            " | object | Other fields: allowed |",
        ),
        (
            object(&json!({ "additionalProperties": false })),
            " | object |  |",
        ),
        (
            json!({ "allOf": [object(&json!({ "additionalProperties": true })), object(&json!({ "additionalProperties": false }))] }),
            " | object |  |",
        ),
    ]);
}

#[test]
fn a_field_says_what_its_schema_says_about_its_values() {
    check(&[
        (
            object(&json!({ "not": { "required": ["a", "b"] } })),
            " | object | Further rules: `{\"not\":{\"required\":[\"a\",\"b\"]}}` |",
        ),
        (
            object(&json!({ "if": { "required": ["a"] }, "then": { "required": ["b"] } })),
            " | object | Further rules: `{\"if\":{\"required\":[\"a\"]},\"then\":{\"required\":[\"b\"]}}` |",
        ),
        (
            json!({ "type": "array", "items": { "type": "string", "description": "A word." } }),
            " | list of strings | Each item: A word. |",
        ),
        (
            json!({ "type": "object", "additionalProperties": { "type": "string", "description": "A word.", "minLength": 1 } }),
            " | map of strings | Each value: A word.<br>Each value, length: at least 1 character |",
        ),
        (
            json!({ "type": "string", "deprecated": true }),
            " | string **deprecated** |  |",
        ),
        (
            json!({ "type": "string", "readOnly": true }),
            " | string | Access: can be read only |",
        ),
        (
            json!({ "type": "string", "writeOnly": true }),
            " | string | Access: can be written only |",
        ),
        (
            json!({ "type": "string", "x-zui": { "hidden": true } }),
            " | string | Hidden: the forms of Botpress do not show it |",
        ),
        (
            json!({ "type": "string", "examples": ["a", "b", "c", "d"] }),
            " | string | For example: `\"a\"`, `\"b\"`, `\"c\"` |",
        ),
        (
            json!({ "type": "string", "x-zui": { "placeholder": "a b" } }),
            " | string | For example: `a b` |",
        ),
        (
            json!({ "type": "array", "items": [{ "type": "string" }], "additionalItems": false }),
            " | list | Other items: not allowed |",
        ),
    ]);
}

#[test]
fn the_rules_of_a_secret_are_not_quoted() {
    let secret = json!({ "type": "string", "x-zui": { "secret": true, "placeholder": "hunter2" }, "examples": ["hunter2"], "not": { "const": "hunter2" } });
    let made = with_input(&json!({ "type": "object", "properties": { "it": secret } }));
    let expected = " | string **secret** | Further rules: the schema has more to say |";
    assert_eq!(row(&made, "it"), expected);
}

#[test]
fn each_place_of_a_list_is_an_item() {
    let pair = json!({ "type": "array", "items": [{ "type": "string" }, {}], "additionalItems": { "type": "integer" }, "minItems": 1 });
    let made = with_input(&json!({ "type": "object", "properties": { "it": pair } }));
    assert_eq!(row(&made, "it[0]"), " | string **required** |  |");
    assert_eq!(row(&made, "it[1]"), " | any value |  |");
    assert_eq!(row(&made, "it[*]"), " (any other item) | integer |  |");
    assert!(made.html.contains("<summary>3 items</summary>"));
}

#[test]
fn the_description_of_a_whole_value_is_shown() {
    let schema =
        json!({ "type": "object", "description": "Either is enough.", "properties": { "it": {} } });
    let made = with_input(&schema);
    assert!(
        made.markdown
            .contains("**Input**\n\nEither is enough.\n\n| Field")
    );
    assert!(made.html.contains("Input</p><p>Either is enough.</p>"));
}

#[test]
fn alternatives_are_told_apart_by_what_only_one_of_them_needs() {
    let part = |name: &str| json!({ "type": "object", "properties": { name: {}, "both": {} }, "required": ["both", name] });
    let union = json!({ "anyOf": [part("email"), part("phone"), { "type": "boolean" }] });
    let made = with_input(&json!({ "type": "object", "properties": { "it": union } }));
    for label in ["object with `email`", "object with `phone`", "boolean"] {
        let row = format!("`it` *if {label}* |");
        assert!(made.markdown.contains(&row), "{row}: {}", made.markdown);
    }
    // Nothing is inside of a boolean.
    assert!(
        made.html
            .contains("<p id=\"action-run-input-it-3\" class=\"form\" data-field>boolean</p>")
    );
    assert_eq!(
        made.html
            .matches("<details id=\"action-run-input-it-")
            .count(),
        2
    );
}

#[test]
fn a_value_that_is_an_entity_leads_to_it_however_the_schema_says_so() {
    let copy = json!({
        "type": "object",
        "description": "The one that is meant here.",
        "properties": { "id": { "type": "string" }, "parent": { "$ref": "#/properties/copied" } },
        "required": ["id"],
        "additionalProperties": false,
    });
    let made = with_input(&json!({
        "type": "object",
        "properties": {
            "copied": copy,
            "one": { "$ref": "#/entities/ticket" },
            "list": { "type": "array", "items": copy },
            "other": { "type": "object", "properties": { "id": { "type": "string", "minLength": 1 }, "parent": {} }, "required": ["id"] },
            // One field is equal by chance.
            "small": { "type": "object", "properties": { "name": { "type": "string" } }, "additionalProperties": false },
        },
    }));
    let link = "[`ticket`](#entity-ticket)";
    for (field, label) in [
        ("copied", "Entity: "),
        ("one", "Entity: "),
        ("list", "Each item, entity: "),
    ] {
        let row = row(&made, field);
        assert!(row.contains(&format!("{label}{link}")), "{row}");
    }
    for field in ["other", "small"] {
        assert!(
            !row(&made, field).contains("ntity"),
            "{}",
            row(&made, field)
        );
    }
    // The entity does not say of itself that it is one.
    let (_, own) = made.markdown.split_once("### `ticket`").unwrap();
    assert!(!own.contains("Entity: "), "{own}");
}

#[test]
fn an_example_has_its_fields_in_the_order_of_the_list() {
    let made = with_input(&json!({
        "type": "object",
        "properties": { "a": { "type": "integer" }, "b": { "type": "integer" }, "c": { "type": "integer" } },
        "required": ["c"],
    }));
    let example = "{\n  \"c\": 1,\n  \"a\": 1,\n  \"b\": 1\n}";
    assert!(made.markdown.contains(example), "{}", made.markdown);
}
