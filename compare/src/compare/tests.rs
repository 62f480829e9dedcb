//! No change of a definition is passed over in silence.

use serde_json::{Value, json};

use super::compare;
use crate::ask::{Answer, Judge, Question};

/// A judge that proves nothing.
struct Open;

impl Judge for Open {
    fn ask(&self, _: &Question) -> Answer {
        let reason = String::new();
        Answer::Unknown { reason }
    }
}

fn definition() -> Value {
    let schema = |draft: &str| {
        json!({
            "$schema": draft, "title": "T", "x-other": { "a": [1] }, "x-zui": { "title": "T", "secret": true },
            "type": "object", "required": ["a", "undeclared"], "additionalProperties": { "type": "string" },
            "patternProperties": { "^x": { "maxLength": 2 } }, "dependencies": { "a": ["b"], "c": { "minimum": 1 } },
            "properties": {
                "a": { "$ref": "#/definitions/shared" },
                "b": { "$ref": "#/definitions/shared", "description": "D", "minLength": 1 },
                "c": { "type": ["array", "null"], "items": [{ "format": "email" }, { "format": "phone" }], "additionalItems": { "const": 1 } },
                "d": { "type": "array", "prefixItems": [{ "const": "p" }], "contains": { "default": 4 }, "unevaluatedItems": { "const": 3 } },
                "e": { "oneOf": [{ "title": "One", "const": 1 }, { "properties": { "kind": { "const": "k" } } }, { "multipleOf": 7 }] },
                "f": { "if": { "const": 1 }, "then": { "enum": [1, "x"] }, "else": { "not": { "pattern": "p" } } },
                "g": { "allOf": [{ "propertyNames": { "pattern": "^a" } }], "unknown": { "a": "b" }, "contentMediaType": "text/html" },
                "h": { "dependentRequired": { "a": ["b"] }, "dependentSchemas": { "a": { "const": 2 } }, "examples": ["x"] }
            },
            "definitions": { "shared": { "type": "string", "title": "Shared", "deprecated": false } }
        })
    };
    let [seven, later] = [
        "http://json-schema.org/draft-07/schema",
        "https://json-schema.org/draft/2020-12/schema",
    ]
    .map(schema);
    let small = json!({ "properties": { "a": { "type": "string", "title": "A" } } });
    let tags = json!({ "id": { "title": "Id" } });
    let creation = json!({ "enabled": true, "requiredTags": ["id"] });
    json!({
        "name": "shop", "version": "1.0.0", "title": "T", "attributes": { "a": "b" }, "public": true,
        "configuration": { "schema": seven, "identifier": { "required": true, "linkTemplateScript": "s" } },
        "configurations": { "other": { "title": "O", "schema": later } },
        "actions": { "go": { "title": "Go", "billable": true, "input": { "schema": small }, "output": { "schema": small } } },
        "events": { "made": { "title": "Made", "schema": small } },
        "states": { "kept": { "type": "integration", "schema": small } },
        "channels": { "chat": {
            "messages": { "text": { "schema": small } }, "message": { "tags": tags },
            "conversation": { "tags": tags, "creation": creation }
        } },
        "user": { "tags": tags, "creation": creation },
        "entities": { "thing": { "title": "Thing", "schema": small } },
        "interfaces": { "sync": { "id": "i", "name": "sync", "version": "1.0.0", "actions": { "run": { "name": "go" } } } },
        "secrets": { "KEY": { "optional": true } }, "extraOperations": { "create_user": { "enabled": true } },
        "identifier": { "extractScript": "s", "fallbackHandlerScript": "s" }
    })
}

/// The pointers of all values within a value.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let names: Vec<String> = match value {
        Value::Object(members) => members.keys().cloned().collect(),
        Value::Array(items) => (0..items.len()).map(|index| index.to_string()).collect(),
        _ => Vec::new(),
    };
    for name in names {
        let at = crate::pointer::child(at, &name);
        found.push(at.clone());
        let name = at.strip_prefix(at.rsplit_once('/').map_or("", |(parent, _)| parent));
        let member = name.and_then(|name| value.pointer(name));
        pointers(member.unwrap_or(&Value::Null), &at, found);
    }
}

/// The definition without a value, or with another one in its place.
fn mutated(definition: &Value, at: &str) -> Vec<Value> {
    let mut replaced = definition.clone();
    let place = replaced
        .pointer_mut(at)
        .expect("a pointer leads to a value");
    *place = match &*place {
        Value::Bool(is) => json!(!is),
        Value::Number(_) => json!(99),
        Value::String(text) if text.starts_with("https:") => {
            json!("http://json-schema.org/draft-07/schema")
        }
        Value::String(text) if text.starts_with("http:") => {
            json!("https://json-schema.org/draft/2020-12/schema")
        }
        Value::String(_) => json!("other"),
        whole => whole.clone(),
    };
    let mut removed = definition.clone();
    let (parent, name) = at.rsplit_once('/').expect("a pointer has a name");
    let name = name.replace("~1", "/").replace("~0", "~");
    match removed.pointer_mut(parent) {
        Some(Value::Object(members)) => drop(members.shift_remove(&name)),
        Some(Value::Array(items)) => drop(items.remove(name.parse().expect("an index"))),
        _ => {}
    }
    [replaced, removed]
        .into_iter()
        .filter(|changed| changed != definition)
        .collect()
}

/// Whether a mutated definition says the same, or has references that lead nowhere.
fn is_same(old: &Value, new: &Value, at: &str) -> bool {
    let is_gone = new.pointer(at).is_none();
    let is_draft_7 = || {
        old.pointer(at)
            .and_then(Value::as_str)
            .is_some_and(|text| text.contains("draft-07"))
    };
    match at.rsplit('/').next() {
        Some("definitions" | "shared") => is_gone,
        // It is the draft of a schema that names none.
        Some("$schema") => is_gone && is_draft_7(),
        _ => false,
    }
}

#[test]
fn no_change_of_a_part_is_passed_over_in_silence() {
    let old = definition();
    let mut all = Vec::new();
    pointers(&old, "", &mut all);
    // The version is compared apart.
    all.retain(|at| at != "/version");
    let mut count = 0;
    for at in all {
        let all = mutated(&old, &at);
        for new in all.into_iter().filter(|new| !is_same(&old, new, &at)) {
            count += 1;
            let there = compare(&old, &new, &Open);
            let back = compare(&new, &old, &Open);
            assert!(
                !there.changes.is_empty() && !back.changes.is_empty(),
                "{at}"
            );
        }
    }
    assert!(count > 300, "{count}");
}
