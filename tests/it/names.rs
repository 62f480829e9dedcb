//! The names of generated code: where they come from, and that they stay.

use std::path::Path;

use contexture_codegen::Diagnostic;
use serde_json::{Value, json};

use crate::support::{scratch, write};

/// The code of a definition with these sections, and the warnings about names.
fn generate(folder: &Path, sections: &Value) -> (String, Vec<String>) {
    let mut definition = json!({ "name": "shop", "version": "1.0.0" });
    let members = definition.as_object_mut().unwrap();
    members.extend(sections.as_object().unwrap().clone());
    let path = write(folder, "shop.json", definition.to_string());
    let generated = contexture_codegen::generate(path).unwrap();
    let of_names = |warning: &&Diagnostic| warning.entry().name == "folded-name";
    let warnings = generated.warnings.iter().filter(of_names);
    let warnings = warnings.map(|warning| warning.message().to_owned());
    (generated.file.contents, warnings.collect())
}

/// The sections with one entity `order` of this schema.
fn entity(schema: &Value) -> Value {
    json!({ "entities": { "order": { "schema": schema } } })
}

/// An object with these properties, and no others.
fn object(properties: &Value) -> Value {
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// The names of the types, in order.
fn types(code: &str) -> Vec<&str> {
    let lines = code.lines().map(str::trim);
    let named = lines.filter_map(|line| {
        let kinds = ["pub struct ", "pub enum ", "pub type "];
        let rest = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
        rest.split([' ', '(', '{', ';']).next()
    });
    named.collect()
}

#[track_caller]
fn assert_has(code: &str, parts: &[&str]) {
    for part in parts {
        assert!(code.contains(part), "`{part}` is missing in\n{code}");
    }
}

#[test]
fn a_type_is_called_after_its_whole_way() {
    let line = object(&json!({ "sku": { "type": "string" } }));
    let schema = json!({
        "type": "object",
        "properties": {
            "line": line,
            "lines": { "type": "array", "items": object(&json!({ "id": { "type": "integer" } })) },
            "limits": { "type": "object", "additionalProperties": object(&json!({ "most": { "type": "integer" } })) },
            "tree": { "$ref": "#/definitions/tree" },
            "pay": { "oneOf": [{ "type": "string" }, object(&json!({ "card": { "type": "string" } }))] },
        },
        "definitions": { "tree": object(&json!({ "up": { "$ref": "#/definitions/tree" } })) },
    });
    let (code, warnings) = generate(&scratch("names-ways"), &entity(&schema));
    assert_eq!(warnings, [""; 0]);
    for name in [
        "OrderEntityLine",
        "OrderEntityLinesItem",
        "OrderEntityLimitsValue",
        "OrderEntityTree",
        "OrderEntityPay",
        "OrderEntityPayObject",
    ] {
        assert!(types(&code).contains(&name), "{name} is missing");
    }
}

#[test]
fn equal_shapes_are_one_type_and_each_place_keeps_its_name() {
    let kind = json!({ "enum": ["a", "b"] });
    let deep = object(&json!({ "kind": kind }));
    let mut sections = entity(&object(&json!({ "first": deep, "second": deep })));
    let folder = scratch("names-equal");
    let (code, _) = generate(&folder, &sections);
    assert_has(
        &code,
        &[
            "pub struct OrderEntityFirst {",
            "pub type OrderEntitySecond = OrderEntityFirst;",
            "pub type OrderEntitySecondKind = OrderEntityFirstKind;",
            "pub second: Option<OrderEntitySecond>",
        ],
    );
    let second = "/entities/order/schema/properties/second/properties";
    let properties = sections.pointer_mut(second).unwrap();
    properties["more"] = json!({ "type": "string" });
    let (code, _) = generate(&folder, &sections);
    assert_has(
        &code,
        &[
            "pub struct OrderEntitySecond {",
            "pub type OrderEntitySecondKind = OrderEntityFirstKind;",
        ],
    );
}

#[test]
fn schemas_that_hold_at_once_have_a_name_in_each_place() {
    let part = |values: &Value| object(&json!({ "kind": { "enum": values } }));
    let both = json!({ "allOf": [{ "$ref": "#/definitions/a" }, { "$ref": "#/definitions/b" }] });
    let schema = |properties: &Value| {
        json!({
            "type": "object", "properties": properties,
            "definitions": { "a": part(&json!(["x", "y", "z"])), "b": part(&json!(["x", "y"])) },
        })
    };
    let folder = scratch("names-at-once");
    let (code, _) = generate(&folder, &entity(&schema(&json!({ "own": both }))));
    assert_has(&code, &["pub enum OrderEntityOwnKind {"]);
    let (code, _) = generate(
        &folder,
        &entity(&schema(&json!({ "own": both, "another": both }))),
    );
    for name in [
        "OrderEntityOwn",
        "OrderEntityOwnKind",
        "OrderEntityAnotherKind",
    ] {
        assert!(types(&code).contains(&name), "{name} is missing in\n{code}");
    }
}

#[test]
fn a_reference_into_a_union_does_not_depend_on_the_way() {
    let pay = json!({ "oneOf": [
        { "type": "string" },
        object(&json!({ "card": object(&json!({ "number": { "type": "string" } })) })),
    ] });
    let reference = json!({ "$ref": "#/properties/pay/oneOf/1/properties/card" });
    let folder = scratch("names-references");
    for properties in [
        json!({ "pay": pay }),
        json!({ "pay": pay, "after": reference }),
        json!({ "pay": pay, "zest": reference }),
    ] {
        let (code, _) = generate(&folder, &entity(&object(&properties)));
        assert!(types(&code).contains(&"OrderEntityPayObjectCard"), "{code}");
    }
}

#[test]
fn an_alternative_that_is_added_renames_no_other() {
    let one_of = |names: &[&str]| {
        let all = names.iter().map(|name| {
            json!({
                "type": "object", "required": ["id", name],
                "properties": { "id": { "type": "string" }, *name: { "type": "string" } },
            })
        });
        entity(&object(
            &json!({ "to": { "anyOf": all.collect::<Vec<_>>() } }),
        ))
    };
    let folder = scratch("names-alternatives");
    for names in [["email", "phone"].as_slice(), &["email", "phone", "fax"]] {
        let (code, _) = generate(&folder, &one_of(names));
        assert_has(
            &code,
            &["Email(OrderEntityToEmail)", "Phone(OrderEntityToPhone)"],
        );
    }
}

#[test]
fn a_name_that_folds_into_an_earlier_one_leaves_that_alone() {
    let folder = scratch("names-folds");
    let with = |names: &[&str]| {
        let mut properties = json!({});
        for name in names {
            properties[*name] = json!({ "enum": [name, "x"] });
        }
        entity(&object(&properties))
    };
    let (code, warnings) = generate(&folder, &with(&["type"]));
    assert_has(&code, &["pub r#type: Option<OrderEntityType>"]);
    assert_eq!(warnings, [""; 0]);
    let (code, warnings) = generate(&folder, &with(&["type", "Type", "@type"]));
    assert_has(
        &code,
        &[
            "pub r#type: Option<OrderEntityType>",
            "pub capitalized_type: Option<OrderEntityCapitalizedType>",
            "pub at_type: Option<OrderEntityAtType>",
        ],
    );
    assert_eq!(
        warnings,
        [
            "`type` and `Type` have the same name in Rust",
            "`type` and `@type` have the same name in Rust",
        ]
    );
}

#[test]
fn a_property_steps_aside_from_a_definition() {
    let schema = json!({
        "type": "object",
        "properties": {
            "size": { "oneOf": [{ "type": "string" }, { "$ref": "#/definitions/size" }] },
            "box": { "$ref": "#/definitions/box" },
        },
        "definitions": {
            "size": object(&json!({ "width": { "type": "integer" } })),
            "box": object(&json!({ "lid": object(&json!({ "is": { "$ref": "#/definitions/boxLid" } })) })),
            "boxLid": object(&json!({ "open": { "type": "boolean" } })),
        },
    });
    let (code, warnings) = generate(&scratch("names-definitions"), &entity(&schema));
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert_has(
        &code,
        &[
            "pub size: Option<OrderEntitySizeProperty>",
            "Size(OrderEntitySize)",
            "pub lid: Option<OrderEntityBoxLidProperty>",
            "pub is: Option<OrderEntityBoxLid>",
        ],
    );
}

#[test]
fn sections_with_names_that_fold_are_generated() {
    let schema = json!({ "schema": { "type": "object" } });
    let action = json!({ "input": schema, "output": schema });
    let (code, warnings) = generate(
        &scratch("names-sections"),
        &json!({
            "actions": { "runNow": action, "run_now": action, "run": action, "runInput": action },
            "events": { "sold": schema, "Sold": schema },
            "channels": {
                "chat": { "messages": { "text": schema, "Text": schema }, "message": { "tags": { "id": {}, "ID": {} } } },
                "CHAT": { "messages": {} },
            },
            "states": {
                "cart": { "type": "user", "schema": { "type": "object" } },
                "CART": { "type": "user", "schema": { "type": "object" } },
            },
            "configurations": { "primary": schema, "Primary": schema },
        }),
    );
    assert_eq!(warnings.len(), 8, "{warnings:#?}");
    assert_has(
        &code,
        &[
            "pub trait RunNow:",
            "pub trait SnakeRunNow:",
            "pub struct SnakeRunNowInput",
            "pub trait RunInputHandler:",
            "fn sold(",
            "fn capitalized_sold(",
            "fn capitalized_text(",
            "pub trait UpperChat:",
            "pub upper_id: Option<String>",
            "fn upper_cart(",
            "Primary_(PrimaryConfiguration_)",
            "CapitalizedPrimary(CapitalizedPrimaryConfiguration)",
        ],
    );
}

#[test]
fn a_file_is_called_after_its_path() {
    let folder = scratch("names-files");
    let address = object(&json!({ "city": { "type": "string" } })).to_string();
    write(&folder, "billing/address.json", &address);
    write(&folder, "shipping/address.json", &address);
    write(&folder, "context.json", &address);
    let (code, warnings) = generate(
        &folder,
        &entity(&object(&json!({
            "billing": { "$ref": "billing/address.json" },
            "shipping": { "$ref": "shipping/address.json" },
            "context": { "$ref": "context.json" },
        }))),
    );
    assert_eq!(warnings, [""; 0]);
    assert_has(
        &code,
        &[
            "pub struct BillingAddress {",
            "pub type ShippingAddress = BillingAddress;",
            "pub type Context_ = BillingAddress;",
        ],
    );
}

#[test]
fn a_chosen_name_is_kept_in_any_script() {
    let schema = object(&json!({
        "größe": { "enum": ["klein", "groß"], "x-rust-name": "größe" },
        "name": { "type": "string", "x-rust-name": "title" },
        "title": { "type": "string" },
    }));
    let (code, _) = generate(&scratch("names-chosen"), &entity(&schema));
    assert_has(
        &code,
        &[
            "pub größe: Option<OrderEntityGröße>",
            "Gross",
            "pub title: Option<String>",
            "pub title_second: Option<String>",
        ],
    );
}
