//! A value for a schema.

use serde_json::{Map, Value};

use super::any::{any, name};
use super::flatten::flatten;
use super::numbers::sample_number;
use super::{Random, pattern, strings};
use crate::json::{Json, parse};

/// The depth below which only required values are made.
const DEPTH: usize = 7;

/// Makes a value that is most likely valid against a schema.
#[must_use]
pub fn sample(schema: &Value, random: &mut Random) -> Json {
    let fullness = *random.pick(&[0, 20, 50, 80, 100]);
    let mut sampler = Sampler {
        root: schema,
        random,
        fullness,
    };
    sampler.sample(schema, 0)
}

struct Sampler<'a> {
    root: &'a Value,
    random: &'a mut Random,
    /// The percentage of optional properties that are present.
    fullness: usize,
}

impl Sampler<'_> {
    fn sample(&mut self, schema: &Value, depth: usize) -> Json {
        let Some(keywords) = flatten(self.root, schema, self.random) else {
            return Json::Null;
        };
        if let Some(value) = keywords.get("const") {
            return json(value);
        }
        if let Some(Value::Array(values)) = keywords.get("enum").filter(|values| has_items(values))
        {
            return json(self.random.pick(values));
        }
        match self.kind(&keywords).as_str() {
            "null" => Json::Null,
            "boolean" => Json::Bool(self.random.percent(50)),
            "integer" => sample_number(&keywords, true, self.random),
            "number" => sample_number(&keywords, false, self.random),
            "string" => Json::String(strings::string(&keywords, self.random)),
            "array" => self.array(&keywords, depth),
            "object" => self.object(&keywords, depth),
            _ => any(self.random, depth),
        }
    }

    /// The kind of value to make: one that the schema names, or that its keywords apply to.
    fn kind(&mut self, keywords: &Map<String, Value>) -> String {
        let chosen = match keywords.get("type") {
            Some(Value::Array(names)) if !names.is_empty() => self.random.pick(names).clone(),
            Some(name) => name.clone(),
            None => {
                let about = |names: &[&str]| names.iter().any(|name| keywords.contains_key(*name));
                let kind = if about(&[
                    "properties",
                    "required",
                    "additionalProperties",
                    "patternProperties",
                ]) {
                    "object"
                } else if about(&["items", "minItems", "maxItems", "contains", "uniqueItems"]) {
                    "array"
                } else if about(&["minLength", "maxLength", "pattern", "format"]) {
                    "string"
                } else if about(&[
                    "minimum",
                    "maximum",
                    "multipleOf",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                ]) {
                    "number"
                } else {
                    "any"
                };
                // A keyword does not constrain values of other kinds.
                Value::from(if self.random.percent(80) { kind } else { "any" })
            }
        };
        chosen.as_str().unwrap_or("any").to_owned()
    }

    fn array(&mut self, keywords: &Map<String, Value>, depth: usize) -> Json {
        let limit = |keyword| keywords.get(keyword).and_then(Value::as_u64);
        let least = limit("minItems").unwrap_or(0);
        let most = limit("maxItems").unwrap_or(least + 3).min(least + 3);
        let (mut least, most) = (
            usize::try_from(least).unwrap_or(0).min(1000),
            usize::try_from(most).unwrap_or(0),
        );
        let tuple = match keywords.get("items") {
            Some(Value::Array(items)) => items.as_slice(),
            _ => &[],
        };
        if depth < DEPTH && most > least && self.random.percent(self.fullness.max(30)) {
            least += self.random.below(most - least + 1);
        }
        let length = if self.random.percent(70) {
            least.max(tuple.len())
        } else {
            least
        };
        let more = match keywords.get("items") {
            Some(Value::Array(_)) => keywords.get("additionalItems"),
            items => items,
        };
        let is_closed = more == Some(&Value::Bool(false));
        let length = if is_closed {
            length.min(tuple.len())
        } else {
            length
        };
        let contained = keywords.get("contains");
        let items = (0..length).map(|index| match tuple.get(index).or(more).or(contained) {
            Some(schema) => self.sample(schema, depth + 1),
            None => any(self.random, depth),
        });
        Json::Array(items.collect())
    }

    fn object(&mut self, keywords: &Map<String, Value>, depth: usize) -> Json {
        let empty = Map::new();
        let map = |keyword| match keywords.get(keyword) {
            Some(Value::Object(map)) => map,
            _ => &empty,
        };
        let (declared, patterns) = (map("properties"), map("patternProperties"));
        let required: Vec<&str> = match keywords.get("required") {
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let rest = keywords
            .get("additionalProperties")
            .unwrap_or(&Value::Bool(true));
        let mut fields: Vec<(String, Json)> = Vec::new();
        for (name, schema) in declared {
            let is_there = required.contains(&name.as_str())
                || (depth < DEPTH && self.random.percent(self.fullness));
            if is_there {
                fields.push((name.clone(), self.sample(schema, depth + 1)));
            }
        }
        for name in required {
            if !declared.contains_key(name) && fields.iter().all(|(other, _)| other != name) {
                fields.push((name.to_owned(), self.sample(rest, depth + 1)));
            }
        }
        let least = keywords
            .get("minProperties")
            .and_then(Value::as_u64)
            .unwrap_or(0);
        let is_map = declared.is_empty() && patterns.is_empty();
        let wanted = if is_map { 60 } else { 25 };
        for _ in 0..4 {
            let is_short = u64::try_from(fields.len()).unwrap_or(0) < least;
            if !is_short && (depth >= DEPTH || !self.random.percent(wanted)) {
                break;
            }
            let (name, schema) = match patterns.iter().nth(self.random.below(patterns.len() + 1)) {
                Some((pattern, schema)) => (pattern::text(pattern, self.random), schema),
                None => (name(self.random), rest),
            };
            if *schema != Value::Bool(false) && fields.iter().all(|(other, _)| *other != name) {
                fields.push((name, self.sample(schema, depth + 1)));
            }
        }
        // The order of properties is arbitrary.
        if self.random.percent(20) {
            fields.reverse();
        }
        Json::Object(fields)
    }
}

