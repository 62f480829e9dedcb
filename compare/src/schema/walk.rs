//! Two versions of a schema, walked side by side.

use std::collections::HashSet;

use serde_json::Value;

use super::beside::beside_references;
use super::moved::remove_moved;
use super::node::Node;
use super::pair::{Pair, Part, Step};
use super::{Edit, Kind};
use crate::draft::draft;

/// The changes from one version of a schema to another one. Both are self-contained.
pub(crate) fn edits(old: &Value, new: &Value) -> Vec<Edit> {
    let mut edits: Vec<_> = other_draft(old, new).into_iter().collect();
    let mut seen = HashSet::new();
    let mut open = vec![Part {
        old: String::new(),
        new: String::new(),
        way: Vec::new(),
        branches: Vec::new(),
        is_alone: true,
    }];
    while let Some(part) = open.pop() {
        let nodes = (Node::find(old, &part.old), Node::find(new, &part.new));
        let (Some(one), Some(other)) = nodes else {
            continue;
        };
        let pair = Pair {
            old: one,
            new: other,
            way: part.way,
            branches: part.branches,
            is_alone: part.is_alone,
        };
        edits.extend(beside_references(&pair));
        if !seen.insert((pair.old.at.clone(), pair.new.at.clone())) {
            continue;
        }
        let mut parts = Vec::new();
        for step in pair.steps([old, new]) {
            match step {
                Step::Changed(edit) => edits.push(*edit),
                Step::Into(part) => parts.push(part),
            }
        }
        open.extend(parts.into_iter().rev());
    }
    remove_moved(&mut edits);
    edits
}

/// The change of the draft, in which other keywords count.
fn other_draft(old: &Value, new: &Value) -> Option<Edit> {
    let root = |schema| Node {
        at: String::new(),
        schema,
        beside: Vec::new(),
    };
    let pair = Pair {
        old: root(old),
        new: root(new),
        way: Vec::new(),
        branches: Vec::new(),
        is_alone: true,
    };
    let name = "$schema";
    (draft(old) != draft(new)).then(|| {
        let keyword = |schema: &Value| vec![(name.to_owned(), Some(draft(schema).into()))];
        let kind = Kind::Keyword {
            name: name.to_owned(),
            old: Some(draft(old).into()),
            new: Some(draft(new).into()),
        };
        pair.edit(kind, &[name], keyword(new), keyword(old))
    })
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
                object(text.clone(), json!(["a"])),
                json!({ "type": "object", "required": ["a"] }),
            ),
            (
                json!({ "type": "object", "required": ["a"] }),
                object(text.clone(), json!([])),
            ),
            (
                json!({ "items": [text, { "enum": [1, 2] }] }),
                json!({ "items": [text, { "enum": [2] }] }),
            ),
            (
                json!({ "$schema": "http://json-schema.org/draft-07/schema#", "prefixItems": [false] }),
                json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "prefixItems": [false] }),
            ),
            (
                json!({ "dependencies": { "a": { "required": ["b"] }, "c": ["d"] } }),
                json!({ "dependencies": { "a": { "required": ["b", "e"] }, "c": ["d"] } }),
            ),
        ]
    }

    /// Pairs of schemas between which there is one change, which stands behind a reference or in a later draft.
    fn referring_pairs() -> Vec<(Value, Value)> {
        let later = |property: Value, shared: Value| {
            json!({
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "$defs": { "x": shared }, "properties": { "a": property }
            })
        };
        let chain = |length: usize, end: Value| {
            let reference = |index: usize| json!({ "$ref": format!("#/definitions/{index}") });
            let links = (0..length).map(|index| (index.to_string(), reference(index + 1)));
            let definitions: Value = links.chain([(length.to_string(), end)]).collect();
            json!({ "definitions": definitions, "properties": { "a": reference(0) } })
        };
        vec![
            (
                later(
                    json!({ "$ref": "#/$defs/x", "title": "A" }),
                    json!({ "type": "string" }),
                ),
                later(
                    json!({ "$ref": "#/$defs/x", "title": "A" }),
                    json!({ "type": "integer" }),
                ),
            ),
            (
                later(
                    json!({ "prefixItems": [{ "$ref": "#/$defs/x" }] }),
                    json!({ "type": "string" }),
                ),
                later(
                    json!({ "prefixItems": [{ "$ref": "#/$defs/x" }] }),
                    json!({ "type": "integer" }),
                ),
            ),
            (
                later(
                    json!({ "items": false, "prefixItems": [{ "type": "string" }] }),
                    json!({}),
                ),
                later(
                    json!({ "items": false, "prefixItems": [{ "type": "string" }, true] }),
                    json!({}),
                ),
            ),
            (
                chain(99, json!({ "type": "string" })),
                chain(99, json!({ "type": "integer" })),
            ),
        ]
    }

    #[test]
    fn a_change_made_alone_leads_to_the_other_version() {
        for (old, new) in pairs().into_iter().chain(referring_pairs()) {
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
    fn what_refuses_nothing_is_a_text_also_where_a_draft_does_not_know_the_keyword() {
        let draft = "https://json-schema.org/draft/2020-12/schema";
        for (old, new, is_text) in [
            (
                json!({ "nullable": true }),
                json!({ "nullable": false }),
                true,
            ),
            (json!({}), json!({ "contentMediaType": "text/html" }), true),
            (
                json!({ "format": "phone" }),
                json!({ "format": "iban" }),
                true,
            ),
            (json!({ "format": "uuid" }), json!({}), false),
            (
                json!({ "dependentRequired": { "a": ["b"] } }),
                json!({}),
                true,
            ),
            (
                json!({ "type": "string", "title": "A" }),
                json!({ "type": "integer", "title": "A" }),
                false,
            ),
            (
                json!({ "format": "phone" }),
                json!({ "format": "email" }),
                false,
            ),
            (
                json!({ "$schema": draft, "format": "uuid" }),
                json!({ "$schema": draft }),
                false,
            ),
            (
                json!({ "$schema": draft, "dependentRequired": {} }),
                json!({ "$schema": draft }),
                false,
            ),
        ] {
            let edits = edits(&old, &new);
            let texts = edits.iter().map(|edit| !edit.kind.is_constraint());
            assert_eq!(texts.collect::<Vec<_>>(), [is_text], "{old} {new}");
        }
    }

    #[test]
    fn a_text_is_compared_also_where_the_kind_of_value_is_another_one() {
        let (old, new) = (
            json!({ "type": "string", "title": "A" }),
            json!({ "type": "integer", "title": "B" }),
        );
        assert_eq!(edits(&old, &new).len(), 2);
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
