//! Which schemas are checked while their types are read and written.
//!
//! The rule is a list of keywords. A schema with any other keyword is left to a validator: see [`Node::Judged`].

use jsonschema::ValidationError;
use serde_json::{Map, Value};

use super::{keywords::Keywords, validator::build};
use crate::value::json::{Judge, Node, ObjectNode, PropertyNode};

/// Keywords that change what references or other keywords mean. `$schema` is one below the root.
const SCOPES: [&str; 7] = [
    "$schema",
    "$id",
    "$anchor",
    "$dynamicRef",
    "$dynamicAnchor",
    "$recursiveRef",
    "$recursiveAnchor",
];

/// The keywords with definitions.
const DEFINITIONS: [&str; 2] = ["definitions", "$defs"];

type Planned<T> = Result<Option<T>, ValidationError<'static>>;

/// Creates the nodes of a schema.
pub(super) struct Planner<'s> {
    root: &'s Map<String, Value>,
    definitions: Vec<Definition<'s>>,
}

struct Definition<'s> {
    keyword: &'static str,
    name: &'s str,
    /// How references name it.
    reference: String,
    schema: &'s Value,
}

impl<'s> Planner<'s> {
    /// Returns `None` if a part of the schema could mean something else on its own.
    pub(super) fn of(schema: &'s Value) -> Option<Self> {
        let root = schema.as_object()?;
        let definitions = DEFINITIONS.iter().filter_map(|keyword| {
            let definitions = root.get(*keyword)?.as_object()?.iter();
            Some(definitions.map(move |(name, schema)| Definition {
                keyword,
                name,
                reference: reference(keyword, name),
                schema,
            }))
        });
        let planner = Self {
            root,
            definitions: definitions.flatten().collect(),
        };
        let is_plain = |(keyword, value): (&String, &Value)| match value {
            // Definitions of the root are the only ones.
            Value::Object(definitions) if DEFINITIONS.contains(&keyword.as_str()) => {
                let mut definitions = definitions.iter();
                definitions.all(|(name, schema)| planner.is_plain(name, schema))
            }
            // In draft 4, `id` and other keywords have another meaning.
            Value::String(draft) if keyword == "$schema" => !draft.contains("draft-04"),
            _ => planner.is_plain(keyword, value),
        };
        root.iter().all(is_plain).then_some(planner)
    }

    /// Whether a member of a schema, and everything in it, means the same on its own.
    fn is_plain(&self, name: &str, value: &Value) -> bool {
        match value {
            Value::String(text) => match name {
                "$ref" => self.find(text).is_some(),
                _ => !SCOPES.contains(&name),
            },
            Value::Object(_) if DEFINITIONS.contains(&name) => false,
            Value::Object(members) => members
                .iter()
                .all(|(name, value)| self.is_plain(name, value)),
            Value::Array(items) => items.iter().all(|item| self.is_plain("", item)),
            Value::Bool(_) => !SCOPES.contains(&name),
            Value::Null | Value::Number(_) => true,
        }
    }

    fn find(&self, reference: &str) -> Option<usize> {
        // The parts of a pointer in an address may be percent-encoded.
        let is_it = |known: &Definition<'_>| known.reference == reference;
        let index = self.definitions.iter().position(is_it);
        index.filter(|_| !reference.contains('%'))
    }

