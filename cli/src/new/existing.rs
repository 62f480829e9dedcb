//! An existing definition, which a project is made from.

use std::fs;
use std::path::{Component, Path, PathBuf};

use contexture_codegen::Handlers;

use super::name::is_taken_module;
use crate::folders::Folders;
use crate::{Outcome, stubs};

/// An existing definition, and the files that it needs.
#[derive(Debug)]
pub(super) struct Existing {
    pub(super) handlers: Handlers,
    /// The path of the definition in the project.
    pub(super) definition: String,
    /// The files to copy: from where, and to which path in the project.
    pub(super) copies: Vec<(PathBuf, String)>,
    /// Whether the definition is laid over the copy of what was imported.
    pub(super) is_overlay: bool,
}

/// What `bp read --json` printed is kept apart, so that it can be imported again.
pub(super) const IMPORTED: &str = "imported.json";
pub(super) const OVERLAY: &str = "definition.yaml";

/// Reads a definition.
pub(super) fn read(file: &Path, color: bool) -> Result<Existing, Outcome> {
    let handlers = stubs::read(file, &Folders::default(), color)?;
    if is_taken_module(&handlers.module) {
        let module = &handlers.module;
        return Err(Outcome::failure(format!(
            "error: the definition's name makes the module `{module}`, and the project has another one of that name\n\
             help: change `name` in {}\n",
            file.display()
        )));
    }
    let mut copies = copies(file, &handlers.read)?;
    let own = copies
        .first()
        .map(|(_, path)| path.clone())
        .unwrap_or_default();
    let is_json = Path::new(&own)
        .extension()
        .is_some_and(|extension| extension == "json");
    let is_overlay = is_json && copies.len() == 1;
    if is_overlay && let Some((_, path)) = copies.first_mut() {
        IMPORTED.clone_into(path);
    }
    Ok(Existing {
        handlers,
        definition: if is_overlay { OVERLAY.to_owned() } else { own },
        copies,
        is_overlay,
    })
}

/// The files of a definition, with their paths relative to its folder. It reads no file outside of that.
fn copies(file: &Path, read: &[PathBuf]) -> Result<Vec<(PathBuf, String)>, Outcome> {
    let failure = |file: &Path, error: &dyn std::fmt::Display| {
        Outcome::failure(format!("error: cannot read {}: {error}\n", file.display()))
    };
    let definition = fs::canonicalize(file).map_err(|error| failure(file, &error))?;
    let folder = definition.parent().unwrap_or(&definition).to_owned();
    let mut copies: Vec<(PathBuf, String)> = Vec::new();
    for path in read {
        let path = fs::canonicalize(path).map_err(|error| failure(path, &error))?;
        let within = path
            .strip_prefix(&folder)
            .map_err(|error| failure(&path, &error))?;
        let within = with_slashes(within);
        if copies.iter().all(|(_, other)| *other != within) {
            copies.push((path, within));
        }
    }
    Ok(copies)
}

/// A relative path with slashes on every system.
pub(super) fn with_slashes(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(part) => Some(part.to_string_lossy()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}
