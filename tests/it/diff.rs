//! `contexture diff`: two versions of a definition.
//!
//! `fixtures/changes/` has a pair of definitions for each kind of change.

use std::fs;
use std::path::Path;
use std::process::Command;

use contexture_cli::Outcome;

use crate::support::{entries, name_of, scratch, snapshots, write};

/// Runs the command, with more time for a question than a slow machine needs.
fn diff(arguments: &[&str]) -> Outcome {
    let command = ["contexture", "diff", "--limit", "120"];
    contexture_cli::run(command.iter().chain(arguments), false)
}

/// Compares the pair of a fixture, and reviews the result for people and as JSON.
fn check(fixture: &str) {
    let [old, new] =
        ["old", "new"].map(|version| format!("fixtures/changes/{fixture}/{version}.yaml"));
    for (format, ending) in [("human", "txt"), ("json", "json")] {
        let outcome = diff(&[&old, &new, "--format", format]);
        assert_eq!(outcome.errors, "", "{fixture}");
        let text = format!("{}exit status: {}", outcome.output, outcome.status);
        snapshots("changes").bind(|| {
            insta::assert_snapshot!(format!("{fixture}.{ending}"), text);
        });
    }
}

#[test]
fn every_kind_of_change_is_shown_as_it_was_reviewed() {
    let fixtures = entries(Path::new("fixtures/changes"));
    assert!(!fixtures.is_empty());
    for fixture in &fixtures {
        check(&name_of(fixture));
    }
}

#[test]
fn a_change_is_shown_beside_its_line_by_github_and_in_a_release_note() {
    let pair = |fixture: &str| {
        ["old", "new"].map(|version| format!("fixtures/changes/{fixture}/{version}.yaml"))
    };
    for (format, fixture) in [
        ("github", "configuration-tightened"),
        ("markdown", "channels"),
        ("markdown", "migration-named"),
    ] {
        let [old, new] = pair(fixture);
        let outcome = diff(&[&old, &new, "--format", format]);
        snapshots("changes").bind(|| {
            insta::assert_snapshot!(format!("{fixture}.{format}"), outcome.output);
        });
    }
}

#[test]
fn what_makes_the_command_fail_can_be_chosen() {
    let status = |fixture: &str, fail_on: &str| {
        let [old, new] =
            ["old", "new"].map(|version| format!("fixtures/changes/{fixture}/{version}.yaml"));
        diff(&[&old, &new, "--fail-on", fail_on]).status
    };
    for (fixture, statuses) in [
        ("configuration-tightened", [1, 1, 1, 0]),
        ("cannot-tell", [0, 1, 0, 0]),
        ("migration-cannot-tell", [0, 0, 0, 0]),
        ("texts", [0, 0, 1, 0]),
        ("other-words", [0, 0, 0, 0]),
    ] {
        let fail_on = ["breaks", "cannot-tell", "version", "nothing"];
        assert_eq!(
            fail_on.map(|fail_on| status(fixture, fail_on)),
            statuses,
            "{fixture}"
        );
    }
}

#[test]
fn no_secret_is_shown_in_any_format() {
    let [old, new] =
        ["old", "new"].map(|version| format!("fixtures/changes/secret-values/{version}.yaml"));
    for format in ["human", "json", "github", "markdown"] {
        let outcome = diff(&[&old, &new, "--format", format]);
        assert_eq!(outcome.status, 1);
        assert!(!outcome.output.contains("hunter"), "{}", outcome.output);
    }
}

#[test]
fn a_file_is_compared_with_what_it_was_at_a_revision_of_git() {
    let folder = scratch("diff-git");
    let definition =
        "name: shop\nversion: 1.0.0\nconfiguration: { schema: { $ref: ./types/region.yaml } }\n";
    let path = write(&folder, "integrations/shop/definition.yaml", definition);
    let region = "integrations/shop/types/region.yaml";
    write(
        &folder,
        region,
        "{ type: object, properties: { region: { enum: [eu, us] } } }\n",
    );
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .current_dir(&folder)
            .args([
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@example.com",
                "-c",
                "commit.gpgsign=false",
            ])
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "The first version"]);
    write(
        &folder,
        region,
        "{ type: object, properties: { region: { enum: [eu] } } }\n",
    );
    let path = path.to_str().unwrap();
    let outcome = diff(&[path, "--against", "git:HEAD"]);
    assert_eq!((outcome.status, outcome.errors.as_str()), (1, ""));
    assert!(
        outcome
            .output
            .contains("`region` can no longer be `\"us\"`"),
        "{}",
        outcome.output
    );
    assert!(
        outcome.output.contains("region.yaml:1:41"),
        "{}",
        outcome.output
    );

    fs::remove_file(folder.join(region)).unwrap();
    write(
        &folder,
        "integrations/shop/definition.yaml",
        "name: shop\nversion: 2.0.0\nactions: {}\n",
    );
    let outcome = diff(&[path, "--against", "git:HEAD", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&outcome.output).unwrap();
    assert_eq!(report["version"]["is_enough"], true);

    let new = write(
        &folder,
        "integrations/shop/new.yaml",
        "name: shop\nversion: 2.0.0\n",
    );
    for (arguments, status, message) in [
        (
            [path, "--against", "git:nothing"],
            1,
            "git knows no revision `nothing`",
        ),
        (
            [new.to_str().unwrap(), "--against", "git:HEAD"],
            1,
            "new.yaml is not in the revision",
        ),
    ] {
        let outcome = diff(&arguments);
        assert_eq!(outcome.status, status);
        assert!(outcome.errors.contains(message), "{}", outcome.errors);
    }
}

#[test]
fn a_definition_that_is_refused_is_not_compared() {
    let folder = scratch("diff-refused");
    let right = write(&folder, "right.yaml", "name: shop\nversion: 1.0.0\n");
    let wrong = write(&folder, "wrong.yaml", "name: shop\n");
    for (old, new) in [(&right, &wrong), (&wrong, &right)] {
        let outcome = diff(&[old.to_str().unwrap(), new.to_str().unwrap()]);
        assert_eq!((outcome.status, outcome.output.as_str()), (1, ""));
        assert!(
            outcome.errors.contains("wrong.yaml is refused: 1 error"),
            "{}",
            outcome.errors
        );
    }
    assert_eq!(diff(&[right.to_str().unwrap()]).status, 2);
}
