//! Two versions of a schema, walked side by side.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use super::branches::branches;
use super::moved::remove_moved;
use super::node::Node;
use super::pair::{Pair, Step};
use super::patch::{Change, Patch};
use super::properties::properties;
use super::words::shape;
use super::{Edit, Kind};

/// Keywords whose value is one schema.
const SCHEMAS: [&str; 10] = [
    "additionalItems",
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedProperties",
];

/// Keywords whose values are schemas by patterns or names.
const MAPS: [&str; 3] = ["dependencies", "dependentSchemas", "patternProperties"];

/// Keywords that take and refuse nothing.
const ANNOTATIONS: [&str; 9] = [
    "$comment",
    "default",
    "deprecated",
    "description",
    "example",
    "examples",
    "readOnly",
    "title",
    "writeOnly",
];

/// Keywords by which schemas are found, and those that the names of properties are read with.
const ELSEWHERE: [&str; 5] = ["$defs", "$ref", "$schema", "definitions", "required"];

/// The pattern of an author, beside the one that was rewritten for the validator.
const WRITTEN_PATTERN: &str = "x-pattern";

/// Keywords of alternatives.
const BRANCHES: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// The changes from one version of a schema to another one. Both are self-contained.
pub(crate) fn edits(old: &Value, new: &Value) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut seen = HashSet::new();
    let mut open = vec![(String::new(), String::new(), Vec::new())];
    while let Some((at_old, at_new, way)) = open.pop() {
        let nodes = (Node::find(old, &at_old), Node::find(new, &at_new));
        let (Some(one), Some(other)) = nodes else {
            continue;
        };
        if !seen.insert((one.at.clone(), other.at.clone())) {
            continue;
        }
        let pair = Pair {
            old: one,
            new: other,
            way,
        };
        let mut parts = Vec::new();
        for step in pair.steps([old, new]) {
            match step {
                Step::Changed(edit) => edits.push(*edit),
                Step::Into { old, new, way } => parts.push((old, new, way)),
            }
        }
        open.extend(parts.into_iter().rev());
    }
    remove_moved(&mut edits);
    edits
}

impl<'a> Pair<'a> {
    /// What is found about the two versions.
    fn steps(&self, roots: [&'a Value; 2]) -> Vec<Step> {
        if !self.has_one_shape() {
            return vec![Step::Changed(Box::new(self.reshaped()))];
        }
        let keys = |node: &Node<'a>| {
            node.schema
                .as_object()
                .into_iter()
                .flat_map(|all| all.keys())
        };
        let names: BTreeSet<_> = keys(&self.old).chain(keys(&self.new)).collect();
        let keywords = names.into_iter().flat_map(|name| self.keyword(roots, name));
        properties(self).into_iter().chain(keywords).collect()
    }

