//! Schemas that no value fits, and schemas that every value fits, however they are written.

use serde_json::Value;

use crate::definition::SchemaAt;
use crate::lower::context::Lowering;
use crate::lower::kind::kinds_of_all;
use crate::lower::string::values;

/// Keywords that say nothing about a value.
const ANNOTATIONS: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$id",
    "$schema",
    "default",
    "definitions",
    "deprecated",
    "description",
    "examples",
    "id",
    "readOnly",
    "title",
    "writeOnly",
    "x-rust-name",
    "x-zui",
];

/// How many schemas deep a contradiction is looked for.
const DEPTH: usize = 5;

impl Lowering<'_> {
    /// Whether no value fits a schema: `false`, `{ not: {} }`, types that exclude each other, and the like.
    ///
    /// A contradiction that is not found does no harm: the validator still refuses every value.
    pub(super) fn is_never(&self, at: &SchemaAt) -> bool {
        self.never(std::slice::from_ref(at), DEPTH)
    }

    /// Whether every value fits a schema.
    pub(super) fn is_always(&self, at: &SchemaAt) -> bool {
        self.always(at, DEPTH)
    }

    /// Whether no value fits schemas that all hold at once.
    fn never(&self, schemas: &[SchemaAt], depth: usize) -> bool {
        let all = self.conjunction(schemas);
        if all
            .iter()
            .any(|part| *self.set.schema(part) == Value::Bool(false))
        {
            return true;
        }
        if depth == 0 {
            return false;
        }
        let keywords: Vec<_> = all.iter().filter_map(|part| self.keywords(part)).collect();
        kinds_of_all(&keywords).is_some_and(|kinds| kinds.is_empty())
            || self.have_no_string_in_common(&all)
            || all.iter().any(|part| self.refuses_all(part, depth - 1))
            || self.requires_what_cannot_be(&all, depth - 1)
    }

    /// Whether one of the keywords of a schema refuses every value.
    fn refuses_all(&self, at: &SchemaAt, depth: usize) -> bool {
        let Some(schema) = self.keywords(at) else {
            return false;
        };
        let list = |keyword: &str| schema.get(keyword).and_then(Value::as_array);
        let is_empty = |keyword: &str| list(keyword).is_some_and(Vec::is_empty);
        let has_only_never = |keyword: &str| {
            let count = list(keyword).map_or(0, Vec::len);
            let mut each = (0..count).map(|index| at.child(keyword).item(index));
            count > 0 && each.all(|one| self.never(&[one], depth))
        };
        is_empty("enum")
            || is_empty("type")
            || has_only_never("anyOf")
            || has_only_never("oneOf")
            || (schema.contains_key("not") && self.always(&at.child("not"), depth))
    }

    /// Whether objects need a property that no value fits, and nothing but objects is allowed.
    fn requires_what_cannot_be(&self, all: &[SchemaAt], depth: usize) -> bool {
        let keywords: Vec<_> = all.iter().filter_map(|part| self.keywords(part)).collect();
        if !kinds_of_all(&keywords).is_some_and(|kinds| kinds.is_object()) {
            return false;
        }
        let required = keywords
            .iter()
            .filter_map(|schema| schema.get("required")?.as_array());
        let mut names = required.flatten().filter_map(Value::as_str);
        names.any(|name| {
            let parts = all.iter().filter(|part| {
                let schema = self.set.schema(part);
                !schema["properties"][name].is_null() && !self.set.is_reference_alone(part)
            });
            let declared: Vec<_> = parts
                .map(|part| part.child("properties").child(name))
                .collect();
            !declared.is_empty() && self.never(&declared, depth.saturating_sub(2))
        })
    }

    fn have_no_string_in_common(&self, all: &[SchemaAt]) -> bool {
        let listed = all.iter().filter_map(|part| {
            let schema = self.keywords(part)?;
            let is_string = |value: &Value| value.is_string();
            let are_strings = match (schema.get("const"), schema.get("enum")) {
                (Some(value), _) => value.is_string(),
                (None, listed) => listed?.as_array()?.iter().all(is_string),
            };
            let listed = values(&schema, part).filter(|_| are_strings)?;
            let strings = listed.into_iter().map(|(value, _)| value);
            Some(strings.collect::<Vec<_>>())
        });
        let common = listed.reduce(|mut common, others| {
            common.retain(|value| others.contains(value));
            common
        });
        common.is_some_and(|common| common.is_empty())
    }

    fn always(&self, at: &SchemaAt, depth: usize) -> bool {
        let schema = self.set.schema(at);
        let (Some(keywords), 1..) = (schema.as_object(), depth) else {
            return *schema == Value::Bool(true);
        };
        keywords.iter().all(|(name, value)| {
            let count = value.as_array().map_or(0, Vec::len);
            let mut each = (0..count).map(|index| at.child(name).item(index));
            match name.as_str() {
                "not" => self.never(&[at.child("not")], depth - 1),
                "allOf" => each.all(|one| self.always(&one, depth - 1)),
                "anyOf" => each.any(|one| self.always(&one, depth - 1)),
                name => ANNOTATIONS.contains(&name),
            }
        })
    }

    /// The schemas, their targets and their `allOf`, flattened.
    fn conjunction(&self, schemas: &[SchemaAt]) -> Vec<SchemaAt> {
        let mut all = Vec::new();
        let mut open = schemas.to_vec();
        while let Some(at) = open.pop() {
            if all.contains(&at) {
                continue;
            }
            open.extend(self.target(&at));
            if self.set.is_reference_alone(&at) {
                continue;
            }
            let count = self.set.schema(&at)["allOf"].as_array().map_or(0, Vec::len);
            open.extend((0..count).map(|index| at.child("allOf").item(index)));
            all.push(at);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::definition::DefinitionSet;
    use crate::lower::context::Lowering;
    use crate::testing::Folder;

    /// Whether nothing fits a schema, and whether everything does.
    fn judge(schema: &Value) -> (bool, bool) {
        let definition = json!({
            "name": "shop", "version": "1.0.0",
            "entities": { "item": { "schema": {
                "properties": { "a": schema },
                "definitions": { "never": { "not": {} }, "node": { "type": "object", "required": ["next"], "properties": {
                    "next": { "$ref": "#/definitions/node" },
                } } },
            } } },
        });
        let loaded = Folder::new(&[("shop.json", definition.to_string())]).load("shop.json");
        let definition = loaded.definition.expect("a definition");
        let set = DefinitionSet::new(&definition);
        let at = set.entity("item").child("properties").child("a");
        let lowering = Lowering::new(&set);
        (lowering.is_never(&at), lowering.is_always(&at))
    }

    #[test]
    fn nothing_fits_a_contradiction() {
        for schema in [
            json!(false),
            json!({ "not": {} }),
            json!({ "not": true }),
            json!({ "not": { "title": "Anything" } }),
            json!({ "not": { "not": { "not": {} } } }),
            json!({ "enum": [] }),
            json!({ "type": "string", "enum": [1, null] }),
            json!({ "type": "string", "const": 1 }),
            json!({ "allOf": [{ "type": "string" }, { "type": "integer" }] }),
            json!({ "allOf": [{ "enum": ["a", "b"] }, { "const": "c" }] }),
            json!({ "allOf": [{}, false] }),
            json!({ "anyOf": [false, { "not": {} }] }),
            json!({ "$ref": "#/definitions/never" }),
            json!({ "type": "object", "properties": { "a": false }, "required": ["a"] }),
        ] {
            assert_eq!(judge(&schema), (true, false), "{schema}");
        }
    }

    #[test]
    fn something_fits_other_schemas() {
        for schema in [
            json!({ "type": "string" }),
            json!({ "not": { "type": "string" } }),
            json!({ "enum": [null] }),
            json!({ "type": "number", "enum": [1] }),
            json!({ "anyOf": [false, { "type": "string" }] }),
            json!({ "properties": { "a": false }, "required": ["a"] }),
            json!({ "type": "object", "properties": { "a": false } }),
            json!({ "$ref": "#/definitions/node" }),
        ] {
            assert_eq!(judge(&schema), (false, false), "{schema}");
        }
    }

    #[test]
    fn everything_fits_a_schema_that_says_nothing() {
        for schema in [
            json!(true),
            json!({}),
            json!({ "description": "Anything.", "default": 1 }),
            json!({ "not": false }),
            json!({ "allOf": [{}, true] }),
            json!({ "anyOf": [{ "type": "string" }, {}] }),
        ] {
            assert_eq!(judge(&schema), (false, true), "{schema}");
        }
    }
}
