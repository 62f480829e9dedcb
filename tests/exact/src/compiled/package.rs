//! The package that holds the code of all definitions, one module each.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{fs, io};

use serde_json::Value;

use crate::cargo::{Ran, cargo};
use crate::environment::workspace;
use crate::scratch::target;

/// The name of the package.
const NAME: &str = "corpus-check";

/// Writes a package with a module for each file, named by the file's stem.
pub(super) fn write(folder: &Path, files: &BTreeMap<String, String>) -> io::Result<()> {
    let source = folder.join("src");
    fs::create_dir_all(&source)?;
    let manifest = format!(
        "[package]\nname = \"{NAME}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\ncontexture = {{ path = '{}', default-features = false }}\n",
        workspace().join("runtime").display()
    );
    write_file(&folder.join("Cargo.toml"), &manifest)?;
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let mut library = "//! Generated from real definitions.\n#![allow(dead_code)]\n".to_owned();
    for (stem, code) in files {
        write_file(&source.join(format!("{stem}.rs")), code)?;
        let module = stem.replace('-', "_");
        writeln!(
            library,
            "pub mod file_{module} {{ include!(\"{stem}.rs\"); }}"
        )
        .expect("writing to a string does not fail");
    }
    write_file(&source.join("lib.rs"), &library)
}

/// Runs cargo on the package.
pub(super) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = cargo(folder);
    command
        .args(arguments)
        .args(["--message-format=json", "--target-dir"])
        .arg(target(folder));
    command
}

/// The first message about each file, and all messages about no file.
pub(super) fn by_file(ran: &Ran) -> (BTreeMap<String, String>, Vec<String>) {
    let mut first = BTreeMap::new();
    let mut others = Vec::new();
    for message in ran.diagnostics() {
        let rendered = message["rendered"].as_str().unwrap_or_default().to_owned();
        match file_of(message) {
            Some(stem) => _ = first.entry(stem).or_insert(rendered),
            None => others.push(rendered),
        }
    }
    (first, others)
}

/// The stem of the file that a message is about.
fn file_of(message: &Value) -> Option<String> {
    let file = Path::new(message["spans"][0]["file_name"].as_str()?);
    let is_ours = file.starts_with("src") && file.file_name()? != "lib.rs";
    is_ours.then(|| {
        file.file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
    })?
}

fn write_file(path: &Path, contents: &str) -> io::Result<()> {
    contexture_codegen::write_if_changed(path, contents).map(|_| ())
}
