//! `contexture stubs`.

use std::fs;

use super::{contexture, files_below};
use crate::support::{repository, scratch, snapshots, write};

#[test]
fn the_handlers_of_a_definition_are_printed_with_its_docs() {
    let definition = repository("definitions/github.yaml");
    let outcome = contexture(&["stubs", definition.to_str().unwrap(), "--for", "GitHub"]);
    assert_eq!((outcome.status, outcome.errors.as_str()), (0, ""));
    snapshots("stubs").bind(|| insta::assert_snapshot!("github", outcome.output));
}

#[test]
fn texts_of_a_definition_become_no_code() {
    let definition = "name: odd\nversion: 1.0.0\nactions:\n  \"{0} \\\" */ \\n \\u202e x\":\n    title: \"*/ a\\nb\"\n    \
                      input: { schema: {} }\n    output: { schema: {} }\n";
    let file = write(&scratch("stubs-odd"), "odd.yaml", definition);
    let outcome = contexture(&["stubs", file.to_str().unwrap()]);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    let parsed = syn::parse_file(&outcome.output).unwrap();
    assert_eq!(parsed.items.len(), 5, "{}", outcome.output);
    let out = scratch("stubs-odd-out");
    let path = out.to_str().unwrap();
    assert_eq!(
        contexture(&["stubs", file.to_str().unwrap(), "--out", path]).status,
        0
    );
    for path in files_below(&out) {
        let text = fs::read_to_string(out.join(path)).unwrap();
        syn::parse_file(&text).unwrap();
        assert!(!text.contains('\u{202e}'), "{text}");
    }
}

#[test]
fn files_that_exist_are_kept_and_told_which_modules_they_lack() {
    let definition = repository("definitions/github.yaml");
    let folder = scratch("stubs-out");
    let arguments = [
        "stubs",
        definition.to_str().unwrap(),
        "--out",
        folder.to_str().unwrap(),
    ];
    write(&folder, "actions/mod.rs", "mod other;\n");
    write(&folder, "lifecycle.rs", "// mine\n");
    write(&folder, "main.rs", "mod lifecycle;\nmod channels;\n");
    let first = contexture(&arguments);
    let shown = folder.display();
    assert_eq!((first.status, first.output.as_str()), (0, ""));
    for line in [
        format!("kept {shown}/actions/mod.rs, which exists: add `mod create_issue;` to it\n"),
        format!("wrote {shown}/actions/create_issue.rs\n"),
        format!("wrote {shown}/channels/mod.rs\n"),
        format!("wrote {shown}/channels/issue_comments.rs\n"),
        format!("kept {shown}/lifecycle.rs, which exists\n"),
        format!("kept {shown}/main.rs, which exists: add `mod actions;` to it\n"),
    ] {
        assert!(first.errors.contains(&line), "{line}{}", first.errors);
    }
    assert_eq!(
        fs::read_to_string(folder.join("lifecycle.rs")).unwrap(),
        "// mine\n"
    );

    let second = contexture(&arguments);
    assert!(!second.errors.contains("wrote"), "{}", second.errors);
}

#[test]
fn a_refused_definition_gives_its_diagnostics() {
    let outcome = contexture(&["stubs", "fixtures/refused/unknown-type.yaml"]);
    assert_eq!((outcome.status, outcome.output.as_str()), (1, ""));
    assert!(
        outcome.errors.starts_with("error[C0301]"),
        "{}",
        outcome.errors
    );
}
