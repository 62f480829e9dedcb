//! Overlays and their bases.

use serde_json::{Value, json};

use super::findings;
use crate::definition::{DefinitionSet, Loaded};
use crate::testing::Folder;

const BASE: &str = r#"{
  "name": "shop",
  "version": "1.0.0",
  "title": "Shop",
  "configuration": { "schema": { "type": "object", "properties": { "pin": { "type": "string" } } } },
  "actions": {
    "buy": { "input": { "schema": {} }, "output": { "schema": {} } },
    "sell": { "title": "Sell", "input": { "schema": {} }, "output": { "schema": {} } }
  }
}
"#;

fn laid_over(base: &str, overlay: &str, others: &[(&str, &str)]) -> Loaded {
    let mut files = vec![("shop.yaml", overlay), ("base.json", base)];
    files.extend(others);
    Folder::new(&files).load("shop.yaml")
}

#[track_caller]
fn check(overlay: &str, expected: &[&str]) -> Value {
    let loaded = laid_over(BASE, overlay, &[]);
    assert_eq!(findings(&loaded), expected);
    let definition = loaded.definition.expect("a definition");
    let set = DefinitionSet::new(&definition);
    set.published().clone()
}

#[test]
fn an_overlay_changes_adds_and_removes() {
    let published = check(
        "base: base.json\n\
         version: 1.1.0\n\
         title: null\n\
         configuration: { schema: { properties: { pin: { x-zui: { secret: true } } } } }\n\
         actions: { buy: null, sell: { title: Sell it } }\n\
         secrets: { KEY: {} }\n",
        &[],
    );
    let empty = json!({ "schema": {} });
    let pin = json!({ "type": "string", "x-zui": { "secret": true } });
    assert_eq!(
        published,
        json!({
            "name": "shop", "version": "1.1.0",
            "configuration": { "schema": { "type": "object", "properties": { "pin": pin } } },
            "actions": { "sell": { "title": "Sell it", "input": empty, "output": empty } },
            "secrets": { "KEY": {} },
        })
    );
}

#[test]
fn a_member_that_cannot_be_meant_is_a_warning() {
    check(
        "base: base.json\n\
         title: Shop\n\
         descripton: null\n\
         actions: { sel: null, buy: {}, sell: { input: { schema: {} } } }\n\
         configuration: { schema: { properties: { pni: { title: Pin }, size: { default: null } } } }\n",
        &[
            "shop.yaml:2:1 C0902 the overlay changes nothing here",
            "shop.yaml:3:1 C0903 the base has no `descripton` to remove",
            "shop.yaml:4:12 C0903 the base has no `sel` to remove",
            "shop.yaml:4:23 C0902 the overlay changes nothing here",
            "shop.yaml:4:49 C0902 the overlay changes nothing here",
            "shop.yaml:5:42 C0904 the base has no `pni` to describe",
            "shop.yaml:5:71 C0903 the base has no `default` to remove",
        ],
    );
}

#[test]
fn a_mistake_is_drawn_where_it_is_written() {
    let base = "{\n \"name\": \"shop\",\n \"version\": 1,\n \"states\": { \"cart\": { \"schema\": {} } },\n \
                \"events\": { \"sold\": { \"schema\": { \"type\": \"strng\" } } }\n}\n";
    let overlay =
        "base: base.json\nactions:\n  buy: { input: {} }\nstates: { cart: { type: usr } }\n";
    let loaded = laid_over(base, overlay, &[]);
    assert_eq!(
        findings(&loaded),
        [
            "shop.yaml:3:3 C0103 the action `buy` has no `output`",
            "shop.yaml:3:10 C0103 the property `input` has no `schema`",
            "shop.yaml:4:25 C0104 unknown value `usr` for `type`",
            "base.json:3:13 C0102 `version` must be a string, found a number",
            "base.json:5:44 C0301 unknown type `strng`",
        ]
    );
    let drawn = loaded.diagnostics.render(false);
    assert!(drawn.contains("put it in quotes: `\"1\"`"), "{drawn}");
}

