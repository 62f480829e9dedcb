//! The definition that a command takes if none is named.

use std::path::{Path, PathBuf};

use crate::Outcome;

/// The names of a project's definition, the first one first.
const NAMES: [&str; 3] = ["definition.yaml", "definition.yml", "definition.json"];

/// The file that is named, or the definition of the current folder.
pub(crate) fn find(named: Option<&Path>) -> Result<PathBuf, Outcome> {
    if let Some(file) = named {
        return Ok(file.to_owned());
    }
    in_folder(Path::new("")).ok_or_else(|| {
        Outcome::wrong_usage(
            "error: this folder has no definition.yaml\n\
             help: name the definition, as in `contexture check definitions/github.yaml`. \
             For more information, try `--help`\n",
        )
    })
}

/// The definition of a folder, if it has one.
pub(crate) fn in_folder(folder: &Path) -> Option<PathBuf> {
    let mut files = NAMES.iter().map(|name| folder.join(name));
    files.find(|file| file.is_file())
}
