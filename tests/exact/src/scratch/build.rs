//! Builds the modules that compile, and reports the others.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, io};

use serde_json::Value;

use super::package::{Module, write_workspace};
use crate::cargo::{cargo, run};

/// Compiles the modules in a separate workspace; returns the first error of each module that was left out.
///
/// # Errors
///
/// Returns an error if a file cannot be written, or if the remaining code does not compile for a reason outside of the
/// modules.
pub fn build(folder: &Path, modules: &[Module]) -> io::Result<BTreeMap<String, String>> {
    let mut dropped: BTreeMap<String, String> = BTreeMap::new();
    loop {
        write_workspace(folder, modules, |module| {
            !dropped.contains_key(&module.name)
        })?;
        let mut build = cargo(folder);
        build.args(["build", "--keep-going", "--message-format=json"]);
        let ran = run(build.arg("--target-dir").arg(target(folder)))?;
        if ran.is_success {
            return Ok(dropped);
        }
        let before = dropped.len();
        for (module, message) in ran.diagnostics().filter_map(error_of) {
            if modules.iter().any(|known| known.name == module) {
                dropped.entry(module).or_insert(message);
            }
        }
        if dropped.len() == before {
            return Err(io::Error::other(ran.errors));
        }
    }
}

/// The built program.
pub(super) fn program(folder: &Path) -> PathBuf {
    let name = format!("{}{}", runner(folder), env::consts::EXE_SUFFIX);
    target(folder).join("debug").join(name)
}

/// The name of the package that runs the others. It is unique to the folder.
pub(super) fn runner(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    format!("run-{name}")
}

/// The target folder, which sibling folders share, so that the runtime is compiled once.
pub(crate) fn target(folder: &Path) -> PathBuf {
    folder.join("../target")
}

/// The module of a compiler error, and the error.
fn error_of(message: &Value) -> Option<(String, String)> {
    if message["level"] != "error" {
        return None;
    }
    let spans = message["spans"].as_array()?;
    let module = spans.iter().find_map(module_of)?;
    Some((module, message["rendered"].as_str()?.to_owned()))
}

/// The module of a span, or of its macro expansion.
fn module_of(span: &Value) -> Option<String> {
    let path = Path::new(span["file_name"].as_str()?);
    let is_ours = path
        .components()
        .next()
        .is_some_and(|first| first.as_os_str().to_string_lossy().starts_with("part"));
    if is_ours && path.file_name().is_some_and(|name| name != "lib.rs") {
        return Some(path.file_stem()?.to_string_lossy().into_owned());
    }
    module_of(span["expansion"].get("span")?)
}
