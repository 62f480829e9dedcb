//! Definitions that name older versions.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::generator::Generator;
use crate::system::MemorySystem;

fn generator(files: &[(&str, Value)]) -> Generator {
    let files: Vec<_> = files
        .iter()
        .map(|(name, file)| (*name, file.to_string()))
        .collect();
    Generator::with_system("shop.json", Arc::new(MemorySystem::new(&files)))
}

fn state(kind: &str) -> Value {
    let schema =
        json!({ "type": "object", "properties": { "a": { "type": kind } }, "required": ["a"] });
    json!({ "type": "integration", "schema": schema })
}

fn version(number: &str, kind: &str) -> Value {
    json!({ "name": "shop", "version": number, "states": { "cursor": state(kind) } })
}

fn today(files: &[&str]) -> Value {
    let mut today = version("9.0.0", "string");
    today["migratesFrom"] = json!(files);
    today
}

/// The messages about a definition with these older versions, in files that are named by their place.
fn messages(files: &[Value], order: Option<Value>) -> Vec<String> {
    let names: Vec<_> = (0..files.len())
        .map(|index| format!("{index}.json"))
        .collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let mut definition = today(&names);
    if let Some(order) = order {
        definition["migrationOrder"] = order;
    }
    let mut all = vec![("shop.json", definition)];
    all.extend(names.into_iter().zip(files.iter().cloned()));
    match generator(&all).generate() {
        Ok(_) => Vec::new(),
        Err(diagnostics) => {
            let found = diagnostics.to_json();
            let found = found.as_array().unwrap().iter();
            found
                .map(|one| one["message"].as_str().unwrap().to_owned())
                .collect()
        }
    }
}

#[test]
fn a_copy_of_a_definition_needs_no_file_that_only_other_parts_of_it_refer_to() {
    let mut copy = version("1.0.0", "integer");
    copy["icon"] = json!({ "file": "icon.svg" });
    copy["readme"] = json!({ "file": "hub.md" });
    copy["identifier"] = json!({ "extractScript": { "file": "extract.vrl" } });
    copy["extends"] = json!([{ "interface": "interfaces/hitl.json" }]);
    copy["migratesFrom"] = json!(["versions/0.9.0.json"]);
    copy["migrationOrder"] = json!(["0.9.0"]);
    copy["definitions"] = json!({ "unused": { "$ref": "./unused.json" } });
    copy["events"] = json!({ "sold": { "schema": { "$ref": "./sold.json" } } });
    copy["configuration"] = json!({
        "schema": { "type": "object" },
        "identifier": { "linkTemplateScript": { "file": "link.vrl" } },
    });
    let files = [
        ("shop.json", today(&["versions/1.0.0.json"])),
        ("versions/1.0.0.json", copy.clone()),
    ];
    let handlers = generator(&files).handlers();
    let handlers = handlers.map_err(|refused| refused.to_string()).unwrap();
    let migrations: Vec<_> = handlers.migrations.iter().map(|one| &one.from).collect();
    assert_eq!(migrations, ["Configuration", "CursorState"]);
    assert!(generator(&files).describe().is_ok());

    copy["states"]["cursor"]["schema"] = json!({ "$ref": "./cursor.json" });
    let files = [files[0].clone(), ("versions/1.0.0.json", copy)];
    let refused = generator(&files).generate().unwrap_err();
    assert!(refused.to_string().contains("cursor.json"), "{refused}");
}

#[test]
fn a_state_of_a_copy_may_refer_to_an_entity_and_to_shared_schemas() {
    let mut copy = version("1.0.0", "integer");
    let schema = copy["states"]["cursor"]["schema"].take();
    copy["definitions"] = json!({ "item": schema.clone() });
    copy["entities"] = json!({ "item": { "schema": schema } });
    for place in ["#/entities/item", "#/definitions/item"] {
        copy["states"]["cursor"]["schema"] = json!({ "$ref": place });
        let files = [("shop.json", today(&["0.json"])), ("0.json", copy.clone())];
        let handlers = generator(&files).handlers();
        let migrations = handlers
            .map_err(|refused| refused.to_string())
            .unwrap()
            .migrations;
        assert_eq!(migrations.len(), 1, "{place}");
    }
}

