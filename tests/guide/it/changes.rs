//! What `contexture diff` says about the changes that the guide makes.

use std::fs;

use crate::chapters::{blocks, folder};

/// Checks that a block shows what a change of the definition gives.
fn check(name: &str, change: impl Fn(&str) -> String) {
    let language = format!("text {name}");
    let blocks = blocks();
    let mut shown = blocks.iter().filter(|block| block.language == language);
    let shown = shown.next().expect("a chapter shows changes");
    let scratch = tempfile::tempdir().expect("a folder for files of the test");
    let definition =
        fs::read_to_string(folder().join("definition.yaml")).expect("the definition exists");
    let changed = change(&definition);
    let [old, new] =
        [("definition.yaml", &definition), ("next.yaml", &changed)].map(|(name, text)| {
            let path = scratch.path().join(name);
            fs::write(&path, text).expect("the folder is writable");
            path.display().to_string()
        });
    let arguments = ["contexture", "diff", "--limit", "120", &old, &new];
    let outcome = contexture_cli::run(arguments, false);
    let printed = outcome
        .output
        .replace(&format!("{}/", scratch.path().display()), "");
    assert_eq!(printed, shown.code);
}

#[test]
fn the_changes_are_shown_as_in_the_chapter() {
    check("diff", |definition| {
        definition
            .replacen("maxLength: 200", "maxLength: 100", 1)
            .replace("enum: [low, high]", "enum: [low, high, urgent]")
            .replace("required: [agent, since]", "required: [agent]")
    });
}

#[test]
fn a_migration_that_is_missing_is_shown_as_in_the_chapter() {
    check("stored", |definition| {
        let (before, since) = definition.split_once("since:").expect("a state");
        let since = since.replacen("type: string", "type: integer", 1);
        format!("{before}since:{since}").replacen("version: 1.0.0", "version: 2.0.0", 1)
    });
}
