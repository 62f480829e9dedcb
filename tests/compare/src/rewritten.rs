//! Definitions in other words: what they mean is the same.

use serde_json::{Map, Value, json};

/// A way to say the same.
#[derive(Clone, Copy, Debug)]
pub struct Rewriting {
    /// Its name.
    pub name: &'static str,
    /// Rewrites a schema.
    schema: fn(&Value) -> Value,
}

/// The ways to say the same.
pub const REWRITINGS: [Rewriting; 5] = [
    Rewriting {
        name: "in another order",
        schema: reversed,
    },
    Rewriting {
        name: "in allOf",
        schema: |schema| json!({ "allOf": [schema, {}] }),
    },
    Rewriting {
        name: "behind a reference",
        schema: |schema| json!({ "definitions": { "A": schema }, "$ref": "#/definitions/A" }),
    },
    Rewriting {
        name: "each property behind a reference",
        schema: referenced,
    },
    Rewriting {
        name: "null as an alternative",
        schema: with_null_as_alternative,
    },
];

impl Rewriting {
    /// The definition in other words.
    #[must_use]
    pub fn of(&self, definition: &Value) -> Value {
        match definition {
            Value::Object(members) => members
                .iter()
                .map(|(name, member)| {
                    let is_schema = name == "schema" && member.is_object();
                    let member = if is_schema {
                        (self.schema)(member)
                    } else {
                        self.of(member)
                    };
                    (name.clone(), member)
                })
                .collect(),
            other => other.clone(),
        }
    }
}

/// The order of properties, of what is required, of enumerations and of alternatives does not count.
fn reversed(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => members
            .iter()
            .rev()
            .map(|(name, member)| {
                let mut member = reversed(member);
                let is_set = ["required", "enum", "anyOf", "type"].contains(&name.as_str());
                if let Value::Array(items) = &mut member
                    && is_set
                {
                    items.reverse();
                }
                (name.clone(), member)
            })
            .collect(),
        Value::Array(items) => items.iter().map(reversed).collect(),
        other => other.clone(),
    }
}

/// Each property of the object is a reference to a definition.
fn referenced(schema: &Value) -> Value {
    let mut schema = schema.clone();
    let mut definitions = Map::new();
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for (index, (_, property)) in properties.into_iter().flatten().enumerate() {
        let name = format!("type{index}");
        let reference = json!({ "$ref": format!("#/definitions/{name}") });
        definitions.insert(name, std::mem::replace(property, reference));
    }
    schema["definitions"] = definitions.into();
    schema
}

/// `type: [T, "null"]` is `anyOf: [T, null]`, the two forms that Botpress prints.
fn with_null_as_alternative(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let mut rewritten: Map<_, _> = members
                .iter()
                .map(|(name, member)| (name.clone(), with_null_as_alternative(member)))
                .collect();
            let kinds = members.get("type").and_then(Value::as_array);
            let other = kinds.filter(|kinds| kinds.len() == 2 && kinds.contains(&json!("null")));
            let other = other.and_then(|kinds| kinds.iter().find(|kind| **kind != "null"));
            let is_plain = !members.contains_key("enum") && !members.contains_key("const");
            match other.filter(|_| is_plain) {
                Some(kind) => {
                    rewritten.insert("type".to_owned(), kind.clone());
                    json!({ "anyOf": [rewritten, { "type": "null" }] })
                }
                None => rewritten.into(),
            }
        }
        Value::Array(items) => items.iter().map(with_null_as_alternative).collect(),
        other => other.clone(),
    }
}
