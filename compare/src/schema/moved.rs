//! Annotations that stand at another part of the schema of the same value.

use serde_json::Value;

use super::{Edit, Kind};

/// Removes annotations that moved: what they say of the value is the same.
pub(super) fn remove_moved(edits: &mut Vec<Edit>) {
    let mut index = 0;
    while index < edits.len() {
        let edit = &edits[index];
        let moved = edits[index + 1..]
            .iter()
            .position(|other| is_moved(edit, other));
        match moved {
            Some(distance) => {
                edits.remove(index + 1 + distance);
                edits.remove(index);
            }
            None => index += 1,
        }
    }
}

/// Whether one edit takes an annotation away, and the other one gives the same to the same value.
fn is_moved(edit: &Edit, other: &Edit) -> bool {
    match (annotation(edit), annotation(other)) {
        (Some((name, old, new)), Some((other_name, other_old, other_new))) => {
            let is_one = name == other_name && are_of_one_value(edit, other);
            is_one && (old, new) == (other_new, other_old) && old.is_some() != new.is_some()
        }
        _ => false,
    }
}

/// Whether two schemas are for the same value: one may be within the other, but not in another alternative.
fn are_of_one_value(edit: &Edit, other: &Edit) -> bool {
    let (one, other_one) = (&edit.branches, &other.branches);
    edit.way == other.way && (one.starts_with(other_one) || other_one.starts_with(one))
}

/// An annotation: its name, and what it was and is.
fn annotation(edit: &Edit) -> Option<(&str, Option<&Value>, Option<&Value>)> {
    match &edit.kind {
        Kind::Annotation { name, old, new } => Some((name, old.as_ref(), new.as_ref())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::schema::edits;

    #[test]
    fn an_annotation_that_moves_within_the_schema_of_a_value_is_no_change() {
        let schema = |outer: serde_json::Value, inner: serde_json::Value| {
            let mut outer = outer;
            outer["anyOf"] = json!([inner, { "type": "null" }]);
            json!({ "properties": { "a": outer, "b": { "type": "string" } } })
        };
        let text = json!({ "type": "string" });
        let described = json!({ "type": "string", "description": "A.", "x-zui": { "title": "A" } });
        let outer = json!({ "description": "A.", "x-zui": { "title": "A" } });
        let (old, new) = (schema(outer, text.clone()), schema(json!({}), described));
        assert_eq!(edits(&old, &new).len(), 0);
        assert_eq!(edits(&new, &old).len(), 0);
        let other = schema(json!({ "description": "B." }), text);
        assert_eq!(edits(&other, &new).len(), 3);
        let mut elsewhere = new.clone();
        elsewhere["properties"]["b"]["description"] = "A.".into();
        elsewhere["properties"]["a"]["anyOf"][0] = json!({ "type": "string" });
        assert_eq!(edits(&new, &elsewhere).len(), 3);
    }

    #[test]
    fn an_annotation_that_moves_to_another_alternative_is_two_changes() {
        let schema = |first: serde_json::Value, second: serde_json::Value| {
            let branch = |kind: &str, size: serde_json::Value| json!({ "properties": { "kind": { "const": kind }, "size": size } });
            json!({ "oneOf": [branch("box", first), branch("bag", second)] })
        };
        let (with, without) = (
            json!({ "type": "integer", "default": 1 }),
            json!({ "type": "integer" }),
        );
        let (old, new) = (schema(with.clone(), without.clone()), schema(without, with));
        assert_eq!(edits(&old, &new).len(), 2);
    }
}
