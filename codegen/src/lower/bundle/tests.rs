//! What the validator gets, for schemas of every kind of address, draft and pattern.

use jsonschema::Draft;
use serde_json::{Value, json};

use super::bundle;
use crate::definition::{DefinitionSet, Remote, Settings};
use crate::testing::Folder;

/// The bundled schema of a definition with one schema, and files beside it.
fn bundled(schema: &Value, others: &[(&str, Value)]) -> Value {
    let definition = json!({
        "name": "shop", "version": "1.0.0",
        "entities": { "item": { "schema": schema }, "price": { "schema": { "type": "number" } } },
    });
    let mut files = vec![("shop.json", definition.to_string())];
    files.extend(
        others
            .iter()
            .map(|(name, value)| (*name, value.to_string())),
    );
    let remotes = vec![Remote {
        address: "http://localhost:1234/".to_owned(),
        folder: "remotes".into(),
    }];
    let settings = Settings {
        root: None,
        remotes,
    };
    let loaded = Folder::new(&files).load_with("shop.json", &settings);
    assert!(!loaded.diagnostics.has_errors(), "{}", loaded.diagnostics);
    let definition = loaded.definition.expect("a definition");
    let set = DefinitionSet::new(&definition);
    serde_json::from_str(&bundle(&set, &set.entity("item"))).expect("JSON")
}

#[track_caller]
fn check(schema: &Value, valid: &[Value], invalid: &[Value]) {
    let text = schema.to_string();
    assert!(!text.contains("$id") && !text.contains("$anchor"), "{text}");
    let validator = jsonschema::options()
        .with_draft(Draft::Draft7)
        .build(schema)
        .expect("a schema");
    for value in valid {
        assert!(validator.is_valid(value), "{value} does not fit {text}");
    }
    for value in invalid {
        assert!(!validator.is_valid(value), "{value} fits {text}");
    }
}

#[test]
fn ids_and_anchors_become_pointers() {
    let schema = json!({
        "$id": "http://example.com/item.json",
        "properties": { "a": { "$ref": "a.json" }, "b": { "$ref": "#b%25" }, "c": { "$ref": "item.json" } },
        "additionalProperties": false,
        "definitions": {
            "a": { "$id": "a.json", "properties": { "x": { "$ref": "#/definitions/x" } }, "definitions": { "x": { "type": "string" } } },
            "b\"%": { "$id": "#b%", "type": "integer" },
        },
    });
    check(
        &bundled(&schema, &[]),
        &[json!({ "a": { "x": "" }, "b": 1, "c": { "b": 2 } })],
        &[
            json!({ "a": { "x": 1 } }),
            json!({ "b": "" }),
            json!({ "c": { "d": 1 } }),
        ],
    );
}

#[test]
fn what_stands_elsewhere_comes_along_once() {
    let schema = json!({ "properties": {
    "a": { "$ref": "http://localhost:1234/name.json#/definitions/orNull" },
    "b": { "$ref": "http://localhost:1234/name.json" },
    "c": { "$ref": "#/entities/price" },
} });
    let name = json!({ "type": "string", "definitions": { "orNull": { "anyOf": [{ "type": "null" }, { "$ref": "#" }] } } });
    let bundled = bundled(&schema, &[("remotes/name.json", name)]);
    let names: Vec<_> = bundled["definitions"]
        .as_object()
        .expect("definitions")
        .keys()
        .collect();
    assert_eq!(names, ["definitions.orNull", "entities.price", "name"]);
    check(
        &bundled,
        &[json!({ "a": null, "b": "", "c": 1 }), json!({ "a": "" })],
        &[json!({ "a": 1 }), json!({ "b": null }), json!({ "c": "" })],
    );
}

#[test]
fn a_schema_under_a_keyword_that_is_unknown_is_copied_to_where_it_is_one() {
    let schema = json!({
        "properties": { "a": { "$ref": "#/x-shapes/a" } },
        "x-shapes": { "a": { "$ref": "#/entities/price" } },
    });
    let bundled = bundled(&schema, &[]);
    check(&bundled, &[json!({ "a": 1 })], &[json!({ "a": "" })]);
}

#[test]
fn the_schema_of_draft_7_comes_along() {
    let schema = json!({ "$ref": "http://json-schema.org/draft-07/schema#" });
    let bundled = bundled(&schema, &[]);
    assert_eq!(bundled["$ref"], "#/definitions/schema");
    let validator = jsonschema::draft7::new(&bundled).expect("a schema");
    assert!(validator.is_valid(&json!({ "items": { "minLength": 1 } })));
    assert!(!validator.is_valid(&json!({ "items": { "minLength": -1 } })));
}

#[test]
fn a_value_that_looks_like_a_reference_is_left() {
    let schema = json!({ "enum": [{ "$ref": "#/x", "$id": "y" }], "$ref": 1 });
    let schema = json!({ "enum": schema["enum"], "default": { "$ref": "#/x" } });
    assert_eq!(bundled(&schema, &[]), schema);
}

/// The text of an entity whose property is in a file of another draft, as a validator of the draft that the text names.
fn mixed(draft: &str, other: &Value) -> Value {
    let schema = json!({ "$schema": draft, "properties": { "a": { "$ref": "http://localhost:1234/other.json" } } });
    bundled(&schema, &[("remotes/other.json", other.clone())])
}

#[track_caller]
fn check_mixed(bundled: &Value, valid: &[Value], invalid: &[Value]) {
    let validator = jsonschema::validator_for(bundled).expect("a schema");
    for value in valid {
        let value = json!({ "a": value });
        assert!(validator.is_valid(&value), "{value} does not fit {bundled}");
    }
    for value in invalid {
        let value = json!({ "a": value });
        assert!(!validator.is_valid(&value), "{value} fits {bundled}");
    }
}

