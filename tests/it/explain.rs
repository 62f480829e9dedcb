//! `contexture check --explain`: the explanations of codes, and their wrong and right examples.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use contexture_cli::Outcome;
use contexture_codegen::{CATALOG, Entry, Generator};

use crate::support::{compile_script, files, name_of, scratch, write};

/// Diagnostics without a cause so far, so that there is no example of them.
const WITHOUT_EXAMPLES: [&str; 1] = ["invalid-definition"];

fn explain(code: &str) -> Outcome {
    contexture_cli::run(["contexture", "check", "--explain", code], false)
}

/// The blocks of code in a Markdown text.
fn blocks(markdown: &str) -> Vec<&str> {
    let inside = markdown.split("```").skip(1).step_by(2);
    inside
        .map(|block| block.trim_start_matches("yaml\n"))
        .collect()
}

/// The names of the findings in an example. The example may omit the name and the version.
fn names(folder: &Path, example: &str) -> BTreeSet<&'static str> {
    let has_head = example.lines().any(|line| line.starts_with("name:"));
    let head = if has_head {
        ""
    } else {
        "name: shop\nversion: 1.0.0\n"
    };
    let definition = write(folder, "shop.yaml", format!("{head}{example}"));
    let found = Generator::new(definition)
        .compile_scripts(compile_script)
        .lint();
    found.iter().map(|one| one.entry().name).collect()
}

fn is_lint(name: &str) -> bool {
    CATALOG
        .iter()
        .any(|entry| entry.name == name && entry.is_lint())
}

#[test]
fn every_explanation_has_a_wrong_example_and_a_right_one() {
    let outside = scratch("explain");
    write(&outside, "README.md", "# Outside");
    let folder = outside.join("definition");
    write(&folder, "README.md", "# Shop");
    write(&folder, "latin1.md", b"caf\xe9");
    write(&folder, "icon.svg", "<svg/>");
    write(&folder, "product.json", r#"{ "type": "object" }"#);
    let listable = fs::read("fixtures/refused/interfaces/listable.yaml").unwrap();
    write(&folder, "interfaces/listable.yaml", listable);
    for file in ["imported.json", "overlay.yaml"] {
        let text = fs::read(format!("fixtures/refused/files/{file}")).unwrap();
        write(&folder, file, text);
    }
    for path in files(Path::new("fixtures/refused/files/versions")) {
        write(
            &folder.join("versions"),
            &name_of(&path),
            fs::read(&path).unwrap(),
        );
    }
    let entries = CATALOG
        .iter()
        .filter(|entry| !WITHOUT_EXAMPLES.contains(&entry.name));
    for Entry {
        code,
        name,
        explanation,
        ..
    } in entries
    {
        let [wrong, right] = blocks(explanation)[..] else {
            panic!("{code} has not two examples: {explanation}");
        };
        let mut found = names(&folder, wrong);
        assert!(found.remove(name), "{code} is not found in\n{wrong}");
        found.retain(|name| !is_lint(name));
        assert_eq!(found, BTreeSet::new(), "the wrong example of {code}");

        let mut found = names(&folder, right);
        assert!(!found.contains(name), "{code} is found in\n{right}");
        found.retain(|name| !is_lint(name));
        assert_eq!(found, BTreeSet::new(), "the right example of {code}");
    }
}

#[test]
fn every_explanation_says_why_before_its_examples() {
    for entry in CATALOG {
        let why = entry.explanation.split("```").next().unwrap_or_default();
        assert!(why.len() > 80, "{}: {why}", entry.code);
        let is_narrow = |line: &str| line.chars().count() <= 120;
        assert!(entry.explanation.lines().all(is_narrow), "{}", entry.code);
    }
}

#[test]
fn a_code_is_explained_by_its_number_or_by_its_name() {
    let explained = explain("C0301");
    assert_eq!((explained.status, explained.errors.as_str()), (0, ""));
    assert!(
        explained
            .output
            .starts_with("C0301: JSON Schema has no such type. (error, `unknown-type`)\n\n"),
        "{}",
        explained.output
    );
    assert!(explained.output.contains("type: date"));
    for other in ["c0301", "unknown-type"] {
        assert_eq!(explain(other), explained);
    }
}

#[test]
fn an_unknown_code_is_wrong_use_with_a_suggestion() {
    for (code, meant) in [("C301", "C0301"), ("unknown-typ", "unknown-type")] {
        let outcome = explain(code);
        assert_eq!((outcome.status, outcome.output.as_str()), (2, ""));
        let message = format!("error: there is no code `{code}`\nhelp: did you mean `{meant}`? ");
        assert!(outcome.errors.starts_with(&message), "{}", outcome.errors);
    }
    let outcome = explain("nonsense");
    assert_eq!(outcome.status, 2);
    assert!(
        outcome
            .errors
            .ends_with("help: `contexture check --explain` lists all codes\n"),
        "{}",
        outcome.errors
    );
}

#[test]
fn without_a_code_all_of_them_are_listed() {
    let outcome = contexture_cli::run(["contexture", "check", "--explain"], false);
    assert_eq!((outcome.status, outcome.errors.as_str()), (0, ""));
    let lines: Vec<&str> = outcome.output.lines().collect();
    assert_eq!(lines.len(), CATALOG.len());
    for (line, entry) in lines.iter().zip(CATALOG) {
        assert!(
            line.starts_with(entry.code) && line.ends_with(entry.title),
            "{line}"
        );
    }
}

#[test]
fn nothing_is_checked_while_a_code_is_explained() {
    let arguments = ["contexture", "check", "--explain", "C0301", "shop.yaml"];
    let outcome = contexture_cli::run(arguments, false);
    assert_eq!((outcome.status, outcome.output.as_str()), (2, ""));
}
