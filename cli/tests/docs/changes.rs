//! The changes that a reference shows.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::{docs, reference, written};

fn shop(version: &str) -> Value {
    json!({ "name": "shop", "version": version, "title": "Shop" })
}

/// The part about changes.
fn changes(markdown: &str) -> &str {
    markdown
        .split_once("## Changes\n")
        .map_or("", |(_, changes)| changes)
}

#[test]
fn a_version_is_compared_with_the_file_or_the_revision_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut definition = shop("1.0.0");
    definition["actions"] =
        json!({ "sell": { "input": { "schema": {} }, "output": { "schema": {} } } });
    let file = written(&folder, &definition);
    let git = |arguments: &[&str]| {
        let settings = [
            "user.name=Test",
            "user.email=test@example.com",
            "commit.gpgsign=false",
        ];
        let settings = settings.iter().flat_map(|setting| ["-c", setting]);
        let mut git = Command::new("git");
        let git = git
            .current_dir(folder.path())
            .args(settings)
            .args(arguments);
        assert!(git.output().unwrap().status.success(), "{arguments:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "The first version"]);
    let old = folder.path().join("old.json");
    fs::copy(&file, &old).unwrap();
    let mut new = shop("2.0.0");
    new["events"] = json!({ "sold": { "schema": {} } });
    let file = written(&folder, &new);
    assert_eq!(changes(&reference(&file, "markdown")), "");
    for against in ["git:HEAD", old.to_str().unwrap()] {
        let outcome = docs(&[file.to_str().unwrap(), "--against", against]);
        let shown = changes(&outcome.output);
        assert!(shown.contains("### `2.0.0` since `1.0.0`"), "{shown}");
        assert!(
            shown.contains("The action `sell`: it is removed."),
            "{shown}"
        );
        assert!(
            shown.contains("[The event `sold`](#event-sold): it is new."),
            "{shown}"
        );
    }
    let outcome = docs(&[file.to_str().unwrap(), "--against", "git:nothing"]);
    assert_eq!((outcome.status, outcome.output.as_str()), (1, ""));
}

#[test]
fn each_version_that_is_migrated_from_is_a_step_and_the_newest_is_first() {
    let folder = tempfile::tempdir().unwrap();
    let configuration = |name: &str| json!({ "schema": { "type": "object", "properties": { name: { "type": "string" } } } });
    for (version, name) in [("1.9.0", "a"), ("1.10.0", "b")] {
        let mut older = shop(version);
        older["configuration"] = configuration(name);
        fs::write(
            folder.path().join(format!("{version}.json")),
            older.to_string(),
        )
        .unwrap();
    }
    let mut definition = shop("2.0.0");
    definition["configuration"] = configuration("c");
    definition["migratesFrom"] = json!(["1.9.0.json", "1.10.0.json"]);
    definition["migrationOrder"] = json!(["1.10.0", "1.9.0"]);
    let text = reference(&written(&folder, &definition), "markdown");
    let steps = text
        .lines()
        .filter(|line| line.starts_with("### `") && line.contains(" since "));
    assert_eq!(
        steps.collect::<Vec<_>>(),
        ["### `2.0.0` since `1.10.0`", "### `1.10.0` since `1.9.0`"]
    );
}

#[test]
fn an_older_file_that_has_only_what_is_stored_makes_nothing_else_new() {
    let folder = tempfile::tempdir().unwrap();
    let state = |kind: &str| json!({ "seen": { "type": "integration", "schema": { "type": "object", "properties": { "at": { "type": kind } }, "additionalProperties": false } } });
    let older = json!({ "name": "shop", "version": "1.0.0", "states": state("string") });
    fs::write(folder.path().join("old.json"), older.to_string()).unwrap();
    let mut definition = shop("2.0.0");
    definition["states"] = state("integer");
    definition["events"] = json!({ "sold": { "schema": {} } });
    definition["migratesFrom"] = json!(["old.json"]);
    let text = reference(&written(&folder, &definition), "markdown");
    let shown = changes(&text);
    assert!(shown.contains("The state `seen`"), "{shown}");
    assert!(
        !shown.contains("`sold`") && !shown.contains("title"),
        "{shown}"
    );
    assert!(
        shown.contains("Only configurations and states are compared"),
        "{shown}"
    );
}

#[test]
fn an_older_file_that_lacks_files_of_other_parts_is_compared_in_what_it_stored() {
    let folder = tempfile::tempdir().unwrap();
    let state = |kind: &str| json!({ "seen": { "type": "integration", "schema": { "type": "object", "properties": { "at": { "type": kind } }, "additionalProperties": false } } });
    let mut older = shop("1.0.0");
    older["states"] = state("string");
    older["icon"] = json!({ "file": "icon.svg" });
    older["events"] = json!({ "sold": { "schema": { "$ref": "./sold.json" } } });
    fs::create_dir(folder.path().join("versions")).unwrap();
    fs::write(folder.path().join("versions/1.0.0.json"), older.to_string()).unwrap();
    let mut definition = shop("2.0.0");
    definition["states"] = state("integer");
    definition["migratesFrom"] = json!(["versions/1.0.0.json"]);
    let text = reference(&written(&folder, &definition), "markdown");
    let shown = changes(&text);
    for expected in [
        "The state `seen`",
        "Only configurations and states are compared",
    ] {
        assert!(shown.contains(expected), "{shown}");
    }
    assert!(!shown.contains("`sold`"), "{shown}");
}
