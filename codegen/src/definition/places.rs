//! The values of files by their places.

use std::collections::HashMap;

use serde_json::Value;

use crate::diagnostic::{FileId, Files, Pointer};

/// Every value of every file that may be a schema or hold one, by its place.
///
/// The phases look the same schemas up again and again. From the root of a file, each time is a walk.
#[derive(Debug)]
pub(super) struct Places<'a>(Vec<File<'a>>);

#[derive(Debug)]
struct File<'a> {
    root: &'a Value,
    places: HashMap<Pointer, &'a Value>,
}

impl<'a> Places<'a> {
    pub(super) fn new(files: &'a Files) -> Self {
        let files = files.iter().map(|file| File {
            root: &file.value,
            places: places(&file.value, file.spans.len()),
        });
        Self(files.collect())
    }

    /// The value at a place.
    pub(super) fn get(&self, file: FileId, pointer: &Pointer) -> Option<&'a Value> {
        let File { root, places } = self.0.get(file.0)?;
        let known = places.get(pointer).copied();
        known.or_else(|| pointer.find(root))
    }
}

/// The objects, arrays and booleans in a value, which has about `count` values.
fn places(root: &Value, count: usize) -> HashMap<Pointer, &Value> {
    let mut places = HashMap::with_capacity(count);
    let is_wanted = |value: &Value| value.is_object() || value.is_array() || value.is_boolean();
    let mut open = vec![(Pointer::root(), root)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Object(members) => {
                let inside = members.iter().filter(|(_, member)| is_wanted(member));
                open.extend(inside.map(|(name, member)| (pointer.child(name), member)));
            }
            Value::Array(items) => {
                let inside = items.iter().enumerate().filter(|(_, item)| is_wanted(item));
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
        let root = &json!({ "a/b": [0, { "~": true }], "": {}, "c": "text" });
        let places = Places(vec![File {
            root,
            places: places(root, 0),
        }]);
        for text in [
            "",
            "/",
            "/a~1b",
            "/a~1b/0",
            "/a~1b/1",
            "/a~1b/1/~0",
            "/c",
            "/d",
        ] {
            let pointer = Pointer::parse(text).expect("a pointer");
            assert_eq!(
                places.get(FileId(0), &pointer),
                root.pointer(text),
                "{text}"
            );
        }
        assert_eq!(places.0[0].places.len(), 5);
    }
}
