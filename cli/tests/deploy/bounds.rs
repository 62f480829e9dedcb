//! Questions of `contexture diff` that need more time or memory than they may have.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::program;

/// A schema that is some unions at once. Its values have a number of forms that is a power of the number of unions.
fn unions(count: usize, alternatives: usize, first: &str) -> Value {
    let alternative = |union: usize, index: usize| {
        let pattern = match (union, index) {
            (0, 0) => first.to_owned(),
            _ => format!("^a{index}"),
        };
        json!({
            "properties": { format!("p{union}"): { "type": "string", "pattern": pattern } },
            "required": [format!("q{union}_{index}")],
        })
    };
    let unions = (0..count).map(|union| {
        let all: Vec<_> = (0..alternatives)
            .map(|index| alternative(union, index))
            .collect();
        json!({ "anyOf": all })
    });
    json!({ "allOf": unions.collect::<Vec<_>>() })
}

/// Writes a version whose first action has a schema that is hard to compare, and whose second one an easy one.
fn write(folder: &Path, name: &str, hard: &Value, easy: &Value) -> String {
    let empty = json!({ "schema": { "type": "object" } });
    let action = |schema: &Value| json!({ "input": { "schema": schema }, "output": empty });
    let file = folder.join(name);
    let definition = json!({
        "name": "shop", "version": "1.0.0", "actions": { "hard": action(hard), "more": action(easy) },
    });
    fs::write(&file, definition.to_string()).unwrap();
    file.to_str().unwrap().to_owned()
}

/// The verdict and the reason of the change of each action.
fn compare(count: usize, alternatives: usize, bounds: &[&str]) -> [(Value, String); 2] {
    let folder = tempfile::tempdir().unwrap();
    let short =
        json!({ "type": "object", "properties": { "a": { "type": "string", "maxLength": 3 } } });
    let any = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    // Both patterns are one in two ways of writing.
    let hard = |first| unions(count, alternatives, first);
    let old = write(folder.path(), "old.json", &hard("^a0"), &any);
    let new = write(folder.path(), "new.json", &hard("^(a0)"), &short);
    let arguments = ["diff", &old, &new, "--format", "json"];
    let outcome = program(&[&arguments, bounds].concat(), "");
    assert_eq!((outcome.status, outcome.errors.as_str()), (1, ""));
    let report: Value = serde_json::from_str(&outcome.output).unwrap();
    ["hard", "more"].map(|action| {
        let item = format!("the input of the action `{action}`");
        let mut changes = report["changes"].as_array().unwrap().iter();
        let change = changes
            .find(|change| change["item"] == item.as_str())
            .unwrap();
        let why = change["effects"][0]["why"].as_str().unwrap();
        (change["verdict"].clone(), why.to_owned())
    })
}

#[cfg(target_os = "linux")]
#[test]
fn a_question_that_needs_too_much_memory_is_not_answered_and_the_next_one_is() {
    let [(hard, why), (easy, _)] = compare(8, 8, &["--memory", "200", "--limit", "600"]);
    assert_eq!((hard, easy), (json!("cannot_tell"), json!("breaks")));
    assert_eq!(
        why,
        "the comparison of the schemas failed, or needs too much memory"
    );
}

#[test]
fn a_question_that_takes_too_long_is_not_answered_and_the_next_one_is() {
    let [(hard, why), (easy, _)] = compare(8, 4, &["--limit", "2"]);
    assert_eq!((hard, easy), (json!("cannot_tell"), json!("breaks")));
    assert!(
        why.starts_with("the comparison of the schemas takes "),
        "{why}"
    );
}
