//! A schema with the targets of its references in their places.

use serde_json::{Map, Value};

use crate::definition::decode;
use crate::json_schema::{Dialect, keyword, subschemas};

/// The most bytes that Botpress takes for a schema.
const MOST_BYTES: usize = 102_400;

/// The most schemas in a text of that length: each has at least two bytes.
const MOST_SCHEMAS: usize = MOST_BYTES / 2;

/// Replaces each reference of a self-contained schema by its target. A schema without references stays as it is.
///
/// Returns `None` for a schema that contains itself, and for one that would be longer than Botpress takes.
pub(super) fn dereference(schema: &Value) -> Option<Value> {
    if !has_references(schema) {
        return Some(schema.clone());
    }
    let named = schema.get("$schema").and_then(Value::as_str);
    let mut expansion = Expansion {
        root: schema,
        dialect: Dialect::of(named),
        open: Vec::new(),
        left: MOST_SCHEMAS,
    };
    let expanded = expansion.expand(schema)?;
    (expanded.to_string().len() <= MOST_BYTES).then_some(expanded)
}

fn has_references(schema: &Value) -> bool {
    let mut inner = subschemas(schema).into_iter();
    schema.get("$ref").is_some_and(Value::is_string)
        || inner.any(|(_, inner)| has_references(inner))
}

struct Expansion<'a> {
    root: &'a Value,
    dialect: Dialect,
    /// The references that are being followed.
    open: Vec<&'a str>,
    /// How many schemas the result may still get.
    left: usize,
}

impl<'a> Expansion<'a> {
    fn expand(&mut self, schema: &'a Value) -> Option<Value> {
        self.left = self.left.checked_sub(1)?;
        match schema.get("$ref") {
            Some(Value::String(reference)) => self.follow(reference, schema),
            _ => self.expand_inner(schema),
        }
    }

    /// The keywords with what they contain expanded, without the schemas that were only referred to.
    fn expand_inner(&mut self, schema: &'a Value) -> Option<Value> {
        let mut expanded = schema.clone();
        if let Value::Object(keywords) = &mut expanded {
            keywords.retain(|name, _| name != "definitions" && name != "$defs");
        }
        for (place, inner) in subschemas(schema) {
            if let Some(copy) = expanded.pointer_mut(place.as_str()) {
                *copy = self.expand(inner)?;
            }
        }
        Some(expanded)
    }

    fn follow(&mut self, reference: &'a str, schema: &'a Value) -> Option<Value> {
        if self.open.contains(&reference) {
            return None;
        }
        let target = target(self.root, reference)?;
        if std::ptr::eq(target, self.root) {
            return None;
        }
        self.open.push(reference);
        let expanded = self.expand(target)?;
        self.open.pop();
        let siblings = self.expand_siblings(schema)?;
        Some(join(expanded, siblings))
    }

    /// The keywords beside a reference that count. In older drafts none has an effect on the value, but titles and
    /// descriptions are shown.
    fn expand_siblings(&mut self, schema: &'a Value) -> Option<Map<String, Value>> {
        let is_alone = self.dialect <= Dialect::Draft7;
        let Value::Object(mut siblings) = self.expand_inner(schema)? else {
            return None;
        };
        siblings.retain(|name, _| name != "$ref" && (!is_alone || is_shown(name)));
        Some(siblings)
    }
}

/// Whether a keyword only describes a value.
fn is_shown(name: &str) -> bool {
    matches!(
        name,
        "title" | "description" | "examples" | "deprecated" | "$comment"
    ) || keyword(name).is_none()
}

/// The target of a reference with the keywords that were beside it.
fn join(target: Value, siblings: Map<String, Value>) -> Value {
    match target {
        Value::Object(mut target) if siblings.keys().all(|name| is_shown(name)) => {
            target.extend(siblings);
            Value::Object(target)
        }
        target if siblings.is_empty() || siblings.keys().all(|name| is_shown(name)) => target,
        target => {
            let mut joined = siblings;
            match joined.get_mut("allOf").and_then(Value::as_array_mut) {
                Some(all) => all.push(target),
                None => drop(joined.insert("allOf".to_owned(), Value::Array(vec![target]))),
            }
            Value::Object(joined)
        }
    }
}

/// The target of a reference within a schema: `#/definitions/a`.
fn target<'a>(root: &'a Value, reference: &str) -> Option<&'a Value> {
    root.pointer(&decode(reference.strip_prefix('#')?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_target_takes_the_place_of_its_reference_and_keeps_what_is_shown_beside_it() {
        let schema = json!({
            "properties": {
                "a": { "$ref": "#/definitions/n%C3%A4me", "description": "First.", "maxLength": 1 },
                "b": { "$ref": "#/definitions/list" },
            },
            "definitions": {
                "n\u{e4}me": { "type": "string", "description": "A name." },
                "list": { "type": "array", "items": { "$ref": "#/definitions/n%C3%A4me" } },
            },
        });
        let name = json!({ "type": "string", "description": "A name." });
        let expected = json!({ "properties": {
            "a": { "type": "string", "description": "First." },
            "b": { "type": "array", "items": name },
        } });
        assert_eq!(dereference(&schema), Some(expected));
    }

    #[test]
    fn keywords_beside_a_reference_count_in_newer_drafts() {
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "items": { "$ref": "#/$defs/name", "maxLength": 1 },
            "$defs": { "name": { "type": "string" } },
        });
        let dereferenced = dereference(&schema).expect("it does not contain itself");
        let expected = json!({ "maxLength": 1, "allOf": [{ "type": "string" }] });
        assert_eq!(dereferenced["items"], expected);
    }

    #[test]
    fn a_value_that_looks_like_a_reference_and_a_schema_without_one_stay() {
        let schema = json!({ "enum": [{ "$ref": "#/a" }], "definitions": { "unused": {} } });
        assert_eq!(dereference(&schema), Some(schema));
    }

    #[test]
    fn a_schema_that_contains_itself_has_no_such_form() {
        let list = json!({
            "properties": { "next": { "$ref": "#/definitions/node" } },
            "definitions": { "node": { "properties": { "next": { "$ref": "#/definitions/node" } } } },
        });
        assert_eq!(dereference(&list), None);
        assert_eq!(dereference(&json!({ "items": { "$ref": "#" } })), None);
    }

    #[test]
    fn a_schema_that_doubles_at_each_reference_is_given_up_early() {
        let double = |name: usize| {
            let reference = json!({ "$ref": format!("#/definitions/{name}") });
            json!({ "properties": { "a": reference, "b": reference } })
        };
        let mut definitions: Map<_, _> = (0..60)
            .map(|name| (name.to_string(), double(name + 1)))
            .collect();
        definitions.insert("60".to_owned(), json!({ "type": "string" }));
        let schema = json!({ "items": { "$ref": "#/definitions/0" }, "definitions": definitions });
        assert_eq!(dereference(&schema), None);
    }
}
