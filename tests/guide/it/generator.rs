//! The messages of the generator about mistakes in the definition.

use std::fs;

use crate::chapters::folder;
use crate::messages::{OF_THE_GENERATOR, shown};

/// A mistake in the definition of the guide: the first text that is replaced, and what replaces it.
fn mistake(name: &str) -> (&'static str, &'static str) {
    match name {
        "unknown-type" => ("type: string", "type: strng"),
        "no-value-fits" => ("required: [subject, email]", "required: [subject, mail]"),
        "unknown-keyword" => ("maxLength: 200", "maxLenght: 200"),
        _ => panic!("no mistake is known for `{name}`"),
    }
}

#[test]
fn the_checks_print_what_the_chapters_show() {
    let definition = fs::read_to_string(folder().join("definition.yaml")).unwrap();
    let scratch = tempfile::tempdir().unwrap();
    let path = scratch.path().join("definition.yaml");
    for name in OF_THE_GENERATOR {
        let (right, wrong) = mistake(name);
        assert!(definition.contains(right), "{right}");
        fs::write(&path, definition.replacen(right, wrong, 1)).unwrap();
        let arguments = ["contexture", "check", path.to_str().unwrap()];
        let printed = contexture_cli::run(arguments, false).errors;
        let printed = printed.replace(path.to_str().unwrap(), "definition.yaml");
        for shown in shown(name) {
            assert!(printed.contains(&shown), "{printed}\n\nnot:\n\n{shown}");
        }
    }
}

#[test]
fn the_definition_has_no_mistake_of_its_own() {
    let path = folder().join("definition.yaml");
    let arguments = ["contexture", "check", "--deny-warnings"].map(str::to_owned);
    let path = path.to_string_lossy().into_owned();
    let checked = contexture_cli::run(arguments.into_iter().chain([path]), false);
    assert_eq!(checked.status, 0, "{}", checked.errors);
}
