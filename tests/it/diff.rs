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
        ("version-lowered", [0, 0, 1, 0]),
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
        let shown = outcome.output;
        assert!(
            !shown.contains("hunter") && !shown.contains("sk-live"),
            "{shown}"
        );
    }
}

/// Makes a repository of a folder, with one commit.
fn commit(folder: &Path) {
    for arguments in [
        &["init", "--quiet"][..],
        &["add", "."],
        &["commit", "--quiet", "--message", "The first version"],
    ] {
        let output = Command::new("git")
            .current_dir(folder)
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
    }
}

#[test]
fn a_file_that_had_another_path_at_a_revision_is_compared_by_that_path() {
    let folder = scratch("diff-git-moved");
    let old =
        "name: shop\nversion: 1.0.0\nconfiguration: { schema: { $ref: ./types/region.yaml } }\n";
    write(&folder, "old folder/shop.yaml", old);
    let region = "{ type: object, properties: { region: { enum: [eu, us] } } }\n";
    write(&folder, "old folder/types/region.yaml", region);
    commit(&folder);
    fs::remove_dir_all(folder.join("old folder")).unwrap();
    let new = write(
        &folder,
        "new/definition.yaml",
        "name: shop\nversion: 2.0.0\n",
    );
    let new = new.to_str().unwrap();
    for path in ["old folder/shop.yaml", "new/../old folder/shop.yaml"] {
        let outcome = diff(&[new, "--against", &format!("git:HEAD:{path}")]);
        assert_eq!((outcome.status, outcome.errors.as_str()), (1, ""));
        let shown = outcome.output;
        assert!(shown.contains("`region` is removed"), "{shown}");
        assert!(shown.contains("old folder/types/region.yaml:1"), "{shown}");
    }
    for path in ["other.yaml", "../../../outside.yaml", "/etc/passwd", ""] {
        let outcome = diff(&[new, "--against", &format!("git:HEAD:{path}")]);
        assert_eq!((outcome.status, outcome.output.as_str()), (1, ""), "{path}");
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
    commit(&folder);
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
    let missing = folder.join("missing.yaml");
    let outcome = diff(&[missing.to_str().unwrap(), wrong.to_str().unwrap()]);
    for message in [
        "missing.yaml is refused: 1 error",
        "wrong.yaml is refused: 1 error",
    ] {
        assert!(outcome.errors.contains(message), "{}", outcome.errors);
    }
    assert_eq!(diff(&[right.to_str().unwrap()]).status, 2);
}
