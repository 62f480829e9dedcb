//! The secret parts of a value, by its schema.

use serde_json::Value;

/// How many schemas are entered below each other. More are only possible in a schema that refers to itself.
const DEPTH: usize = 64;

/// A part of a value that the schema marks as secret (`x-zui.secret`).
pub(super) struct SecretNode<'a> {
    /// The JSON pointer of the part.
    pub(super) pointer: String,
    pub(super) value: &'a Value,
}

/// Returns the secret parts of a value. If a schema has alternatives, a part is secret if it is secret in one of them.
pub(super) fn secret_nodes<'a>(schema: &Value, value: &'a Value) -> Vec<SecretNode<'a>> {
    let mut walk = Walk {
        root: schema,
        found: Vec::new(),
    };
    walk.visit(schema, value, "", 0);
    walk.found
}

struct Walk<'s, 'a> {
    root: &'s Value,
    found: Vec<SecretNode<'a>>,
}

impl<'a> Walk<'_, 'a> {
    fn visit(&mut self, schema: &Value, value: &'a Value, pointer: &str, depth: usize) {
        if depth > DEPTH || !schema.is_object() {
            return;
        }
        if schema["x-zui"]["secret"] == true {
            self.add(pointer, value);
            return;
        }
        let root = self.root;
        if let Some(target) = schema["$ref"]
            .as_str()
            .and_then(|reference| root.pointer(reference.strip_prefix('#')?))
        {
            self.visit(target, value, pointer, depth + 1);
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            for part in schema[keyword].as_array().into_iter().flatten() {
                self.visit(part, value, pointer, depth + 1);
            }
        }
        for keyword in ["if", "then", "else"] {
            self.visit(&schema[keyword], value, pointer, depth + 1);
        }
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let pointer = format!("{pointer}/{}", escaped(name));
                    self.visit(field_schema(schema, name), value, &pointer, depth + 1);
                }
            }
            Value::Array(items) => {
                for (index, value) in items.iter().enumerate() {
                    let pointer = format!("{pointer}/{index}");
                    self.visit(item_schema(schema, index), value, &pointer, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, pointer: &str, value: &'a Value) {
        if !self.found.iter().any(|node| node.pointer == pointer) {
            self.found.push(SecretNode {
                pointer: pointer.to_owned(),
                value,
            });
        }
    }
}

fn field_schema<'s>(schema: &'s Value, name: &str) -> &'s Value {
    match schema["properties"].get(name) {
        Some(declared) => declared,
        None => &schema["additionalProperties"],
    }
}

fn item_schema(schema: &Value, index: usize) -> &Value {
    match &schema["items"] {
        Value::Array(items) => items.get(index).unwrap_or(&schema["additionalItems"]),
        all => all,
    }
}

/// Escapes a name for a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pointers(schema: &Value, value: &Value) -> Vec<String> {
        let nodes = secret_nodes(schema, value).into_iter();
        nodes.map(|node| node.pointer).collect()
    }

    #[test]
    fn secrets_are_found_in_every_place_of_a_schema() {
        let secret = json!({ "type": "string", "x-zui": { "secret": true } });
        let schema = json!({
            "definitions": { "key": secret },
            "properties": {
                "plain": { "type": "string" },
                "a/b": { "$ref": "#/definitions/key" },
                "list": { "items": { "properties": { "token": secret } } },
                "either": { "anyOf": [{ "type": "null" }, secret] },
            },
            "allOf": [{ "properties": { "inherited": secret } }],
            "additionalProperties": secret,
        });
        let value = json!({
            "plain": "p", "a/b": "1", "list": [{ "token": "2" }, { "other": 3 }], "either": "4",
            "inherited": "5", "more": "6",
        });
        assert_eq!(
            pointers(&schema, &value),
            ["/inherited", "/a~1b", "/list/0/token", "/either", "/more"]
        );
    }

    #[test]
    fn a_schema_that_refers_to_itself_ends() {
        let schema = json!({ "$ref": "#", "properties": { "a": { "$ref": "#" } } });
        assert!(pointers(&schema, &json!({ "a": { "a": {} } })).is_empty());
    }
}