const DRAFT_4: &str = "http://json-schema.org/draft-04/schema#";
const DRAFT_7: &str = "http://json-schema.org/draft-07/schema#";
const DRAFT_2019: &str = "https://json-schema.org/draft/2019-09/schema";
const DRAFT_2020: &str = "https://json-schema.org/draft/2020-12/schema";

#[test]
fn a_file_of_a_newer_draft_keeps_its_rules() {
    let other = json!({
        "$schema": DRAFT_2020,
        "properties": {
            "pair": { "prefixItems": [{ "type": "string" }], "items": false },
            "name": { "$ref": "#/$defs/name", "maxLength": 2 },
        },
        "dependentRequired": { "pair": ["name"] },
        "unevaluatedProperties": false,
        "$defs": { "name": { "type": "string" } },
    });
    for draft in [DRAFT_4, DRAFT_7, DRAFT_2019, DRAFT_2020] {
        check_mixed(
            &mixed(draft, &other),
            &[json!({}), json!({ "pair": ["a"], "name": "b" })],
            &[
                json!({ "pair": ["a"] }),
                json!({ "pair": ["a", 1], "name": "b" }),
                json!({ "name": "abc" }),
                json!({ "more": 1 }),
            ],
        );
    }
}

#[test]
fn a_file_of_an_older_draft_keeps_its_rules() {
    let other = json!({
        "$schema": DRAFT_4,
        "properties": {
            "least": { "minimum": 1, "exclusiveMinimum": true },
            "free": { "prefixItems": [false], "dependentRequired": { "a": ["b"] } },
            "pair": { "items": [{ "type": "string" }, { "$ref": "#/properties/pair/items/0" }], "additionalItems": false },
            "name": { "$ref": "#/definitions/name", "maxLength": 2 },
        },
        "definitions": { "name": { "type": "string" } },
    });
    for draft in [DRAFT_4, DRAFT_7, DRAFT_2019, DRAFT_2020] {
        check_mixed(
            &mixed(draft, &other),
            &[json!({ "least": 2, "free": { "a": 1 }, "pair": ["a", "b"], "name": "abc" })],
            &[
                json!({ "least": 1 }),
                json!({ "pair": [1] }),
                json!({ "pair": ["a", 1] }),
                json!({ "pair": ["a", "b", "c"] }),
                json!({ "name": 1 }),
            ],
        );
    }
}

#[test]
fn a_text_of_one_draft_names_it_and_is_not_translated() {
    let other = json!({ "$schema": DRAFT_2019, "items": [{ "type": "string" }] });
    let bundled = mixed(DRAFT_2019, &other);
    assert_eq!(bundled["$schema"], DRAFT_2019);
    assert_eq!(
        bundled["definitions"]["other"],
        json!({ "items": [{ "type": "string" }] })
    );
}

#[test]
fn patterns_are_rewritten_and_kept_for_messages() {
    let schema = json!({
        "properties": { "a": { "pattern": "^[^]$" }, "b": { "pattern": "^a$" } },
        "patternProperties": { "^.$": { "pattern": "." } },
    });
    let bundled = bundled(&schema, &[]);
    assert_eq!(bundled["properties"]["a"]["x-pattern"], "^[^]$");
    assert_eq!(bundled["properties"]["b"], json!({ "pattern": "^a$" }));
    let by_pattern = bundled["patternProperties"].as_object().expect("an object");
    let (name, member) = by_pattern.iter().next().expect("a pattern");
    assert_eq!(name, r"^[^\u000A\u000D\u2028\u2029]$");
    assert_eq!(member["x-pattern"], ".");
}

#[test]
fn the_content_of_a_string_is_not_checked() {
    let schema = bundled(
        &json!({
            "properties": {
                "note": { "contentMediaType": "application/json", "contentEncoding": "base64" },
                "contentEncoding": { "type": "integer" },
            },
        }),
        &[],
    );
    check(
        &schema,
        &[json!({ "note": "{%" })],
        &[json!({ "contentEncoding": "a" })],
    );
}

#[test]
fn keywords_of_draft_7_count_in_older_drafts() {
    for draft in [DRAFT_4, "http://json-schema.org/draft-06/schema#"] {
        let schema = bundled(
            &json!({
                "$schema": draft,
                "properties": {
                    "unit": { "oneOf": [{ "const": "g" }, { "const": "kg" }] },
                    "sizes": { "contains": { "minimum": 10 } },
                    "labels": { "propertyNames": { "maxLength": 2 } },
                },
                "if": { "required": ["unit"] },
                "then": { "required": ["weight"] },
            }),
            &[],
        );
        check(
            &schema,
            &[
                json!({ "unit": "kg", "weight": 1 }),
                json!({ "sizes": [1, 10], "labels": { "de": 1 } }),
            ],
            &[
                json!({ "unit": "lb", "weight": 1 }),
                json!({ "unit": "kg" }),
                json!({ "sizes": [1] }),
                json!({ "labels": { "deu": 1 } }),
            ],
        );
    }
}

#[test]
fn an_exclusive_bound_of_draft_4_is_kept() {
    let bounds =
        json!({ "minimum": 1, "exclusiveMinimum": true, "maximum": 9, "exclusiveMaximum": false });
    let schema = bundled(
        &json!({ "$schema": DRAFT_4, "properties": { "size": bounds } }),
        &[],
    );
    check(
        &schema,
        &[json!({ "size": 1.5 }), json!({ "size": 9 })],
        &[json!({ "size": 1 }), json!({ "size": 10 })],
    );
}