    /// Returns the nodes of the definitions.
    pub(super) fn definitions(&self) -> Result<Vec<Node>, ValidationError<'static>> {
        let schemas = self.definitions.iter();
        schemas.map(|known| self.node(known.schema)).collect()
    }

    fn node(&self, schema: &Value) -> Result<Node, ValidationError<'static>> {
        match self.simple(schema)? {
            Some(node) => Ok(node),
            None => self.judge(schema).map(Node::Judged),
        }
    }

    /// Returns the node of a schema, unless a validator is needed for it.
    pub(super) fn simple(&self, schema: &Value) -> Planned<Node> {
        let keywords = match schema {
            Value::Bool(true) => return Ok(Some(Node::Any)),
            Value::Object(keywords) => Keywords::of(keywords),
            _ => return Ok(None),
        };
        match keywords.names().as_slice() {
            [] => Ok(Some(Node::Any)),
            ["$ref"] => Ok(keywords
                .text("$ref")
                .and_then(|text| self.find(text))
                .map(Node::Reference)),
            ["const"] | ["type", "const"] | ["const", "type"] if keywords.is_text() => {
                Ok(keywords.get("const").and_then(|value| choice([value])))
            }
            ["enum"] | ["type", "enum"] | ["enum", "type"] if keywords.is_text() => {
                let values = keywords.get("enum").and_then(Value::as_array);
                Ok(values.and_then(choice))
            }
            ["anyOf" | "oneOf"] => self.nullable(&keywords),
            _ => self.typed(schema, &keywords),
        }
    }

    fn typed(&self, schema: &Value, keywords: &Keywords<'_>) -> Planned<Node> {
        let kind = match keywords.get("type") {
            Some(Value::String(kind)) => kind.as_str(),
            Some(Value::Array(kinds)) => return self.typed_or_null(schema, kinds),
            _ => return Ok(None),
        };
        match kind {
            "string" => self.text(keywords),
            "boolean" => Ok(keywords.only(&["type"]).then_some(Node::Boolean)),
            "integer" => Ok(keywords.number_limits().map(Node::Integer)),
            "number" => Ok(keywords.number_limits().map(Node::Number)),
            "array" => self.array(keywords),
            "object" => self.object(keywords),
            _ => Ok(None),
        }
    }

    /// `"type": ["string", "null"]`.
    fn typed_or_null(&self, schema: &Value, kinds: &[Value]) -> Planned<Node> {
        let kind = match kinds {
            [kind, null] | [null, kind] if null == "null" => kind,
            _ => return Ok(None),
        };
        let mut other = schema.clone();
        other["type"] = kind.clone();
        let node = self.simple(&other)?;
        // The values of an enum are all that is valid, whatever the types.
        let node = node.filter(|node| !matches!(node, Node::Choice(_)));
        Ok(node.map(|node| Node::Nullable(Box::new(node))))
    }

    /// `"anyOf": [..., { "type": "null" }]`.
    fn nullable(&self, keywords: &Keywords<'_>) -> Planned<Node> {
        let (all, is_exclusive) = match (keywords.get("anyOf"), keywords.get("oneOf")) {
            (Some(all), _) => (all, false),
            (None, Some(all)) => (all, true),
            (None, None) => return Ok(None),
        };
        let is_null = |schema: &Value| {
            let keywords = schema.as_object().map(Keywords::of);
            keywords.is_some_and(|keywords| {
                keywords.only(&["type"]) && keywords.text("type") == Some("null")
            })
        };
        let other = match all.as_array().map(Vec::as_slice) {
            Some([other, null] | [null, other]) if is_null(null) => other,
            _ => return Ok(None),
        };
        let node = self.node(other)?;
        // An exclusive alternative must not accept null, too.
        let may_be_null = matches!(
            node,
            Node::Any | Node::Nullable(_) | Node::Reference(_) | Node::Judged(_)
        );
        Ok((!(is_exclusive && may_be_null)).then(|| Node::Nullable(Box::new(node))))
    }

    fn text(&self, keywords: &Keywords<'_>) -> Planned<Node> {
        let lengths = ["minLength", "maxLength"];
        let judged = ["format", "pattern", "x-pattern"];
        if !keywords.only(&[&["type"], &lengths[..], &judged[..]].concat()) {
            return Ok(None);
        }
        let Some(length) = keywords.lengths(lengths) else {
            return Ok(None);
        };
        let rules = judged.iter().filter_map(|name| {
            let value = keywords.get(name)?;
            Some(((*name).to_owned(), value.clone()))
        });
        let rules: Map<_, _> = rules.collect();
        let judge = if rules.is_empty() {
            None
        } else {
            Some(self.judge(&rules.into())?)
        };
        Ok(Some(Node::Text { length, judge }))
    }

    fn array(&self, keywords: &Keywords<'_>) -> Planned<Node> {
        let lengths = ["minItems", "maxItems"];
        if !keywords.only(&["type", "items", lengths[0], lengths[1]]) {
            return Ok(None);
        }
        let items = match keywords.get("items") {
            None => Node::Any,
            // A list of schemas has one for each position.
            Some(Value::Array(_)) => return Ok(None),
            Some(items) => self.node(items)?,
        };
        let items = Box::new(items);
        Ok(keywords
            .lengths(lengths)
            .map(|length| Node::Array { items, length }))
    }

    fn object(&self, keywords: &Keywords<'_>) -> Planned<Node> {
        if !keywords.only(&["type", "properties", "required", "additionalProperties"]) {
            return Ok(None);
        }
        let Some(required) = keywords.required() else {
            return Ok(None);
        };
        let declared = keywords.get("properties").and_then(Value::as_object);
        let is_required = |name: &str| required.contains(&name);
        let found = declared
            .into_iter()
            .flat_map(Map::keys)
            .filter(|name| is_required(name));
        if found.count() != required.len() {
            return Ok(None);
        }
        let additional = match keywords.get("additionalProperties") {
            None => Some(Node::Any),
            Some(Value::Bool(false)) => None,
            Some(schema) => Some(self.node(schema)?),
        };
        let properties = declared.into_iter().flatten();
        let properties = properties
            .map(|(name, schema)| Ok(property(name, is_required(name), self.node(schema)?)));
        let properties: Vec<_> = properties.collect::<Result<_, ValidationError<'static>>>()?;
        if properties.is_empty() && matches!(additional, Some(Node::Any)) {
            return Ok(Some(Node::AnyObject));
        }
        Ok(Some(Node::Object(ObjectNode {
            properties,
            required: required.len(),
            additional: additional.map(Box::new),
        })))
    }

    /// Creates a validator of a part, in which references lead to the same definitions.
    fn judge(&self, schema: &Value) -> Result<Judge, ValidationError<'static>> {
        let mut part = schema.clone();
        if let Some(draft) = self.root.get("$schema")
            && let Value::Object(keywords) = &mut part
        {
            keywords.insert("$schema".to_owned(), draft.clone());
        }
        for index in self.reached(schema) {
            let Definition {
                keyword,
                name,
                schema,
                ..
            } = &self.definitions[index];
            part[*keyword][*name] = (*schema).clone();
        }
        let validator = build(&part, None)?;
        Ok(Judge::new(move |value| validator.is_valid(value)))
    }

    /// Returns the indexes of the definitions that a schema refers to, itself or through others.
    fn reached(&self, schema: &Value) -> Vec<usize> {
        let mut reached = Vec::new();
        self.collect(schema, &mut reached);
        let mut next = 0;
        while let Some(index) = reached.get(next) {
            self.collect(self.definitions[*index].schema, &mut reached);
            next += 1;
        }
        reached
    }

    fn collect(&self, schema: &Value, reached: &mut Vec<usize>) {
        match schema {
            Value::Object(members) => {
                let reference = members.get("$ref").and_then(Value::as_str);
                let index = reference.and_then(|reference| self.find(reference));
                reached.extend(index.filter(|index| !reached.contains(index)));
                members
                    .values()
                    .for_each(|member| self.collect(member, reached));
            }
            Value::Array(items) => items.iter().for_each(|item| self.collect(item, reached)),
            _ => {}
        }
    }
}

