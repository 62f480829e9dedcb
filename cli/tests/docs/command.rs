//! The options of the command.

use std::fs;
use std::process::Command;

use serde_json::json;

use crate::{docs, everything, reference, written};

#[test]
fn the_ending_of_a_file_is_its_format_and_check_finds_one_that_is_out_of_date() {
    let folder = tempfile::tempdir().unwrap();
    let definition = everything();
    let definition = definition.to_str().unwrap();
    let [page, text] = ["a.html", "a.md"].map(|name| folder.path().join(name));
    let both = [
        definition,
        "--out",
        page.to_str().unwrap(),
        "--out",
        text.to_str().unwrap(),
    ];
    let outcome = docs(&both);
    let expected = format!("wrote {}\nwrote {}\n", page.display(), text.display());
    assert_eq!((outcome.status, outcome.errors), (0, expected));
    assert_eq!(
        fs::read_to_string(&page).unwrap(),
        reference(&everything(), "html")
    );
    assert_eq!(
        fs::read_to_string(&text).unwrap(),
        reference(&everything(), "markdown")
    );
    assert!(docs(&both).errors.starts_with("unchanged: "));

    let checked = [&both[..], &["--check"]].concat();
    assert_eq!(docs(&checked).status, 0);
    fs::write(&text, "old").unwrap();
    let outcome = docs(&checked);
    assert_eq!(outcome.status, 1);
    let told = format!("{} is not the reference of {definition}", text.display());
    assert!(outcome.errors.contains(&told), "{}", outcome.errors);
    assert_eq!(fs::read_to_string(&text).unwrap(), "old");
}

#[test]
fn a_file_whose_ending_says_nothing_needs_a_format() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("reference.txt");
    let definition = everything();
    let arguments = [definition.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let outcome = docs(&arguments);
    assert_eq!(outcome.status, 2);
    assert!(outcome.errors.contains("--format"), "{}", outcome.errors);
    assert!(!out.exists());
    assert_eq!(
        docs(&[&arguments[..], &["--format", "markdown"]].concat()).status,
        0
    );
    assert_eq!(docs(&["--check"]).status, 2);
}

#[test]
fn a_definition_that_is_refused_and_a_file_that_cannot_be_written_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let refused = written(&folder, &json!({ "name": "shop" }));
    let outcome = docs(&[refused.to_str().unwrap()]);
    assert_eq!((outcome.status, outcome.output.as_str()), (1, ""));
    assert!(
        outcome.errors.contains("is refused: 1 error"),
        "{}",
        outcome.errors
    );

    let missing = folder.path().join("missing/a.md");
    let outcome = docs(&[
        everything().to_str().unwrap(),
        "--out",
        missing.to_str().unwrap(),
    ]);
    assert_eq!(outcome.status, 1);
    assert!(
        outcome.errors.contains("cannot write"),
        "{}",
        outcome.errors
    );
    let help = format!(
        "help: make the folder {} first\n",
        folder.path().join("missing").display()
    );
    assert!(outcome.errors.ends_with(&help), "{}", outcome.errors);
}

#[test]
fn a_warning_does_not_keep_from_making_the_reference() {
    let folder = tempfile::tempdir().unwrap();
    let definition = json!({
        "name": "shop",
        "version": "1.0.0",
        "events": { "sold": { "schema": { "type": "object", "minlength": 3 } } },
    });
    let file = written(&folder, &definition);
    assert!(reference(&file, "markdown").contains("`sold`"));
}

#[test]
fn a_deep_schema_is_described_by_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let part = |number: usize| json!({ "type": "object", "properties": { "in": { "$ref": format!("#/definitions/part{number}") } } });
    let parts = (0..80).map(|number| (format!("part{number}"), part(number + 1)));
    let mut parts: serde_json::Map<_, _> = parts.collect();
    parts.insert("part80".to_owned(), json!({ "type": "string" }));
    let definition = json!({
        "name": "deep",
        "version": "1.0.0",
        "definitions": parts,
        "events": { "deep": { "schema": part(0) } },
    });
    let file = written(&folder, &definition);
    for format in ["html", "markdown"] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_contexture"));
        let output = program
            .args(["docs", "--format", format])
            .arg(&file)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(
            text.contains("too deep to be shown, see the schema"),
            "{text}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_is_written_and_not_read() {
    for command in [&["docs", "--format", "markdown"][..], &["generate"]] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_contexture"));
        program.args(command).arg(everything());
        let printed = program.output().unwrap();
        let piped = program.args(["--out", "/dev/stdout"]).output().unwrap();
        assert!(piped.status.success(), "{piped:?}");
        assert!(piped.stdout == printed.stdout, "{command:?}");
    }
}

#[test]
fn a_check_names_all_files_and_the_command_that_writes_them() {
    let folder = tempfile::tempdir().unwrap();
    let definition = written(&folder, &json!({ "name": "shop", "version": "1.0.0" }));
    let definition = definition.to_str().unwrap();
    let [old, missing] = ["old.html", "missing.txt"].map(|name| folder.path().join(name));
    fs::write(&old, "old").unwrap();
    let [old, missing] = [&old, &missing].map(|path| path.to_str().unwrap());
    let options = ["--format", "markdown", "--against", definition];
    let outs = [definition, "--out", old, "--out", missing, "--check"];
    let outcome = docs(&[&outs[..], &options[..]].concat());
    assert_eq!(outcome.status, 1);
    let told = format!(
        "error: {old} is not the reference of {definition}\nerror: cannot read {missing}: "
    );
    assert!(outcome.errors.starts_with(&told), "{}", outcome.errors);
    let (_, command) = outcome
        .errors
        .split_once("help: run `contexture docs ")
        .unwrap();
    let command = ["contexture", "docs"]
        .into_iter()
        .chain(command.trim_end_matches("`\n").split(' '));
    let outcome = contexture_cli::run(command, false);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    assert_eq!(docs(&[&outs[..], &options[..]].concat()).status, 0);
}

#[test]
fn no_file_is_written_if_the_ending_of_another_one_says_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let [page, other] = ["a.html", "a.txt"].map(|name| folder.path().join(name));
    let [page_name, other] = [&page, &other].map(|path| path.to_str().unwrap());
    let definition = everything();
    let outs = [
        definition.to_str().unwrap(),
        "--out",
        page_name,
        "--out",
        other,
    ];
    assert_eq!(docs(&outs).status, 2);
    assert!(!page.exists());
}

#[test]
fn the_definition_is_not_replaced_by_its_reference() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(&folder, &json!({ "name": "shop", "version": "1.0.0" }));
    let before = fs::read(&file).unwrap();
    let again = folder.path().join(".").join(file.file_name().unwrap());
    for out in [&file, &again] {
        let [file, out] = [&file, out].map(|path| path.to_str().unwrap());
        let outcome = docs(&[file, "--format", "html", "--out", out]);
        assert_eq!(outcome.status, 2);
        let expected = "is the definition, and would be replaced\nhelp: ";
        assert!(outcome.errors.contains(expected), "{}", outcome.errors);
    }
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn only_a_page_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("a.md");
    let definition = everything();
    let outcome = docs(&[
        definition.to_str().unwrap(),
        "--out",
        text.to_str().unwrap(),
        "--open",
    ]);
    assert_eq!(outcome.status, 2);
    assert!(
        outcome.errors.contains("ends in .html"),
        "{}",
        outcome.errors
    );
    assert!(!text.exists());
}