fn has_items(values: &Value) -> bool {
    values.as_array().is_some_and(|values| !values.is_empty())
}

fn json(value: &Value) -> Json {
    parse(&value.to_string()).expect("serde_json writes valid JSON")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;
    use crate::sample::{Label, Labeler, break_in_one_place};

    /// Schemas with every kind of construct in real definitions.
    fn schemas() -> Vec<Value> {
        vec![
            json!({ "type": "object", "properties": { "a": { "type": "string", "maxLength": 3 }, "b": { "type": ["integer", "null"] } },
                "required": ["a"], "additionalProperties": false }),
            json!({ "type": "array", "items": { "enum": ["x", "y", 1] }, "minItems": 2, "maxItems": 4 }),
            json!({ "oneOf": [
                { "type": "object", "properties": { "kind": { "const": "one" }, "n": { "type": "number", "minimum": 1, "maximum": 2 } },
                  "required": ["kind", "n"] },
                { "type": "object", "properties": { "kind": { "const": "two" } }, "required": ["kind"] }
            ] }),
            json!({ "type": "string", "pattern": "^[0-9a-f]{4}(-[0-9a-f]{2})*$" }),
            json!({ "type": "string", "format": "date-time" }),
            json!({ "definitions": { "node": { "type": "object", "properties": { "next": { "$ref": "#/definitions/node" } } } },
                "$ref": "#/definitions/node" }),
            json!({ "allOf": [
                { "type": "object", "properties": { "a": { "type": "integer" } }, "required": ["a"] },
                { "type": "object", "properties": { "b": { "type": "boolean" } }, "required": ["b"] }
            ] }),
            json!({ "type": "object", "additionalProperties": { "type": "integer", "multipleOf": 3 }, "minProperties": 1 }),
            json!({ "type": "array", "items": [{ "type": "string" }, { "type": "boolean" }], "additionalItems": false, "minItems": 2 }),
        ]
    }

    #[test]
    fn most_samples_fit_and_many_broken_ones_do_not() {
        for schema in schemas() {
            let labeler = Labeler::new(&schema).unwrap();
            let mut random = Random::new("test");
            let label =
                |value: &Json| labeler.label(&serde_json::from_str(&value.to_string()).unwrap());
            let samples: Vec<_> = (0..100).map(|_| sample(&schema, &mut random)).collect();
            let valid = samples.iter().filter(|value| label(value) == Label::Valid);
            assert!(valid.count() >= 80, "{schema}");
            let broken: Vec<_> = samples
                .iter()
                .map(|value| break_in_one_place(value, &mut random))
                .collect();
            let broken = broken.iter().filter(|value| label(value) == Label::Broken);
            assert!(broken.count() >= 20, "{schema}");
        }
    }

    #[test]
    fn the_same_seed_produces_the_same_values_and_another_seed_produces_others() {
        let schema = &schemas()[0];
        let texts = |seed| {
            let mut random = Random::new(seed);
            (0..50)
                .map(|_| sample(schema, &mut random).to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(texts("one"), texts("one"));
        assert_ne!(texts("one"), texts("two"));
        let distinct: BTreeSet<_> = texts("one").into_iter().collect();
        assert!(distinct.len() > 25, "{distinct:?}");
    }
}