fn reference(keyword: &str, name: &str) -> String {
    let name = name.replace('~', "~0").replace('/', "~1");
    format!("#/{keyword}/{name}")
}

fn property(name: &str, is_required: bool, node: Node) -> PropertyNode {
    PropertyNode {
        name: name.to_owned(),
        key: format!("{}:", Value::from(name)),
        is_required,
        node,
    }
}

/// Returns the node of an enum, if all its values are strings.
fn choice<'v>(values: impl IntoIterator<Item = &'v Value>) -> Option<Node> {
    let texts = values
        .into_iter()
        .map(|value| value.as_str().map(str::to_owned));
    texts.collect::<Option<_>>().map(Node::Choice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Returns how a schema is checked, or `none` if all of it is left to a validator.
    fn planned(schema: &Value) -> String {
        let node = Planner::of(schema).and_then(|planner| planner.simple(schema).unwrap());
        node.map_or("none".to_owned(), |node| format!("{node:?}"))
    }

    #[test]
    fn schemas_of_simple_keywords_are_checked_as_they_are_read() {
        let schema = json!({
            "$schema": "http://json-schema.org/draft-07/schema#",
            "type": "object",
            "properties": {
                "id": { "type": "string", "title": "Id", "x-zui": { "hidden": true } },
                "kind": { "enum": ["a", "b"] },
                "note": { "type": ["string", "null"], "maxLength": 5 },
                "size": { "$ref": "#/definitions/a~1b" },
            },
            "required": ["id"],
            "additionalProperties": false,
            "definitions": { "a/b": { "type": "integer", "minimum": 1.0 } },
        });
        let planned = planned(&schema);
        assert!(!planned.contains("Judge"), "{planned}");
        assert!(
            planned.contains("Reference(0)") && planned.contains("Nullable"),
            "{planned}"
        );
    }

    #[test]
    fn a_part_with_another_keyword_is_left_to_a_validator() {
        for part in [
            json!({ "type": ["string", "null"], "enum": ["a"] }),
            json!({ "type": "string", "contentEncoding": "base64" }),
            json!({ "type": "number", "maximum": 1.014_520_393_787_434e17 }),
            json!({ "type": "array", "items": {}, "uniqueItems": true }),
            json!({ "type": "object", "properties": {}, "minProperties": 1 }),
            json!({ "type": "integer", "multipleOf": 2 }),
            json!({ "type": "number", "exclusiveMinimum": 0 }),
            json!({ "type": ["string", "integer"] }),
            json!({ "type": "string", "format": "email" }),
            json!({ "anyOf": [{ "type": "string" }, { "type": "integer" }] }),
            json!({ "oneOf": [{}, { "type": "null" }] }),
            json!({ "type": "object", "required": ["undeclared"] }),
            json!({ "type": "array", "items": [{ "type": "string" }] }),
            json!({ "allOf": [{ "type": "string" }] }),
            json!({ "enum": ["a", 1] }),
            json!({ "$ref": "#/definitions/a", "minLength": 1 }),
            json!(false),
        ] {
            let schema = json!({ "type": "object", "properties": { "part": part },
                "definitions": { "a": { "type": "string" } } });
            assert!(planned(&schema).contains("Judge"), "{schema}");
        }
    }

    #[test]
    fn a_schema_whose_parts_depend_on_their_place_has_no_plan() {
        for part in [
            json!({ "$id": "https://example.com/part" }),
            json!({ "$schema": "https://json-schema.org/draft/2020-12/schema" }),
            json!({ "$ref": "#/definitions/a%25b" }),
            json!({ "$ref": "#" }),
            json!({ "$ref": "#/properties/part" }),
            json!({ "definitions": { "a": {} } }),
            json!({ "$dynamicRef": "#a" }),
        ] {
            let schema = json!({ "type": "object", "properties": { "part": part } });
            assert_eq!(planned(&schema), "none", "{schema}");
        }
    }
}
