//! The files for a package that exists, and the words about them.

use std::fs;
use std::path::Path;

use super::super::{contexture, files_below, new_project, read};
use super::{FILES, project};
use crate::support::{repository, scratch};

fn deploy(folder: &Path) -> contexture_cli::Outcome {
    let folder = folder.to_str().unwrap();
    contexture(&["new", "--deploy", "kubernetes", "--path", folder])
}

#[test]
fn an_existing_package_gets_the_files_that_a_new_project_has() {
    let new = project("deploy-new");
    let (folder, _) = new_project("deploy-existing", &["my-shop"]);
    let before = files_below(&folder);
    let outcome = deploy(&folder);
    assert_eq!(
        (outcome.status, outcome.output.as_str()),
        (0, ""),
        "{}",
        outcome.errors
    );
    for command in [
        "  docker build --tag registry.example.com/my-shop:0.1.0 .  ",
        "  kubectl create secret generic my-shop --from-env-file=.env  ",
        "  kubectl apply --filename kubernetes.yaml  ",
    ] {
        assert!(outcome.errors.contains(command), "{}", outcome.errors);
    }
    let added: Vec<_> = files_below(&folder).difference(&before).cloned().collect();
    assert_eq!(added, FILES);
    for file in FILES {
        assert_eq!(read(&folder, file), read(&new, file), "{file}");
    }
}

#[test]
fn a_file_that_exists_is_named_and_nothing_is_written() {
    let (folder, _) = new_project("deploy-used", &["my-shop"]);
    fs::write(folder.join("Dockerfile"), "mine").unwrap();
    let before = files_below(&folder);
    let refused = deploy(&folder);
    assert_eq!(refused.status, 1);
    let reason = format!("error: {} exists\n", folder.join("Dockerfile").display());
    assert!(refused.errors.starts_with(&reason), "{}", refused.errors);
    assert_eq!(files_below(&folder), before);
    assert_eq!(read(&folder, "Dockerfile"), "mine");
}

#[test]
fn a_folder_without_a_package_is_refused() {
    let outside = tempfile_outside_of_any_package();
    let refused = deploy(&outside);
    assert_eq!(refused.status, 1);
    assert!(
        refused.errors.contains("contexture new hello"),
        "{}",
        refused.errors
    );
    fs::remove_dir(outside).unwrap();
}

/// The folders of tests are within this workspace, so cargo would find that.
fn tempfile_outside_of_any_package() -> std::path::PathBuf {
    let name = format!("contexture-deploy-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn a_name_is_needed_without_a_place() {
    let refused = contexture(&["new"]);
    assert_eq!(refused.status, 2);
    let refused = contexture(&["new", "hello", "--deploy", "moon"]);
    assert_eq!(refused.status, 2);
    assert!(refused.errors.contains("kubernetes"), "{}", refused.errors);
}

#[test]
fn a_project_of_a_checkout_says_that_an_image_has_none() {
    let root = repository("").canonicalize().unwrap();
    let root = root.to_str().unwrap();
    for (source, is_noted) in [("git", false), ("release", false), (root, true)] {
        let arguments = ["my-shop", "--deploy", "kubernetes", "--contexture", source];
        let (_, outcome) = new_project("deploy-source", &arguments);
        let noted = outcome.errors.contains("without a checkout beside it");
        assert_eq!(noted, is_noted, "{}", outcome.errors);
    }
}

/// The quickstart is a member of a workspace, whose folder its image is built in.
#[test]
fn the_files_of_the_quickstart_are_those_that_the_command_writes() {
    const MEMBER: [&str; 3] = ["Dockerfile", "Dockerfile.dockerignore", "kubernetes.yaml"];

    let root = scratch("deploy-member");
    let member = root.join("examples/quickstart");
    fs::create_dir_all(member.join("src")).unwrap();
    let manifest = "[workspace]\nmembers = [\"examples/*\"]\n";
    fs::write(root.join("Cargo.toml"), manifest).unwrap();
    let manifest = "[package]\nname = \"quickstart\"\nversion = \"0.1.0\"\n";
    fs::write(member.join("Cargo.toml"), manifest).unwrap();
    fs::write(member.join("src/main.rs"), "fn main() {}\n").unwrap();
    let definition = repository("definitions/quickstart.yaml");
    fs::copy(definition, member.join("definition.yaml")).unwrap();

    let outcome = deploy(&member);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    let command = "  docker build --file examples/quickstart/Dockerfile --tag registry.example.com/quickstart:0.1.0 .  ";
    assert!(outcome.errors.contains(command), "{}", outcome.errors);
    let ours = repository("examples/quickstart");
    for file in MEMBER {
        assert_eq!(read(&member, file), read(&ours, file), "{file}");
    }
}
