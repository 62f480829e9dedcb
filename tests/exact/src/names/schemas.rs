//! What can be added to schemas, and where.

use serde_json::{Map, Value, json};

use crate::corpus::{root_pointers, subschemas};
use contexture_compare::sample::Random;

/// Words and shapes of a definition, to be repeated elsewhere.
#[derive(Debug, Default)]
pub(super) struct Material {
    pub(super) names: Vec<String>,
    shapes: Vec<Value>,
}

impl Material {
    pub(super) fn of(definition: &Value) -> Self {
        let mut material = Self::default();
        for pointer in root_pointers(definition) {
            let root = definition.pointer(&pointer).unwrap_or(&Value::Null);
            subschemas(root, &mut |schema| {
                let names = schema["properties"].as_object().into_iter().flatten();
                material.names.extend(names.map(|(name, _)| name.clone()));
                if !has_names(schema) {
                    material.shapes.push(schema.clone());
                }
            });
        }
        material.names.sort();
        material.names.dedup();
        material
    }

    /// A name: one that stands elsewhere, a variation of one, or a new one.
    pub(super) fn name(&self, random: &mut Random) -> String {
        const NEW: &[&str] = &[
            "extra", "type", "context", "new", "item", "value", "message", "event", "größe", "≤",
        ];
        if self.names.is_empty() || random.percent(30) {
            return format!(
                "{}{}",
                random.pick(NEW),
                ["", "Kind", "_id", "s"][random.below(4)]
            );
        }
        let name = random.pick(&self.names).clone();
        match random.below(8) {
            0 => name.to_uppercase(),
            1 => format!("{name}s"),
            2 => name.trim_end_matches('s').to_owned(),
            3 => format!("{name}{}", capitalized(random.pick::<String>(&self.names))),
            _ => name,
        }
    }

    /// A schema: one that stands elsewhere, or a new one.
    pub(super) fn schema(&self, random: &mut Random) -> Value {
        if !self.shapes.is_empty() && random.percent(40) {
            return random.pick(&self.shapes).clone();
        }
        match random.below(5) {
            0 => json!({ "type": "string" }),
            1 => json!({ "type": "string", "enum": ["open", "closed", self.name(random)] }),
            2 => json!({ "type": "array", "items": self.object(random) }),
            3 => json!({ "type": "object", "additionalProperties": self.object(random) }),
            _ => self.object(random),
        }
    }

    /// The schema of an object.
    pub(super) fn object(&self, random: &mut Random) -> Value {
        let mut properties = Map::new();
        for _ in 0..=random.below(3) {
            let schema = match random.below(3) {
                0 => json!({ "type": "string", "enum": ["a", "b"] }),
                1 => json!({ "type": "object", "properties": { "id": { "type": "string" } } }),
                _ => json!({ "type": "integer" }),
            };
            properties.insert(self.name(random), schema);
        }
        json!({ "type": "object", "properties": properties, "additionalProperties": random.percent(50) })
    }

    /// The schema of a payload.
    pub(super) fn payload(&self, random: &mut Random) -> Value {
        let objects = self.shapes.iter().filter(|shape| shape["type"] == "object");
        let objects: Vec<_> = objects.collect();
        if !objects.is_empty() && random.percent(40) {
            return random.pick::<&Value>(&objects).to_owned().clone();
        }
        self.object(random)
    }
}

/// Whether a schema refers to others or has chosen names, which cannot be repeated elsewhere.
fn has_names(schema: &Value) -> bool {
    let text = schema.to_string();
    text.contains("$ref") || text.contains("x-rust-name")
}

fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}
