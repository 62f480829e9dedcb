//! References in all their forms.

use super::{Folder, HEAD, check, findings};
use crate::definition::{DefinitionSet, Loaded, Remote, Settings};
use crate::diagnostic::Pointer;

/// A definition with one schema, written as JSON, which is YAML too.
fn definition(schema: &str) -> String {
    format!("{HEAD}entities:\n  item: {{ schema: {schema} }}\n")
}

fn load_schema(schema: &str, others: &[(&str, &str)]) -> Loaded {
    let definition = definition(schema);
    let mut files = vec![("shop.yaml", definition.as_str())];
    files.extend(others);
    let folder = Folder::new(&files);
    let settings = Settings {
        root: None,
        remotes: vec![Remote {
            address: "http://localhost:1234/".to_owned(),
            folder: "remotes".into(),
        }],
    };
    folder.load_with("shop.yaml", &settings)
}

/// The title of the schema that the reference at a pointer leads to, by way of others.
fn title(set: &DefinitionSet, pointer: &str) -> Option<String> {
    let mut at = set
        .entity("item")
        .join(&Pointer::parse(pointer).expect("a pointer"));
    while let Some(reference) = set.schema(&at)["$ref"].as_str() {
        at = set.resolve(&at, reference)?;
    }
    set.schema(&at)["title"].as_str().map(str::to_owned)
}

#[track_caller]
fn leads(schema: &str, others: &[(&str, &str)], expected: &[(&str, &str)]) {
    let loaded = load_schema(schema, others);
    assert_eq!(findings(&loaded), Vec::<String>::new());
    let definition = loaded.definition.expect("a definition");
    let set = DefinitionSet::new(&definition);
    for (pointer, wanted) in expected {
        assert_eq!(title(&set, pointer).as_deref(), Some(*wanted), "{pointer}");
    }
}

#[test]
fn a_pointer_leads_anywhere() {
    leads(
        r##"{ "properties": {
            "a": { "$ref": "#/properties/a~1b%25" },
            "a/b%": { "$ref": "#/x-shapes/the%20one/0" },
            "c": { "$ref": "#/definitions//definitions/" }
        },
        "x-shapes": { "the one": [{ "title": "one" }] },
        "definitions": { "": { "definitions": { "": { "title": "two" } } } } }"##,
        &[],
        &[("/properties/a", "one"), ("/properties/c", "two")],
    );
}

#[test]
fn an_id_is_a_base_and_a_target() {
    leads(
        r##"{ "$id": "http://example.com/a/item.json", "title": "item", "properties": {
            "relative": { "$ref": "price.json" },
            "absolute": { "$ref": "http://example.com/a/b/c.json" },
            "rooted": { "$ref": "/a/price.json#" },
            "self": { "$ref": "item.json" },
            "within": { "$ref": "b/c.json#/definitions/d" }
        }, "definitions": {
            "price": { "$id": "price.json", "title": "price" },
            "other": { "$id": "b/", "definitions": {
                "c": { "$id": "c.json", "title": "c", "properties": {
                    "near": { "$ref": "#/definitions/d" },
                    "far": { "$ref": "../price.json" }
                }, "definitions": { "d": { "title": "d" } } }
            } }
        } }"##,
        &[],
        &[
            ("/properties/relative", "price"),
            ("/properties/absolute", "c"),
            ("/properties/rooted", "price"),
            ("/properties/self", "item"),
            ("/properties/within", "d"),
            ("/definitions/other/definitions/c/properties/near", "d"),
            ("/definitions/other/definitions/c/properties/far", "price"),
        ],
    );
}

#[test]
fn an_id_may_be_a_name_that_is_no_address() {
    leads(
        r##"{ "$id": "urn:example:item", "properties": {
            "whole": { "$ref": "urn:example:price" },
            "pointer": { "$ref": "urn:example:item#/definitions/price" },
            "anchor": { "$ref": "urn:example:item#tax" }
        }, "definitions": {
            "price": { "$id": "urn:example:price", "title": "price" },
            "tax": { "$id": "#tax", "title": "tax" }
        } }"##,
        &[],
        &[
            ("/properties/whole", "price"),
            ("/properties/pointer", "price"),
            ("/properties/anchor", "tax"),
        ],
    );
}

#[test]
fn an_anchor_belongs_to_the_nearest_id() {
    leads(
        r##"{ "properties": {
            "near": { "$ref": "#one" },
            "far": { "$ref": "urn:other#one" },
            "modern": { "$ref": "#two" }
        }, "definitions": {
            "one": { "$id": "#one", "title": "near" },
            "other": { "$id": "urn:other", "definitions": { "one": { "$id": "#one", "title": "far" } } }
        }, "$defs": { "two": { "$anchor": "two", "title": "modern" } } }"##,
        &[],
        &[
            ("/properties/near", "near"),
            ("/properties/far", "far"),
            ("/properties/modern", "modern"),
        ],
    );
}

