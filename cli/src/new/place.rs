//! The folder of a new project.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;

/// Where a project is made.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The folder as it was named.
    pub(super) folder: PathBuf,
    /// The manifest of the workspace that the folder is in.
    pub(super) workspace: Option<PathBuf>,
}

impl Place {
    /// Checks that a folder can be made, or is empty.
    pub(super) fn find(folder: PathBuf) -> Result<Self, Outcome> {
        let shown = folder.display();
        if folder.is_file() {
            return Err(refusal(&format!("`{shown}` is a file")));
        }
        let is_used = fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_some());
        if is_used {
            return Err(refusal(&format!(
                "the folder `{shown}` exists and is not empty"
            )));
        }
        let workspace = workspace_around(&folder);
        Ok(Self { folder, workspace })
    }
}

fn refusal(reason: &str) -> Outcome {
    Outcome::failure(format!(
        "error: {reason}\nhelp: choose another name, or another folder with `--path DIR`\n"
    ))
}

/// The manifest of the nearest workspace in the folders around this one.
fn workspace_around(folder: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(folder).ok()?;
    let mut manifests = absolute
        .ancestors()
        .skip(1)
        .map(|folder| folder.join("Cargo.toml"));
    manifests.find(|manifest| {
        let text = fs::read_to_string(manifest).unwrap_or_default();
        text.lines()
            .any(|line| line.trim_start().starts_with("[workspace"))
    })
}
