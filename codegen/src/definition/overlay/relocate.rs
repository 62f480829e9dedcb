//! A base in another folder than its overlay.

use std::path::Path;

use serde_json::{Value, json};

use crate::definition::reference::address::{Reference, is_absolute, is_bare, join};
use crate::diagnostic::Pointer;
use crate::json_schema::subschemas;
use crate::sections::{embedded_schemas, places};

/// The places of paths in a definition.
const PATHS: &[&str] = &[
    "icon/file",
    "readme/file",
    "identifier/*/file",
    "configuration/identifier/*/file",
    "configurations/*/identifier/*/file",
];

/// Turns the paths of a base, which are relative to its own folder, to where the overlay finds the files.
///
/// `folder` is the base's folder as the overlay names it, `address` the address of the base.
pub(in crate::definition) fn relocate(base: &mut Value, folder: &Path, address: &str) {
    let moved = |path: &str| json!(folder.join(path).to_string_lossy());
    for pattern in PATHS {
        let found = places(base, pattern).into_iter();
        let found: Vec<_> = found.map(|(place, path)| (place, path.clone())).collect();
        for (place, path) in found {
            if let (Some(path), Some(there)) = (path.as_str(), base.pointer_mut(place.as_str())) {
                *there = moved(path);
            }
        }
    }
    let extensions = base.get_mut("extends").and_then(Value::as_array_mut);
    for extension in extensions.into_iter().flatten() {
        let path = match extension.get_mut("interface") {
            Some(Value::Object(interface)) => interface.get_mut("file"),
            other => other,
        };
        if let Some(Value::String(path)) = path {
            *path = folder.join(&*path).to_string_lossy().into_owned();
        }
    }
    let older = base.get_mut("migratesFrom").and_then(Value::as_array_mut);
    for path in older.into_iter().flatten() {
        if let Value::String(path) = path {
            *path = folder.join(&*path).to_string_lossy().into_owned();
        }
    }
    for place in embedded_schemas(base) {
        if let Some(schema) = base.pointer_mut(place.as_str()) {
            relocate_references(schema, address);
        }
    }
}

/// Makes references to files absolute. One below an `$id` is relative to that.
fn relocate_references(schema: &mut Value, address: &str) {
    let mut open = vec![Pointer::root()];
    while let Some(place) = open.pop() {
        let Some(there) = schema.pointer_mut(place.as_str()) else {
            continue;
        };
        if there.get("$id").is_some_and(Value::is_string) {
            continue;
        }
        let inside = subschemas(there).into_iter();
        open.extend(inside.map(|(inner, _)| place.join(&inner)));
        let reference = there.get("$ref").and_then(Value::as_str);
        if let Some(moved) = reference.and_then(|reference| moved_reference(reference, address)) {
            there["$ref"] = Value::String(moved);
        }
    }
}

fn moved_reference(text: &str, base: &str) -> Option<String> {
    let Reference { address, fragment } = Reference::parse(text);
    if address.is_empty() || is_absolute(address) || is_bare(text) {
        return None;
    }
    Some(format!("{}#{fragment}", join(base, address)?))
}