#[test]
fn nothing_counts_beside_a_reference_but_in_the_later_drafts() {
    let schema = |draft: &str| {
        format!(
            r#"{{ "$schema": "{draft}", "$id": "http://example.com/base/", "definitions": {{
                "a": {{ "$id": "http://example.com/a.json", "title": "outer" }},
                "b": {{ "$id": "a.json", "title": "inner" }}
            }}, "properties": {{ "a": {{ "$id": "http://example.com/", "$ref": "a.json" }} }} }}"#
        )
    };
    let seven = schema("http://json-schema.org/draft-07/schema#");
    leads(&seven, &[], &[("/properties/a", "inner")]);
    let later = schema("https://json-schema.org/draft/2020-12/schema");
    leads(&later, &[], &[("/properties/a", "outer")]);
}

#[test]
fn what_looks_like_a_reference_or_an_id_in_a_value_is_none() {
    leads(
        r##"{ "properties": { "a": { "$ref": "urn:a" }, "$ref": { "enum": [{ "$ref": "#/nowhere" }] } },
            "default": { "$ref": "#/nowhere" }, "examples": [{ "$ref": "#/nowhere" }],
            "x-other": { "$ref": "#/nowhere", "$id": "urn:a", "title": "wrong" },
            "definitions": { "a": { "const": { "$id": "urn:a", "title": "wrong" } }, "b": { "$id": "urn:a", "title": "right" } } }"##,
        &[],
        &[("/properties/a", "right")],
    );
}

#[test]
fn an_address_may_be_a_folder() {
    leads(
        r#"{ "$id": "http://localhost:1234/shop.json", "properties": {
            "whole": { "$ref": "http://localhost:1234/price.json" },
            "pointer": { "$ref": "sub/more.json#/definitions/tax" },
            "anchor": { "$ref": "sub/more.json#net" }
        } }"#,
        &[
            ("remotes/price.json", r#"{ "title": "price" }"#),
            (
                "remotes/sub/more.json",
                r#"{ "$id": "http://elsewhere.example/", "definitions": {
                    "tax": { "$ref": "http://localhost:1234/sub/tax.yaml" }, "net": { "$anchor": "net", "title": "net" } } }"#,
            ),
            ("remotes/sub/tax.yaml", "$ref: nested/real.yaml"),
            ("remotes/sub/nested/real.yaml", "title: tax"),
        ],
        &[
            ("/properties/whole", "price"),
            ("/properties/pointer", "tax"),
            ("/properties/anchor", "net"),
        ],
    );
}

#[test]
fn the_schema_of_draft_7_is_known() {
    leads(
        r#"{ "properties": {
            "any": { "$ref": "http://json-schema.org/draft-07/schema#" },
            "inner": { "$ref": "https://json-schema.org/draft-07/schema#/properties/not" }
        } }"#,
        &[],
        &[
            ("/properties/any", "Core schema meta-schema"),
            ("/properties/inner", "Core schema meta-schema"),
        ],
    );
}

#[test]
fn another_file_may_be_referred_to_by_its_anchor() {
    leads(
        r#"{ "properties": { "a": { "$ref": "my types.yaml#price" }, "b": { "$ref": "my%20types.yaml#/one/two" } } }"#,
        &[(
            "my types.yaml",
            "definitions: { a: { $anchor: price, title: price } }\none: { two: { title: two } }\n",
        )],
        &[("/properties/a", "price"), ("/properties/b", "two")],
    );
}

#[test]
fn an_anchor_is_found_where_only_a_later_reference_leads() {
    leads(
        r##"{ "properties": { "a": { "$ref": "#late" }, "b": { "$ref": "#/x-more/b" } },
            "x-more": { "b": { "$anchor": "late", "title": "late" } } }"##,
        &[],
        &[("/properties/a", "late"), ("/properties/b", "late")],
    );
}

#[test]
fn an_address_leads_nowhere_without_a_schema_and_a_folder() {
    check("\
events:
  a: { schema: { $id: 'http://example.com/a/', properties: { b: { $ref: b.json } } } }
  b: { schema: { $ref: 'urn:example:b' } }
  c: { schema: { $ref: '#b', definitions: { b: { not: { properties: { $anchor: { const: b } } } } } } }
",
        &[
            "shop.yaml:4:73 C0203 the reference `b.json` needs the network",
            "shop.yaml:5:24 C0202 the reference `urn:example:b` cannot be resolved",
            "shop.yaml:6:24 C0202 the reference `#b` cannot be resolved",
        ],
    );
}

#[test]
fn a_folder_of_an_address_is_not_left() {
    let schema =
        r#"{ "properties": { "a": { "$ref": "http://localhost:1234/%2e%2e%2fshop.yaml" } } }"#;
    let loaded = load_schema(schema, &[("remotes/a.json", "{}")]);
    let found = findings(&loaded);
    assert!(
        found.len() == 1 && found[0].contains(" C0004 "),
        "{found:?}"
    );
}

#[test]
fn an_id_is_given_once_in_a_schema() {
    check("\
events:
  a: { schema: { definitions: { a: { $id: 'urn:a', type: string }, b: { $id: 'urn:a' } } } }
  b: { schema: { $id: 'urn:a' } }
  c: { schema: { definitions: { a: { $anchor: a, type: string }, b: { $id: 'urn:b', $anchor: a } } } }
",
        &["shop.yaml:4:78 C0206 two schemas have the same address"],
    );
}
