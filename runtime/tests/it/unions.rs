//! The violations of a union for a value that fits none of its alternatives.

use contexture::codegen::{Schema, Value};
use serde_json::json;

/// The violations of a value and of its parts.
fn violations(schema: &Value, value: &Value) -> String {
    let schema = Schema::new(schema.to_string().leak());
    match schema.validate(value) {
        Ok(()) => "fits".to_owned(),
        Err(violations) => violations.to_string(),
    }
}

/// A document of paragraphs and lists, with the tag `kind`.
fn document() -> Value {
    json!({
        "definitions": { "block": { "oneOf": [
            { "title": "Paragraph", "type": "object", "required": ["kind", "text"], "properties": {
                "kind": { "const": "paragraph" }, "text": { "type": "string" } } },
            { "title": "List", "type": "object", "required": ["kind", "items"], "properties": {
                "kind": { "const": "list" }, "items": { "type": "array", "items": { "$ref": "#/definitions/block" } } } },
            { "type": "null" },
        ] } },
        "$ref": "#/definitions/block",
    })
}

#[test]
fn the_alternative_that_the_tag_names_is_explained() {
    let value = json!({ "kind": "list", "items": [{ "kind": "paragraph", "text": 1 }] });
    assert_eq!(
        violations(&document(), &value),
        r#"at /items/0/text: must be a string (where kind is "paragraph")"#
    );
    let value = json!({ "kind": "list" });
    assert_eq!(
        violations(&document(), &value),
        r#"at /items: is required (where kind is "list")"#
    );
}

#[test]
fn an_unknown_tag_lists_the_known_ones() {
    for (block, wanted) in [
        (json!({ "kind": "quote" }), "must be one of"),
        (json!({}), "is required: one of"),
    ] {
        let value = json!({ "kind": "list", "items": [block] });
        assert_eq!(
            violations(&document(), &value),
            format!(r#"at /items/0/kind: {wanted} "paragraph", "list" (where kind is "list")"#)
        );
    }
}

#[test]
fn the_only_alternative_of_the_values_type_is_explained() {
    let nullable = json!({ "anyOf": [{ "type": "string", "minLength": 2 }, { "type": "null" }] });
    assert_eq!(
        violations(&nullable, &json!("a")),
        "at the root: must be at least 2 characters long"
    );
    let several = json!({ "anyOf": [{ "type": "string", "minLength": 2 }, { "title": "Count", "type": "integer", "minimum": 3 }] });
    assert_eq!(
        violations(&several, &json!(1)),
        "at the root: must be at least 3 (alternative 2, Count)"
    );
}

#[test]
fn the_alternative_of_which_most_parts_fit_is_explained() {
    let shapes = json!({ "oneOf": [
        { "type": "object", "required": ["x"], "properties": { "x": { "type": "integer" }, "label": { "type": "integer" } } },
        { "type": "object", "required": ["x"], "properties": { "x": { "type": "string" }, "label": { "type": "string" }, "y": { "type": "null" } } },
    ] });
    assert_eq!(
        violations(&shapes, &json!({ "x": "a", "label": "b", "y": 1 })),
        "at /y: must be null (alternative 2)"
    );
}

#[test]
fn alternatives_that_are_all_far_are_listed() {
    let scalars = json!({ "anyOf": [{ "type": "string" }, { "type": "object", "required": ["a"] }, { "enum": [1, 2] }] });
    assert_eq!(
        violations(&scalars, &json!(true)),
        "at the root: must fit one of the alternatives: (1) must be a string; (2) must be an object; (3) must be one of 1, 2"
    );
}

#[test]
fn violations_beside_a_union_do_not_mention_it() {
    let schema = json!({ "type": "object", "required": ["id"], "anyOf": [{ "properties": { "a": { "type": "null" } } }, { "required": ["b"] }] });
    assert_eq!(violations(&schema, &json!({})), "at /id: is required");
}

/// A recursive union without a tag, whose alternatives each have a property of their own.
fn nested(keyword: &str, branches: usize) -> Value {
    let alternative = |index: usize| {
        let list = json!({ "type": "array", "items": { "$ref": "#/definitions/node" } });
        json!({ "type": "object", "properties": { "list": list, "leaf": { "type": "integer" }, format!("own{index}"): {} } })
    };
    let alternatives: Vec<_> = (0..branches).map(alternative).collect();
    json!({ "definitions": { "node": { keyword: alternatives } }, "$ref": "#/definitions/node" })
}

fn nested_value(depth: usize) -> Value {
    (0..depth).fold(
        json!({ "leaf": "no integer" }),
        |inner, _| json!({ "list": [inner] }),
    )
}

#[test]
fn a_refusal_deep_inside_a_union_is_found_and_stays_small() {
    for keyword in ["anyOf", "oneOf"] {
        for branches in [2, 4, 16] {
            for depth in [1, 8, 60] {
                let refused = violations(&nested(keyword, branches), &nested_value(depth));
                let place = "/list/0".repeat(depth);
                assert_eq!(
                    refused,
                    format!("at {place}/leaf: must be an integer (alternative 1)")
                );
            }
        }
    }
}

#[test]
fn a_refusal_of_many_parts_of_a_union_stays_small() {
    let items: Vec<_> = (0..5000).map(|_| nested_value(3)).collect();
    let refused = violations(&nested("anyOf", 4), &json!({ "list": items }));
    assert!(refused.len() < 17 * 1024, "{} bytes", refused.len());
    assert!(refused.ends_with("; and 4900 more"), "{refused}");
}

#[test]
fn long_names_do_not_make_a_long_refusal() {
    let schema = json!({ "additionalProperties": { "$ref": "#" }, "type": "object" });
    let name = "é".repeat(200);
    let leaves: serde_json::Map<_, _> = (0..200)
        .map(|index| (format!("{index}{name}"), json!(1)))
        .collect();
    let value = (0..100).fold(json!(leaves), |inner, _| json!({ name.as_str(): inner }));
    let refused = violations(&schema, &value);
    assert!(refused.len() < 17 * 1024, "{} bytes", refused.len());
}
