//! One change of a schema, made alone.

use serde_json::{Map, Value};

use crate::draft::is_later;
use crate::pointer::child;

/// The name under which the other version is beside the definitions of a schema.
const OTHER: &str = "other-version";

/// One change of a schema.
#[derive(Clone, Debug)]
pub(crate) struct Patch {
    /// The pointer of the changed schema.
    pub(super) at: String,
    pub(super) change: Change,
}

/// What is changed.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// The schema as a whole.
    Whole(Value),
    /// Some keywords; `None` removes one.
    Keywords(Vec<(String, Option<Value>)>),
}

impl Patch {
    pub(super) fn keywords(at: &str, change: Vec<(String, Option<Value>)>) -> Self {
        Self {
            at: at.to_owned(),
            change: Change::Keywords(change),
        }
    }

    /// Makes the change in a schema. What it brings may refer to parts of the other version.
    pub(crate) fn apply(&self, schema: &Value, other: &Value) -> Value {
        let mut patched = schema.clone();
        let definitions = definitions_of(schema);
        let base = format!("#{}", child(&child("", definitions), OTHER));
        let mut refers = false;
        let mut brought = |value: &Value| {
            let mut value = value.clone();
            refers |= rebase(&mut value, &base);
            value
        };
        match (&self.change, patched.pointer_mut(&self.at)) {
            (_, None) => {}
            (Change::Whole(value), Some(node)) => *node = brought(value),
            (Change::Keywords(changes), Some(node)) => {
                for (name, value) in changes {
                    if let Value::Object(keywords) = node {
                        match value {
                            Some(value) => drop(keywords.insert(name.clone(), brought(value))),
                            None => drop(keywords.shift_remove(name)),
                        }
                    }
                }
            }
        }
        if refers {
            add_other(&mut patched, definitions, other, &base);
        }
        keep_definitions(&mut patched, schema, definitions);
        patched
    }
}

/// Puts the other version beside the definitions.
fn add_other(patched: &mut Value, definitions: &str, other: &Value, base: &str) {
    let mut other = other.clone();
    rebase(&mut other, base);
    if let Value::Object(keywords) = &mut other {
        keywords.shift_remove("$schema");
    }
    let Value::Object(keywords) = patched else {
        return;
    };
    let all = keywords
        .entry(definitions)
        .or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(all) = all {
        all.insert(OTHER.to_owned(), other);
    }
}

/// A schema that was replaced as a whole keeps what references of the rest lead to.
fn keep_definitions(patched: &mut Value, schema: &Value, definitions: &str) {
    let (Some(old), Value::Object(keywords)) = (schema[definitions].as_object(), patched) else {
        return;
    };
    let all = keywords
        .entry(definitions)
        .or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(all) = all {
        for (name, value) in old {
            all.entry(name).or_insert_with(|| value.clone());
        }
    }
}

fn definitions_of(schema: &Value) -> &'static str {
    if is_later(schema) {
        "$defs"
    } else {
        "definitions"
    }
}

/// Turns the references of a schema to another place, and gives whether there are any.
fn rebase(schema: &mut Value, base: &str) -> bool {
    match schema {
        Value::Object(keywords) => {
            let mut refers = false;
            for (name, value) in keywords {
                match value {
                    Value::String(reference) if name == "$ref" => {
                        if let Some(pointer) = reference.strip_prefix('#') {
                            *reference = format!("{base}{pointer}");
                            refers = true;
                        }
                    }
                    value => refers |= rebase(value, base),
                }
            }
            refers
        }
        Value::Array(items) => {
            let refer = items
                .iter_mut()
                .filter_map(|item| rebase(item, base).then_some(()));
            refer.count() > 0
        }
        _ => false,
    }
}
