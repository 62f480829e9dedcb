//! Maps of texts that are stored with a resource: `properties` and `attributes`.

use serde_json::{Map, Value};

/// Merges changes into a map. `null` and the empty text remove an entry.
pub(super) fn merge(map: &mut Map<String, Value>, changes: &Value) {
    for (name, value) in changes.as_object().into_iter().flatten() {
        if value.is_null() || *value == "" {
            map.shift_remove(name);
        } else {
            map.insert(name.clone(), value.clone());
        }
    }
}

/// Reads a stored JSON object.
pub(super) fn parse(text: &str) -> Map<String, Value> {
    serde_json::from_str(text).unwrap_or_default()
}

/// Writes a JSON object for the storage.
pub(super) fn text(map: &Map<String, Value>) -> String {
    serde_json::to_string(map).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_change_keeps_other_entries() {
        let mut map = parse(r#"{ "a": "1", "b": "2", "c": "3" }"#);
        merge(&mut map, &json!({ "a": null, "b": "", "d": "4" }));
        assert_eq!(text(&map), r#"{"c":"3","d":"4"}"#);
    }
}
