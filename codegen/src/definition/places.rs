//! The values of files by their places.

use std::collections::HashMap;

use serde_json::Value;

use crate::diagnostic::{FileId, Files, Pointer};

/// Every value of every file, by its place.
///
/// The phases look the same schemas up again and again. From the root of a file, each time is a walk.
#[derive(Debug)]
pub(super) struct Places<'a>(Vec<HashMap<Pointer, &'a Value>>);

impl<'a> Places<'a> {
    pub(super) fn new(files: &'a Files) -> Self {
        Self(files.iter().map(|file| places(&file.value)).collect())
    }

    /// The value at a place.
    pub(super) fn get(&self, file: FileId, pointer: &Pointer) -> Option<&'a Value> {
        self.0.get(file.0)?.get(pointer).copied()
    }
}

fn places(root: &Value) -> HashMap<Pointer, &Value> {
    let mut places = HashMap::new();
    let mut open = vec![(Pointer::root(), root)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Object(members) => {
                let inside = members.iter();
                open.extend(inside.map(|(name, member)| (pointer.child(name), member)));
            }
            Value::Array(items) => {
                let inside = items.iter().enumerate();
                open.extend(inside.map(|(index, item)| (pointer.item(index), item)));
            }
            _ => {}
        }
        places.insert(pointer, value);
    }
    places
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_is_found_by_its_pointer() {
        let value = json!({ "a/b": [0, { "~": null }], "": {} });
        let places = places(&value);
        let pointers = ["", "/", "/a~1b", "/a~1b/0", "/a~1b/1", "/a~1b/1/~0"];
        assert_eq!(places.len(), pointers.len());
        for pointer in pointers {
            let found = Pointer::parse(pointer).and_then(|pointer| places.get(&pointer).copied());
            assert_eq!(found, value.pointer(pointer), "{pointer}");
        }
    }
}