#[test]
fn versions_whose_modules_have_one_name_are_refused() {
    let same_module = "have the same name in Rust, `v1_0_0_rc_1`";
    for (second, expected) in [
        ("1.0.0-rc.1", "version 1.0.0-rc.1 is there twice"),
        ("1.0.0-RC.1", same_module),
        ("1.0.0-rc-1", same_module),
    ] {
        let found = messages(
            &[version("1.0.0-rc.1", "integer"), version(second, "integer")],
            None,
        );
        assert!(
            found.len() == 1 && found[0].contains(expected),
            "{second}: {found:?}"
        );
    }
    for second in ["1.0.0-1", "1.0.0", "1.1.0-rc.1"] {
        let found = messages(
            &[version("1.1.0", "integer"), version(second, "integer")],
            None,
        );
        assert!(found.is_empty(), "{second}: {found:?}");
    }
}

#[test]
fn a_file_without_a_semantic_version_is_not_said_to_be_too_new() {
    for number in ["1.0", "latest", "01.0.0", "1.0.0-"] {
        let found = messages(&[version(number, "integer")], None);
        assert_eq!(found, [format!("`{number}` is not a semantic version")]);
    }
    let found = messages(&[version("9.0.0+build", "integer")], None);
    assert_eq!(found, ["version 9.0.0+build is not older than 9.0.0"]);
}

#[test]
fn the_order_is_not_blamed_for_a_file_that_cannot_be_read() {
    let order = || Some(json!(["1.0.0", "2.0.0"]));
    let known = version("1.0.0", "integer");
    let found = messages(&[known.clone(), version("2.0.0", "integr")], order());
    assert_eq!(found, ["unknown type `integr`"]);
    let found = messages(&[known], order());
    assert_eq!(found, ["no file under `migratesFrom` has version 2.0.0"]);
}

#[test]
fn the_order_has_each_version_once() {
    let older = [version("1.0.0", "integer"), version("2.0.0", "boolean")];
    let found = messages(&older, Some(json!(["1.0.0", "2.0.0", "1.0.0"])));
    assert_eq!(found, ["version 1.0.0 is in the order twice"]);
    assert!(messages(&older, Some(json!(["1.0.0", "2.0.0"]))).is_empty());
}

/// A definition whose states have schemas of these names among the shared ones.
fn sharing(number: &str, kind: &str, states: &[(&str, &str)]) -> Value {
    let mut definition = json!({ "name": "shop", "version": number });
    for (name, shared) in states {
        definition["definitions"][shared] = state(kind)["schema"].take();
        let reference = json!({ "$ref": format!("#/definitions/{shared}") });
        definition["states"][name] = json!({ "type": "user", "schema": reference });
    }
    definition
}

#[test]
fn states_that_share_a_type_have_one_migration() {
    let names = |old: &[(&str, &str)], new: &[(&str, &str)]| {
        let mut today = sharing("9.0.0", "string", new);
        today["migratesFrom"] = json!(["0.json"]);
        let files = [
            ("shop.json", today),
            ("0.json", sharing("1.0.0", "integer", old)),
        ];
        let migrations = generator(&files).handlers().unwrap().migrations;
        let names = migrations
            .iter()
            .map(|one| format!("{} {}", one.from, one.into));
        names.collect::<Vec<_>>()
    };
    let both = [("seen", "range"), ("sent", "range")];
    let apart = [("seen", "range"), ("sent", "other")];
    assert_eq!(names(&both, &both), ["Range Range"]);
    assert_eq!(names(&both, &apart).len(), 2);
    assert_eq!(names(&apart, &both).len(), 2);
}
