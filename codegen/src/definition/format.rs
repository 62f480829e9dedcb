//! The JSON Schema of the definition format, generated from [`Document`].

use std::sync::LazyLock;

use schemars::JsonSchema;
use schemars::r#gen::SchemaSettings;
use serde_json::{Map, Value, json};

use super::overlay::BASE;
use super::{Document, InterfaceDocument};

/// The format's JSON Schema, draft 7. Editors check and complete definition files with it.
///
/// In a file with a `base` nothing is required, since the base may have it, and `null` removes a property.
#[must_use]
pub fn format_schema() -> Value {
    let mut whole = INTEGRATION_SCHEMA.clone();
    let mut definitions = definitions_of(&mut whole);
    let overlay = overlay_of(&without_keys(&whole, &["$schema", "title", "description"]));
    let of_overlay: Vec<_> = definitions
        .iter()
        .map(|(name, schema)| (overlay_name(name), overlay_of(schema)))
        .collect();
    // Editors know the drafts themselves; `load` checks each schema against its own draft.
    if let Some(Value::Object(embedded)) = definitions.get_mut("Schema") {
        let draft = json!([{ "$ref": "http://json-schema.org/draft-07/schema#" }]);
        embedded.insert("allOf".to_owned(), draft);
    }
    definitions.extend(of_overlay);
    let mut schema = Map::new();
    for key in ["$schema", "title", "description"] {
        schema.insert(key.to_owned(), whole[key].clone());
    }
    schema.insert("if".to_owned(), json!({ "required": [BASE] }));
    schema.insert("then".to_owned(), overlay);
    let whole = without_keys(&whole, &["$schema", "title", "description"]);
    schema.insert("else".to_owned(), whole);
    schema.insert("definitions".to_owned(), Value::Object(definitions));
    Value::Object(schema)
}

/// The format's JSON Schema, in which an author's schema is any object or boolean.
pub(super) static INTEGRATION_SCHEMA: LazyLock<Value> = LazyLock::new(generate::<Document>);

/// The same for interfaces.
pub(super) static INTERFACE_SCHEMA: LazyLock<Value> = LazyLock::new(generate::<InterfaceDocument>);

fn generate<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft07().with(|settings| settings.option_add_null_type = false);
    let schema = settings.into_generator().into_root_schema_for::<T>();
    serde_json::to_value(schema).expect("a generated schema is plain JSON")
}

fn definitions_of(schema: &mut Value) -> Map<String, Value> {
    match schema
        .as_object_mut()
        .and_then(|schema| schema.remove("definitions"))
    {
        Some(Value::Object(definitions)) => definitions,
        _ => Map::new(),
    }
}

fn without_keys(schema: &Value, keys: &[&str]) -> Value {
    let members = schema.as_object().into_iter().flatten();
    let members = members.filter(|(key, _)| !keys.contains(&key.as_str()));
    members
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// The schema of a part of the format as an overlay has it.
fn overlay_of(schema: &Value) -> Value {
    let Value::Object(keywords) = schema else {
        return schema.clone();
    };
    let keywords = keywords.iter().filter(|(name, _)| *name != "required");
    let changed = keywords.map(|(name, value)| {
        let value = match (name.as_str(), value) {
            ("properties", Value::Object(properties)) => properties
                .iter()
                .map(|(name, schema)| (name.clone(), or_null(schema)))
                .collect(),
            ("additionalProperties", Value::Object(_)) => or_null(value),
            ("anyOf" | "allOf" | "oneOf", Value::Array(branches)) => {
                branches.iter().map(overlay_of).collect()
            }
            ("$ref", Value::String(reference)) => overlay_name(reference).into(),
            _ => value.clone(),
        };
        (name.clone(), value)
    });
    changed.collect()
}

fn or_null(schema: &Value) -> Value {
    json!({ "anyOf": [overlay_of(schema), { "type": "null" }] })
}

fn overlay_name(name: &str) -> String {
    format!("{name}Overlay")
}
