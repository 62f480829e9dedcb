//! The parts of the command that an author starts with: new projects, handlers to write, changes of files, help.

mod deployment;
mod help;
mod new_from;
mod new_project;
mod stubs;
mod stubs_missing;
mod watch;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use contexture_cli::Outcome;

use crate::support::{entries, scratch};

/// Runs the command.
fn contexture(arguments: &[&str]) -> Outcome {
    contexture_cli::run(["contexture"].iter().chain(arguments), false)
}

/// The paths of all files below a folder, relative to it.
fn files_below(folder: &Path) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for path in entries(&next) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let path = path.strip_prefix(folder).unwrap();
                files.insert(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    files
}

/// Makes a project in a folder of its own; gives the folder and what the command says.
fn new_project(test: &str, arguments: &[&str]) -> (PathBuf, Outcome) {
    let folder = scratch(test).join("project");
    let path = folder.to_str().unwrap();
    let outcome = contexture(&[&["new"], arguments, &["--path", path]].concat());
    (folder, outcome)
}

/// Reads a file of a project.
fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
