//! Keywords beside a reference, which take and refuse nothing in draft 7.

use std::collections::BTreeSet;

use serde_json::Value;

use super::node::Node;
use super::pair::Pair;
use super::{Edit, Kind, Patch};
use crate::pointer::child;

/// Keywords that are no text beside a reference.
const SILENT: [&str; 4] = ["$defs", "$ref", "$schema", "definitions"];

/// The changes of the texts beside the references that lead to two schemas. A text that stands at the schema instead is read
/// as before.
pub(super) fn beside_references(pair: &Pair) -> Vec<Edit> {
    let beside = [&pair.old, &pair.new]
        .into_iter()
        .flat_map(|node| &node.beside);
    let names = beside.filter_map(|(_, schema)| schema.as_object());
    let names: BTreeSet<_> = names.flat_map(|keywords| keywords.keys()).collect();
    let names = names
        .into_iter()
        .filter(|name| !SILENT.contains(&name.as_str()));
    names.filter_map(|name| text(pair, name)).collect()
}

/// The change of a text.
fn text(pair: &Pair, name: &str) -> Option<Edit> {
    let ((old_at, old), (new_at, new)) = (found(&pair.old, name), found(&pair.new, name));
    let patch = |at: &str, value: Option<&Value>| {
        Patch::keywords(at, vec![(name.to_owned(), value.cloned())])
    };
    (old != new).then(|| Edit {
        kind: Kind::Annotation {
            name: name.to_owned(),
            old: old.cloned(),
            new: new.cloned(),
        },
        way: pair.way.clone(),
        branches: pair.branches.clone(),
        old: child(old_at, name),
        new: child(new_at, name),
        forward: patch(old_at, new),
        backward: patch(new_at, old),
    })
}

/// The outermost place of a text and its value. The schema itself is the last one.
fn found<'a>(node: &'a Node, name: &str) -> (&'a str, Option<&'a Value>) {
    let beside = node
        .beside
        .iter()
        .map(|(at, schema)| (at.as_str(), *schema));
    let mut all = beside.chain([(node.at.as_str(), node.schema)]);
    let outermost = all.clone().next().map_or("", |(at, _)| at);
    all.find_map(|(at, schema)| Some((at, Some(schema.get(name)?))))
        .unwrap_or((outermost, None))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::schema::{Kind, edits};

    #[test]
    fn a_schema_that_becomes_a_shared_one_keeps_its_texts() {
        let shared = json!({ "definitions": { "mail": { "type": "string" } } });
        let schema = |property: Value| {
            let mut schema = shared.clone();
            schema["properties"] = json!({ "mail": property });
            schema
        };
        let written = schema(json!({ "type": "string", "title": "Mail" }));
        let referring = schema(json!({ "$ref": "#/definitions/mail", "title": "Mail" }));
        assert_eq!(edits(&written, &referring).len(), 0);
        assert_eq!(edits(&referring, &written).len(), 0);
    }

    #[test]
    fn a_text_beside_a_reference_is_named_wherever_it_stands() {
        let schema = |property: Value| {
            json!({
                "definitions": { "name": { "type": "string", "title": "Name" } },
                "properties": { "first": { "$ref": "#/definitions/name" }, "last": property }
            })
        };
        let beside = |text: &str| json!({ "$ref": "#/definitions/name", "title": text });
        let plain = json!({ "$ref": "#/definitions/name" });
        let written = json!({ "type": "string", "title": "Name" });
        for (old, new, count) in [
            (beside("A"), beside("B"), 1),
            (plain.clone(), beside("B"), 1),
            (beside("B"), plain.clone(), 1),
            (plain.clone(), beside("Name"), 0),
            (written.clone(), beside("Name"), 0),
            (beside("Name"), written.clone(), 0),
            (beside("A"), beside("A"), 0),
            (plain, written, 0),
        ] {
            let edits = edits(&schema(old.clone()), &schema(new.clone()));
            let are_texts = edits
                .iter()
                .all(|edit| matches!(edit.kind, Kind::Annotation { .. }));
            assert_eq!(
                (edits.len(), are_texts),
                (count, true),
                "{old} {new}: {edits:?}"
            );
        }
    }
}
