//! `contexture new --deploy`: what it writes for a new project and for a package that exists.

mod dockerfile;
mod existing;
mod kubernetes;
mod manifests;

use std::path::PathBuf;

use super::new_project;
use crate::support::repository;

const FILES: [&str; 3] = [".dockerignore", "Dockerfile", "kubernetes.yaml"];

/// A new project with the files; its name is not that of any file.
fn project(test: &str) -> PathBuf {
    let (folder, outcome) = new_project(test, &["my-shop", "--deploy", "kubernetes"]);
    assert_eq!(
        (outcome.status, outcome.output.as_str()),
        (0, ""),
        "{}",
        outcome.errors
    );
    folder
}

/// A new project from a definition that has secrets.
fn project_with_secrets(test: &str) -> PathBuf {
    let definition = repository("definitions/github.yaml");
    let definition = definition.to_str().unwrap();
    let arguments = ["my-shop", "--from", definition, "--deploy", "kubernetes"];
    let (folder, outcome) = new_project(test, &arguments);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    folder
}
