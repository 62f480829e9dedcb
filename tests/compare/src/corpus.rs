//! The schemas of real definitions.

use std::path::Path;
use std::{fs, io};

use serde_json::Value;

/// A definition, as JSON.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The name of the file, without its ending.
    pub name: String,
    /// The contents.
    pub value: Value,
}

/// Reads the definitions of a folder, in the order of their names.
///
/// # Errors
///
/// Returns an error if a file cannot be read or is not JSON.
pub fn load(folder: &Path) -> io::Result<Vec<Definition>> {
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    paths.sort();
    let load = |path: &std::path::PathBuf| {
        Ok(Definition {
            name: path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            value: serde_json::from_str(&fs::read_to_string(path)?)?,
        })
    };
    paths.iter().map(load).collect()
}

/// The schemas of a definition, each with its place.
#[must_use]
pub fn schemas(definition: &Definition) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    collect(&definition.value, &definition.name, &mut found);
    found
}

fn collect<'a>(value: &'a Value, at: &str, found: &mut Vec<(String, &'a Value)>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if name == "schema" && member.is_object() {
                    found.push((at.to_owned(), member));
                } else {
                    collect(member, &format!("{at}/{name}"), found);
                }
            }
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, item)| collect(item, &format!("{at}/{index}"), found)),
        _ => {}
    }
}
