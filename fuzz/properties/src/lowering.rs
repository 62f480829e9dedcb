//! Any schema, in a definition that is otherwise valid.

use contexture_codegen::{Generated, generate};
use contexture_compare::sample::Random;
use serde_json::{Map, Value, json};

use crate::{Use, items, loader, scratch};

/// Generates code for a schema in every place where a schema may be.
///
/// # Panics
///
/// Panics if the generator panics, if the code is not valid Rust or has duplicate names, or if the same definition
/// with its keys in another order results in other code.
#[must_use]
pub fn lowering(text: &[u8]) -> Use {
    let Ok(schema) = serde_json::from_slice::<Value>(text) else {
        return Use::Rejected;
    };
    let definition = definition(&schema);
    let Some(first) = generate_text(&definition) else {
        return Use::Kept;
    };
    items::check_names(&first.file.contents);
    // Of two names that fold into one, the first in the file keeps it.
    if first
        .warnings
        .iter()
        .any(|one| one.entry().name == "folded-name")
    {
        return Use::Kept;
    }
    let first = first.file.contents;
    let mut random = Random::new(&first);
    let second = generate_text(&shuffled(definition, &mut random));
    let second = second.map(|second| second.file.contents);
    assert!(
        second.as_ref() == Some(&first),
        "{first}\n\nin another order:\n{}",
        second.unwrap_or_default()
    );
    Use::Kept
}

/// The same value with the keys of every object in another order.
fn shuffled(value: Value, random: &mut Random) -> Value {
    match value {
        Value::Array(items) => items
            .into_iter()
            .map(|item| shuffled(item, random))
            .collect(),
        Value::Object(fields) => {
            let mut left: Vec<_> = fields.into_iter().collect();
            let mut fields = Map::new();
            while !left.is_empty() {
                let (name, value) = left.swap_remove(random.below(left.len()));
                fields.insert(name, shuffled(value, random));
            }
            Value::Object(fields)
        }
        value => value,
    }
}

/// Returns the generated code, or `None` if the definition is rejected.
fn generate_text(definition: &Value) -> Option<Generated> {
    match generate(scratch::write("lowered.json", definition.to_string())) {
        Ok(generated) => Some(generated),
        Err(diagnostics) => {
            assert!(diagnostics.has_errors(), "a rejection has an error");
            loader::show(&diagnostics);
            None
        }
    }
}

fn definition(schema: &Value) -> Value {
    let value = json!({ "type": "object", "properties": { "value": schema } });
    json!({
        "name": "lowered",
        "version": "1.0.0",
        "configuration": { "schema": value },
        "actions": { "run": { "input": { "schema": schema }, "output": { "schema": {} } } },
        "events": { "happened": { "schema": { "$ref": "#/entities/item" } } },
        "channels": { "channel": { "messages": { "text": { "schema": value } } } },
        "entities": { "item": { "schema": schema } }
    })
}