#[test]
fn a_base_that_cannot_be_used_is_the_only_mistake() {
    let folder = [
        ("other.yaml", "base: base.json\n"),
        ("list.yaml", "[]\n"),
        ("broken.yaml", "a: [\n"),
    ];
    for (name, expected) in [
        (
            "other.yaml",
            "shop.yaml:1:7 C0901 the base has a base itself",
        ),
        (
            "shop.yaml",
            "shop.yaml:1:7 C0901 the base has a base itself",
        ),
        (
            "list.yaml",
            "list.yaml:1:1 C0102 the definition must be an object, found a list",
        ),
        (
            "missing.json",
            "shop.yaml:1:7 C0001 could not read `missing.json`: there is no such file",
        ),
        (
            "../base.json",
            "shop.yaml:1:7 C0004 `../base.json` is outside of the definition's folder",
        ),
    ] {
        let found = findings(&laid_over(BASE, &format!("base: {name}\n"), &folder));
        assert_eq!(found, [expected]);
    }
    let found = findings(&laid_over(BASE, "base: broken.yaml\n", &folder));
    assert!(found.len() == 1 && found[0].contains("C0002"), "{found:?}");
    let found = findings(&laid_over(
        BASE,
        "base: 5\nname: shop\nversion: 1.0.0\n",
        &[],
    ));
    assert_eq!(
        found,
        ["shop.yaml:1:7 C0102 `base` must be a string, found a number"]
    );
}

#[test]
fn the_paths_of_a_base_are_relative_to_its_own_folder() {
    let base = r#"{
        "name": "shop", "version": "1.0.0", "readme": { "file": "README.md" },
        "extends": [{ "interface": "chat.yaml" }],
        "events": { "sold": { "schema": { "properties": { "item": { "$ref": "item.yaml#/definitions/item" } } } } }
    }"#;
    let others = [
        ("imported/base.json", base),
        ("imported/README.md", "# Shop"),
        (
            "imported/chat.yaml",
            "name: chat\nversion: 1.0.0\nevents: { said: { schema: {} } }\n",
        ),
        (
            "imported/item.yaml",
            "definitions: { item: { type: string } }\n",
        ),
    ];
    let loaded = laid_over("", "base: imported/base.json\ntitle: Shop\n", &others);
    assert_eq!(findings(&loaded), [""; 0]);
    let published = loaded.definition.expect("a definition").published().clone();
    assert_eq!(published["readme"], "# Shop");
    assert!(published["events"]["said"].is_object(), "{published}");
    let read: Vec<_> = loaded
        .read
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    assert!(
        read.iter().any(|path| path.ends_with("imported/base.json")),
        "{read:?}"
    );
}

#[test]
fn a_secret_of_two_files_is_not_shown() {
    let base = "{ \"name\": \"shop\", \"version\": \"1.0.0\", \"configuration\": { \"schema\": { \"type\": \"object\", \"properties\": {\n\
                \"key\": { \"type\": \"string\", \"default\": \"hunter2\" }, \"pin\": { \"x-zui\": { \"secret\": true } } } } } }";
    let overlay = "base: base.json\nconfiguration: { schema: { properties: { key: { x-zui: { secret: true } },\n  \
                   pin: { type: string, default: hunter2 } } } }\n";
    let system = crate::system::MemorySystem::new(&[("shop.yaml", overlay), ("base.json", base)]);
    let generator = crate::Generator::with_system("shop.yaml", std::sync::Arc::new(system));
    let found = generator.lint();
    let names: Vec<_> = found.iter().map(|one| one.entry().name).collect();
    let count = names
        .iter()
        .filter(|name| **name == "secret-with-value")
        .count();
    let drawn = found.render(false) + &found.to_json().to_string();
    assert_eq!(count, 2, "{drawn}");
    assert!(!drawn.contains("hunter2"), "{drawn}");
}
