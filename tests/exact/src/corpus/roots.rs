//! The schemas of a definition whose type has its own name.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::Value;

use crate::environment::json_files;

/// A definition, as JSON.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The file.
    pub path: PathBuf,
    /// The file's stem.
    pub stem: String,
    /// The content.
    pub value: Value,
}

/// Reads every definition of a folder, in the order of their names.
///
/// # Errors
///
/// Returns an error if a file cannot be read or is not JSON.
pub fn load_definitions(folder: &Path) -> io::Result<Vec<Definition>> {
    let load = |path: PathBuf| {
        let stem = path.file_stem().unwrap_or_default();
        Ok(Definition {
            stem: stem.to_string_lossy().into_owned(),
            value: serde_json::from_str(&fs::read_to_string(&path)?)?,
            path,
        })
    };
    json_files(folder)?.into_iter().map(load).collect()
}

/// The pointers of all payloads' schemas in a definition.
#[must_use]
pub fn root_pointers(definition: &Value) -> Vec<String> {
    let mut pointers = Vec::new();
    let mut add = |pointer: String| {
        if definition.pointer(&pointer).is_some() {
            pointers.push(pointer);
        }
    };
    add("/configuration/schema".to_owned());
    for section in ["configurations", "events", "states", "entities"] {
        for name in names(&definition[section]) {
            add(format!("/{section}/{}/schema", escaped(name)));
        }
    }
    for name in names(&definition["actions"]) {
        for way in ["input", "output"] {
            add(format!("/actions/{}/{way}/schema", escaped(name)));
        }
    }
    for channel in names(&definition["channels"]) {
        for message in names(&definition["channels"][channel]["messages"]) {
            let (channel, message) = (escaped(channel), escaped(message));
            add(format!("/channels/{channel}/messages/{message}/schema"));
        }
    }
    pointers
}

fn names(value: &Value) -> impl Iterator<Item = &str> {
    value
        .as_object()
        .into_iter()
        .flat_map(|fields| fields.keys().map(String::as_str))
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
