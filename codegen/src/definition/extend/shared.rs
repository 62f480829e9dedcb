//! The shared schemas of an interface.
//!
//! A definition does not have the interface's `definitions`. So each schema of the interface gets a copy of those that it
//! refers to, and the references stay as they are.

use serde_json::{Map, Value, json};

use crate::definition::reference::address::decode;
use crate::diagnostic::{FileId, Origins, Pointer};
use crate::json_schema::subschemas;
use crate::sections::embedded_schemas;

/// An interface whose schemas need no `definitions` beside them, with the original places of the copies.
pub(in crate::definition) fn copy_shared(file: FileId, interface: &Value) -> (Value, Origins) {
    let mut copied = interface.clone();
    let mut origins = Origins::new();
    let Some(shared) = interface.get("definitions").and_then(Value::as_object) else {
        return (copied, origins);
    };
    let section = Pointer::root().child("definitions");
    for place in embedded_schemas(interface) {
        if place.is_within(&section) {
            continue;
        }
        let Some(schema) = copied.pointer_mut(place.as_str()) else {
            continue;
        };
        if let Some(name) = only_reference(schema).filter(|name| shared.contains_key(name)) {
            *schema = shared[&name].clone();
            origins.insert(place.clone(), (file, section.child(&name)));
        }
        for name in missing(schema, shared) {
            let copy = place.child("definitions").child(&name);
            origins.insert(copy, (file, section.child(&name)));
            if let Value::Object(keywords) = schema {
                let definitions = keywords.entry("definitions").or_insert_with(|| json!({}));
                definitions[&name] = shared[&name].clone();
            }
        }
    }
    (copied, origins)
}

/// The names of the shared schemas that a schema refers to, and of those that these refer to, without its own.
fn missing(schema: &Value, shared: &Map<String, Value>) -> Vec<String> {
    let own = schema.get("definitions").and_then(Value::as_object);
    let mut names: Vec<String> = Vec::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        if let Some(name) = referred(schema)
            && !own.is_some_and(|own| own.contains_key(&name))
            && !names.contains(&name)
            && let Some(definition) = shared.get(&name)
        {
            names.push(name);
            open.push(definition);
        }
        open.extend(subschemas(schema).into_iter().map(|(_, inner)| inner));
    }
    names
}

/// The name of the definition that a schema refers to, if it has nothing else.
fn only_reference(schema: &Value) -> Option<String> {
    let is_alone = schema.as_object()?.len() == 1;
    let rest = schema["$ref"].as_str()?.strip_prefix("#/definitions/")?;
    (is_alone && !rest.contains('/'))
        .then(|| referred(schema))
        .flatten()
}

/// The name of the definition that a schema refers to, or in which it refers to a part.
fn referred(schema: &Value) -> Option<String> {
    let reference = decode(schema.get("$ref")?.as_str()?);
    let pointer = Pointer::parse(reference.strip_prefix('#')?)?;
    let mut names = pointer.names();
    (names.next()? == "definitions").then_some(())?;
    names.next()
}
