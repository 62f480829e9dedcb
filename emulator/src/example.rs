//! Values of a JSON Schema, from its defaults and examples.

use serde_json::{Map, Value};

/// How deep schemas are followed. A schema can contain itself.
const DEEPEST: usize = 32;

/// A value of a schema.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Example {
    /// The value. A part that is missing is a text such as `<string>`.
    pub value: Value,
    /// The JSON pointers of the parts for which the schema has neither a default nor an example.
    pub missing: Vec<String>,
}

/// Makes a value of a schema: from its constants, examples, defaults, and the first values of its enumerations. An object has
/// its required properties, and those with a default or an example.
///
/// ```
/// use contexture_emulator::example::example;
/// use serde_json::json;
///
/// let schema = json!({
///     "type": "object",
///     "properties": { "region": { "default": "eu" }, "key": { "type": "string" } },
///     "required": ["key"],
/// });
/// let example = example(&schema);
/// assert_eq!(example.value, json!({ "region": "eu", "key": "<string>" }));
/// assert_eq!(example.missing, ["/key"]);
/// ```
#[must_use]
pub fn example(schema: &Value) -> Example {
    let mut missing = Vec::new();
    let walk = Walk { root: schema };
    let value = walk.value(schema, "", 0, &mut missing);
    Example { value, missing }
}

struct Walk<'a> {
    root: &'a Value,
}

impl Walk<'_> {
    fn value(&self, schema: &Value, at: &str, depth: usize, missing: &mut Vec<String>) -> Value {
        if let Some(given) = given(schema) {
            return given;
        }
        if depth < DEEPEST {
            if let Some(target) = self.referenced(schema) {
                return self.value(target, at, depth + 1, missing);
            }
            if let Some(value) = self.combined(schema, at, depth, missing) {
                return value;
            }
            match kind(schema) {
                "object" => return self.object(schema, at, depth, missing),
                "array" => return self.array(schema, at, depth, missing),
                "null" => return Value::Null,
                _ => {}
            }
        }
        missing.push(at.to_owned());
        format!("<{}>", kind(schema)).into()
    }

    fn referenced(&self, schema: &Value) -> Option<&Value> {
        let pointer = schema["$ref"].as_str()?.strip_prefix('#')?;
        self.root.pointer(pointer)
    }

    /// The first branch that is complete, or the first one; all parts of `allOf` together.
    fn combined(
        &self,
        schema: &Value,
        at: &str,
        depth: usize,
        missing: &mut Vec<String>,
    ) -> Option<Value> {
        if let Some(parts) = schema["allOf"].as_array() {
            let mut fields = Map::new();
            for part in parts {
                match self.value(part, at, depth + 1, missing) {
                    Value::Object(part) => fields.extend(part),
                    other => return Some(other),
                }
            }
            if let Value::Object(own) = self.object(schema, at, depth, missing) {
                fields.extend(own);
            }
            return Some(fields.into());
        }
        let branches = schema["anyOf"].as_array().or(schema["oneOf"].as_array())?;
        let mut tried = branches.iter().map(|branch| {
            let mut missing = Vec::new();
            let value = self.value(branch, at, depth + 1, &mut missing);
            (value, missing)
        });
        let first = tried.next()?;
        let (value, lacking) = if first.1.is_empty() {
            first
        } else {
            tried
                .find(|(_, missing)| missing.is_empty())
                .unwrap_or(first)
        };
        missing.extend(lacking);
        Some(value)
    }

    fn object(&self, schema: &Value, at: &str, depth: usize, missing: &mut Vec<String>) -> Value {
        let required = schema["required"].as_array();
        let is_required =
            |name: &str| required.is_some_and(|names| names.iter().any(|known| known == name));
        let properties = schema["properties"].as_object().into_iter().flatten();
        let mut fields = Map::new();
        for (name, property) in properties {
            let place = format!("{at}/{}", escaped(name));
            if is_required(name) {
                let value = self.value(property, &place, depth + 1, missing);
                fields.insert(name.clone(), value);
            } else if let Some(given) = given(property) {
                fields.insert(name.clone(), given);
            }
        }
        fields.into()
    }

    fn array(&self, schema: &Value, at: &str, depth: usize, missing: &mut Vec<String>) -> Value {
        let fewest = schema["minItems"].as_u64().unwrap_or_default();
        if fewest == 0 {
            return Value::Array(Vec::new());
        }
        let item = self.value(&schema["items"], &format!("{at}/0"), depth + 1, missing);
        vec![item].into()
    }
}

/// What a schema says about its value.
fn given(schema: &Value) -> Option<Value> {
    let first = |name: &str| schema[name].as_array()?.first();
    schema
        .get("const")
        .or_else(|| first("examples"))
        .or_else(|| schema.get("example"))
        .or_else(|| schema.get("default"))
        .or_else(|| first("enum"))
        .cloned()
}

fn kind(schema: &Value) -> &str {
    let named = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().find_map(Value::as_str),
        kind => kind.as_str(),
    };
    let implied = || schema.get("properties").map(|_| "object");
    named.or_else(implied).unwrap_or("value")
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_optional_property_without_a_value_is_left_out() {
        let schema =
            json!({ "properties": { "a": { "type": "string" }, "b": { "examples": [1, 2] } } });
        let made = example(&schema);
        assert_eq!((made.value, made.missing), (json!({ "b": 1 }), vec![]));
    }

    #[test]
    fn the_first_complete_branch_is_taken() {
        let schema = json!({ "oneOf": [
            { "type": "object", "properties": { "a": { "type": "string" } }, "required": ["a"] },
            { "type": "object", "properties": { "kind": { "const": "b" } }, "required": ["kind"] },
        ] });
        assert_eq!(example(&schema).value, json!({ "kind": "b" }));
    }

    #[test]
    fn references_are_followed_and_a_schema_that_contains_itself_ends() {
        let schema = json!({
            "$ref": "#/definitions/node",
            "definitions": { "node": {
                "type": "object",
                "properties": { "next": { "$ref": "#/definitions/node" } },
                "required": ["next"],
            } },
        });
        assert_eq!(example(&schema).missing.len(), 1);
    }

    #[test]
    fn missing_parts_have_their_pointers() {
        let schema = json!({
            "type": "object",
            "properties": { "a/b": { "type": "array", "minItems": 1, "items": { "type": "integer" } } },
            "required": ["a/b"],
        });
        let made = example(&schema);
        assert_eq!(made.value, json!({ "a/b": ["<integer>"] }));
        assert_eq!(made.missing, ["/a~1b/0"]);
    }
}
