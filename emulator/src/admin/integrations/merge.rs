//! A definition after an update: what the body has replaces what was there, and `null` deletes.
//!
//! A map of which members can be deleted keeps those that the body leaves out. Of another object the body has all members.
//! So Botpress's command line sends them: an action as a whole, and its attributes with a `null` for each that is gone.

use serde_json::{Map, Value};

use crate::wire::shape::{Field, Shape};

/// The members after an update. Those of the root that the body leaves out remain.
pub(super) fn merged(
    fields: &[Field],
    old: &Map<String, Value>,
    body: &Map<String, Value>,
) -> Map<String, Value> {
    let mut merged = old.clone();
    for field in fields {
        let Some(new) = body.get(field.name) else {
            continue;
        };
        set(
            &mut merged,
            field.name,
            value(&field.shape, old.get(field.name), new),
        );
    }
    merged
}

/// A value after an update; `None` if it is deleted.
fn value(shape: &Shape, old: Option<&Value>, new: &Value) -> Option<Value> {
    match (shape, new) {
        (Shape::OrNull(_), Value::Null) => None,
        (Shape::OrNull(inner), _) => value(inner, old, new),
        (Shape::Map(inner), Value::Object(new)) => Some(members(inner, old, new)),
        (Shape::Object(fields), Value::Object(new)) => Some(object(fields, old, new)),
        _ => Some(new.clone()),
    }
}

fn members(shape: &Shape, old: Option<&Value>, new: &Map<String, Value>) -> Value {
    let old = old.and_then(Value::as_object);
    let mut merged = match (shape, old) {
        (Shape::OrNull(_), Some(old)) => old.clone(),
        _ => Map::new(),
    };
    for (name, new) in new {
        let old = old.and_then(|old| old.get(name));
        set(&mut merged, name, value(shape, old, new));
    }
    merged.into()
}

fn object(fields: &[Field], old: Option<&Value>, new: &Map<String, Value>) -> Value {
    let mut merged = Map::new();
    for field in fields {
        let old = old.and_then(|old| old.get(field.name));
        let value = match new.get(field.name) {
            Some(new) => value(&field.shape, old, new),
            None => old.filter(|_| has_deletions(&field.shape)).cloned(),
        };
        set(&mut merged, field.name, value);
    }
    merged.into()
}

fn set(object: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    match value {
        Some(value) => {
            object.insert(name.to_owned(), value);
        }
        None => {
            object.shift_remove(name);
        }
    }
}

/// Whether something within a value can be deleted by `null`.
fn has_deletions(shape: &Shape) -> bool {
    match shape {
        Shape::OrNull(_) => true,
        Shape::Map(inner) => has_deletions(inner),
        Shape::Object(fields) => fields.iter().any(|field| has_deletions(&field.shape)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::admin::body::UPDATE;

    fn after(old: &Value, body: &Value) -> Value {
        let [old, body] = [old, body].map(|value| value.as_object().unwrap());
        merged(UPDATE, old, body).into()
    }

    #[test]
    fn null_deletes_a_member_and_others_remain() {
        let old = json!({
            "title": "Acme",
            "actions": { "a": { "input": 1 }, "b": {} },
            "attributes": { "category": "x", "repo": "y" },
            "user": { "tags": { "id": {}, "name": {} } },
            "identifier": { "extractScript": ".a", "fallbackHandlerScript": ".b" },
        });
        let body = json!({
            "actions": { "b": null, "c": { "input": 2 } },
            "attributes": { "repo": null },
            "user": { "tags": { "name": null } },
            "identifier": { "extractScript": null },
        });
        let expected = json!({
            "title": "Acme",
            "actions": { "a": { "input": 1 }, "c": { "input": 2 } },
            "attributes": { "category": "x" },
            "user": { "tags": { "id": {} } },
            "identifier": { "fallbackHandlerScript": ".b" },
        });
        assert_eq!(after(&old, &body), expected);
    }

    #[test]
    fn an_action_is_replaced_as_a_whole_but_for_its_attributes() {
        let old = json!({ "actions": { "a": { "title": "A", "input": 1, "output": 1, "attributes": { "x": "1", "y": "2" } } } });
        let body =
            json!({ "actions": { "a": { "input": 2, "output": 1, "attributes": { "y": null } } } });
        let expected =
            json!({ "actions": { "a": { "input": 2, "output": 1, "attributes": { "x": "1" } } } });
        assert_eq!(after(&old, &body), expected);
    }

    #[test]
    fn a_channel_is_merged_at_its_messages_and_tags() {
        let old = json!({ "channels": { "chat": {
            "messages": { "text": {}, "image": {} },
            "message": { "tags": { "id": {} } },
            "conversation": { "tags": { "id": {}, "topic": {} }, "creation": { "enabled": true, "requiredTags": [] } },
        } } });
        let body = json!({ "channels": { "chat": {
            "messages": { "image": null },
            "conversation": { "tags": { "topic": null } },
        } } });
        let expected = json!({ "channels": { "chat": {
            "messages": { "text": {} },
            "message": { "tags": { "id": {} } },
            "conversation": { "tags": { "id": {} } },
        } } });
        assert_eq!(after(&old, &body), expected);
    }

    #[test]
    fn what_has_no_deletions_is_replaced() {
        let old = json!({ "extraOperations": { "ping": { "enabled": true } }, "layers": ["a"] });
        let body = json!({ "extraOperations": {}, "layers": ["b"] });
        assert_eq!(after(&old, &body), body);
    }
}