    fn keyword(&self, roots: [&'a Value; 2], name: &str) -> Vec<Step> {
        match (self.old.get(name), self.new.get(name)) {
            _ if name == WRITTEN_PATTERN || name == "properties" => Vec::new(),
            _ if ELSEWHERE.contains(&name) => Vec::new(),
            (Some(_), Some(_)) if BRANCHES.contains(&name) => branches(roots, self, name),
            (Some(old), Some(new)) if SCHEMAS.contains(&name) && is_schema(old, new) => {
                let way = match name {
                    "items" | "additionalItems" | "contains" => self.way_to("[]"),
                    "additionalProperties" => self.way_to("*"),
                    _ => self.way.clone(),
                };
                vec![self.part(&[name], way)]
            }
            (Some(Value::Array(old)), Some(Value::Array(new)))
                if name == "items" && old.len() == new.len() =>
            {
                let items = (0..old.len()).map(|index| index.to_string());
                items
                    .map(|index| self.part(&[name, &index], self.way_to(&format!("[{index}]"))))
                    .collect()
            }
            (Some(Value::Object(old)), Some(Value::Object(new))) if MAPS.contains(&name) => {
                let is_same = old.keys().eq(new.keys());
                let changed = (!is_same).then(|| self.changed(self.keyword_kind(name), name));
                let both = old.keys().filter(|key| new.contains_key(*key));
                let both = both.map(|key| {
                    let way = match name {
                        "patternProperties" => self.way_to(&format!("/{key}/")),
                        _ => self.way.clone(),
                    };
                    self.part(&[name, key], way)
                });
                changed.into_iter().chain(both).collect()
            }
            (old, new) if old == new => Vec::new(),
            (old, new) if name == "enum" => {
                let kind = Kind::Values {
                    added: without(new, old),
                    removed: without(old, new),
                };
                vec![self.changed(kind, name)]
            }
            _ => vec![self.changed(self.keyword_kind(name), name)],
        }
    }

    /// A change of one keyword.
    fn changed(&self, kind: Kind, name: &str) -> Step {
        let value = |node: &Node<'a>| vec![(name.to_owned(), node.get(name).cloned())];
        Step::Changed(Box::new(self.edit(
            kind,
            &[name],
            value(&self.new),
            value(&self.old),
        )))
    }

    /// Whether both are schemas for the same kind of value, written in the same way.
    fn has_one_shape(&self) -> bool {
        let (Value::Object(old), Value::Object(new)) = (self.old.schema, self.new.schema) else {
            return self.old.schema == self.new.schema;
        };
        let has_one = |name: &&str| old.contains_key(*name) == new.contains_key(*name);
        BRANCHES.iter().all(has_one) && old.get("type") == new.get("type")
    }

    fn reshaped(&self) -> Edit {
        let whole = |node: &Node, schema: &Value| Patch {
            at: node.at.clone(),
            change: Change::Whole(schema.clone()),
        };
        Edit {
            kind: Kind::Shape {
                old: shape(self.old.schema),
                new: shape(self.new.schema),
            },
            way: self.way.clone(),
            old: self.old.at.clone(),
            new: self.new.at.clone(),
            forward: whole(&self.old, self.new.schema),
            backward: whole(&self.new, self.old.schema),
        }
    }

    fn keyword_kind(&self, name: &str) -> Kind {
        let (old, new) = (self.old.get(name), self.new.get(name));
        let is_open = |value: Option<&Value>| value != Some(&Value::Bool(false));
        if name == "additionalProperties" && is_open(old) != is_open(new) {
            return Kind::Closed {
                is_closed: is_open(old),
            };
        }
        // A pattern that was rewritten for the validator is beside the one that its author wrote.
        let written = |node: &Node| match name {
            "pattern" => node.get(WRITTEN_PATTERN).or(node.get(name)).cloned(),
            name => node.get(name).cloned(),
        };
        let (name, old, new) = (name.to_owned(), written(&self.old), written(&self.new));
        if ANNOTATIONS.contains(&name.as_str()) || name.starts_with("x-") {
            Kind::Annotation { name, old, new }
        } else {
            Kind::Keyword { name, old, new }
        }
    }
}

fn is_schema(old: &Value, new: &Value) -> bool {
    old.is_object() && new.is_object()
}

/// The values of one list that are not in another one.
fn without(list: Option<&Value>, other: Option<&Value>) -> Vec<Value> {
    let items = |list: Option<&Value>| list.and_then(Value::as_array).cloned().unwrap_or_default();
    let other = items(other);
    let mut list = items(list);
    list.retain(|value| !other.contains(value));
    list
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::*;
    use crate::ask::{Answer, InProcess, Judge, Question};

    fn is_same(one: &Value, other: &Value) -> bool {
        let judge = InProcess::new(Duration::from_mins(10));
        [(one, other), (other, one)].iter().all(|(from, to)| {
            let question = Question {
                from: (*from).clone(),
                to: (*to).clone(),
                beyond: None,
            };
            judge.ask(&question) == Answer::Yes
        })
    }

    /// Pairs of schemas between which there is one change.
    fn pairs() -> Vec<(Value, Value)> {
        let object = |property: Value, required: Value| json!({ "type": "object", "properties": { "a": property }, "required": required });
        let text = json!({ "type": "string" });
        let union = |second: Value| {
            json!({ "oneOf": [
                { "type": "object", "properties": { "kind": { "const": "one" } }, "required": ["kind"] },
                second
            ] })
        };
        let two = |more: Value| json!({ "type": "object", "properties": { "kind": { "const": "two" }, "b": more }, "required": ["kind"] });
        let referring = |name: &str, property: Value| json!({ "definitions": { name: property }, "properties": { "a": { "$ref": format!("#/definitions/{name}") } } });
        vec![
            (
                object(text.clone(), json!([])),
                object(text.clone(), json!(["a"])),
            ),
            (
                object(text.clone(), json!(["a"])),
                object(json!({ "type": "string", "maxLength": 2 }), json!(["a"])),
            ),
            (
                object(text.clone(), json!([])),
                object(
                    json!({ "anyOf": [text.clone(), { "type": "null" }] }),
                    json!([]),
                ),
            ),
            (
                json!({ "properties": { "a": text } }),
                json!({ "properties": { "a": text, "b": { "enum": [1, 2] } } }),
            ),
            (
                json!({ "items": { "enum": [1, 2] } }),
                json!({ "items": { "enum": [2, 3] } }),
            ),
            (
                union(two(json!({}))),
                union(two(json!({ "type": "integer" }))),
            ),
            (
                referring("x", text.clone()),
                referring("y", json!({ "type": "integer" })),
            ),
            (
                referring("x", json!({ "properties": { "b": text } })),
                json!({ "definitions": { "x": { "properties": { "b": text, "c": { "$ref": "#/definitions/z" } } }, "z": { "minimum": 3 } },
                     "properties": { "a": { "$ref": "#/definitions/x" } } }),
            ),
            (
                json!({ "additionalProperties": false }),
                json!({ "additionalProperties": true }),
            ),
            (
                json!({ "items": [text, { "enum": [1, 2] }] }),
                json!({ "items": [text, { "enum": [2] }] }),
            ),
            (
                json!({ "dependencies": { "a": { "required": ["b"] }, "c": ["d"] } }),
                json!({ "dependencies": { "a": { "required": ["b", "e"] }, "c": ["d"] } }),
            ),
        ]
    }

    #[test]
    fn a_change_made_alone_leads_to_the_other_version() {
        for (old, new) in pairs() {
            let edits = edits(&old, &new);
            assert_eq!(edits.len(), 1, "{old} {new}: {edits:?}");
            let forward = edits[0].forward.apply(&old, &new);
            assert!(is_same(&forward, &new), "{old} {new}: {forward}");
            let backward = edits[0].backward.apply(&new, &old);
            assert!(is_same(&backward, &old), "{old} {new}: {backward}");
        }
    }

    #[test]
    fn parts_in_other_words_are_no_change() {
        let part = json!({ "type": "string", "minLength": 1 });
        let reference = json!({ "$ref": "#/definitions/part" });
        let written = |part: &Value| {
            json!({
                "definitions": { "part": { "type": "string", "minLength": 1 } },
                "items": [part, true], "additionalItems": part, "contains": part, "propertyNames": part, "not": part,
                "dependencies": { "a": part, "b": ["c"] }, "patternProperties": { "^a": part }, "allOf": [part],
            })
        };
        let edits = edits(&written(&part), &written(&reference));
        assert_eq!(edits.len(), 0, "{edits:?}");
    }

    #[test]
    fn recursive_schemas_are_walked_once() {
        let tree = |minimum: u64| {
            json!({ "definitions": { "tree": { "properties": {
                "left": { "$ref": "#/definitions/tree" }, "right": { "$ref": "#/definitions/tree" },
                "size": { "minimum": minimum }
            } } }, "$ref": "#/definitions/tree" })
        };
        assert_eq!(edits(&tree(1), &tree(1)).len(), 0);
        assert_eq!(edits(&tree(1), &tree(2)).len(), 1);
        let itself = json!({ "$ref": "#" });
        assert_eq!(edits(&itself, &itself).len(), 0);
    }

    #[test]
    fn alternatives_with_other_constants_are_other_alternatives() {
        let of = |names: &[&str]| {
            let branches = names
                .iter()
                .map(|name| json!({ "properties": { "kind": { "const": name } } }));
            json!({ "oneOf": branches.collect::<Vec<_>>() })
        };
        let kinds = |old: &[&str], new: &[&str]| {
            let edits = edits(&of(old), &of(new));
            edits.into_iter().map(|edit| edit.kind).collect::<Vec<_>>()
        };
        let alternative = |name: &str, is_added| Kind::Alternative {
            name: format!("kind: \"{name}\""),
            is_added,
        };
        assert_eq!(kinds(&["a", "b"], &["b", "a"]), []);
        assert_eq!(
            kinds(&["a", "b"], &["a", "b", "c"]),
            [alternative("c", true)]
        );
        assert_eq!(
            kinds(&["a", "b"], &["a", "c"]),
            [alternative("b", false), alternative("c", true)]
        );
    }
}
