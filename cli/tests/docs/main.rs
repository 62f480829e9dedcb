//! `contexture docs`: the reference of a definition.
//!
//! `fixtures/everything/` has a definition with everything that a reference shows, and two older versions.

mod changes;
mod command;
mod corpus;
mod fields;
mod hostile;
mod html;
mod page;
mod snapshots;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs};

use contexture_cli::Outcome;
use serde_json::Value;

/// Runs the command, with more time for a question than a slow machine needs.
fn docs(arguments: &[&str]) -> Outcome {
    let command = ["contexture", "docs", "--limit", "120"];
    contexture_cli::run(command.iter().chain(arguments), false)
}

/// The reference of a file in a format.
fn reference(file: &Path, format: &str) -> String {
    let outcome = docs(&[file.to_str().unwrap(), "--format", format]);
    assert_eq!((outcome.status, outcome.errors.as_str()), (0, ""));
    outcome.output
}

/// A definition with everything that a reference shows.
fn everything() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/docs/fixtures/everything/definition.yaml")
}

/// The references of a definition.
#[derive(Clone)]
struct Made {
    file: PathBuf,
    html: String,
    markdown: String,
}

/// Makes both references of a definition in one run.
fn made(file: PathBuf) -> Made {
    let folder = tempfile::tempdir().unwrap();
    let [html, markdown] = ["a.html", "a.md"].map(|name| folder.path().join(name));
    let outs = [&html, &markdown].map(|out| out.to_str().unwrap());
    let outcome = docs(&[file.to_str().unwrap(), "--out", outs[0], "--out", outs[1]]);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    Made {
        html: fs::read_to_string(html).unwrap(),
        markdown: fs::read_to_string(markdown).unwrap(),
        file,
    }
}

/// The references of a definition with everything, which are made once.
static EVERYTHING: LazyLock<Made> = LazyLock::new(|| made(everything()));

/// The references of all definitions, which are made once.
static ALL: LazyLock<Vec<Made>> = LazyLock::new(|| {
    let others = definitions().into_iter().map(made);
    others.chain([EVERYTHING.clone()]).collect()
});

/// The definitions of the repository, and the real ones of `CONTEXTURE_CORPUS` if it is set.
fn definitions() -> Vec<PathBuf> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../definitions");
    let corpus =
        env::var_os("CONTEXTURE_CORPUS").map(|corpus| Path::new(&corpus).join("integrations"));
    let folders = [Some(repository), corpus].into_iter().flatten();
    let entries = folders.flat_map(|folder| fs::read_dir(folder).unwrap());
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| {
        let name = file.file_name().unwrap().to_string_lossy();
        let is_definition = name.ends_with(".yaml") || name.ends_with(".json");
        is_definition && !name.contains(".schema.")
    });
    files.sort();
    files
}

/// Writes a definition into a folder of its own; gives its path.
fn written(folder: &tempfile::TempDir, definition: &Value) -> PathBuf {
    let path = folder.path().join("definition.json");
    fs::write(&path, definition.to_string()).unwrap();
    path
}
