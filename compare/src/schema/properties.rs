//! The properties of two versions of an object.

use serde_json::{Map, Value};

use super::node::Node;
use super::pair::{Keywords, Pair, Step};
use super::{Edit, Kind, Rest};
use crate::pointer::child;

/// How similar two names are at least, if one may be the other's new name.
const SIMILAR: f64 = 0.75;

/// Compares the properties of an object, and which of them are required.
pub(super) fn properties(pair: &Pair) -> Vec<Step> {
    let empty = Map::new();
    let [old, new] = [&pair.old, &pair.new].map(|node| {
        node.get("properties")
            .and_then(Value::as_object)
            .unwrap_or(&empty)
    });
    let mut steps = Vec::new();
    let mut removed: Vec<_> = old.keys().filter(|name| !new.contains_key(*name)).collect();
    for name in new.keys().filter(|name| !old.contains_key(*name)) {
        let from = removed
            .iter()
            .position(|removed| is_renamed(pair, (removed, &old[*removed]), (name, &new[name])));
        let from = from.map(|index| removed.remove(index));
        steps.extend(moved(pair, from, Some(name)));
    }
    for name in removed {
        steps.extend(moved(pair, Some(name), None));
    }
    let declared = |name: &str| (old.contains_key(name), new.contains_key(name));
    steps.extend(required(pair, declared));
    let both = old.keys().filter(|name| new.contains_key(*name));
    steps.extend(both.map(|name| pair.part(&["properties", name], pair.way_to(name))));
    steps
}

/// The properties that are required in one version alone, if both declare them, or none does.
fn required(pair: &Pair, declared: impl Fn(&str) -> (bool, bool)) -> Vec<Step> {
    let (old, new) = (pair.old.required(), pair.new.required());
    let mut names: Vec<&str> = old.iter().chain(&new).copied().collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| {
        let (was_declared, is_declared) = declared(name);
        old.contains(name) != new.contains(name) && was_declared == is_declared
    });
    let change = |name| require(pair, name, new.contains(&name));
    names.into_iter().map(change).collect()
}

/// Whether a property may be another one with a new name: both have one schema, and similar names.
fn is_renamed(pair: &Pair, old: (&str, &Value), new: (&str, &Value)) -> bool {
    let is_required = (
        pair.old.required().contains(&old.0),
        pair.new.required().contains(&new.0),
    );
    let is_similar = strsim::jaro_winkler(&old.0.to_lowercase(), &new.0.to_lowercase()) >= SIMILAR;
    is_required.0 == is_required.1 && is_similar && bare(old.1) == bare(new.1)
}

/// A schema without its texts.
fn bare(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Value::Object(keywords) = &mut schema {
        keywords.retain(|name, _| !["title", "description", "x-zui"].contains(&name.as_str()));
    }
    schema
}

/// A property that is new, gone, or has another name.
fn moved(pair: &Pair, from: Option<&String>, to: Option<&String>) -> Option<Step> {
    let kind = match (from, to) {
        (Some(from), Some(to)) => Kind::Renamed {
            from: from.clone(),
            to: to.clone(),
        },
        (Some(name), None) => Kind::Removed {
            name: name.clone(),
            was_required: pair.old.required().contains(&name.as_str()),
            rest: rest(pair, &pair.new),
        },
        (None, Some(name)) => Kind::Added {
            name: name.clone(),
            is_required: pair.new.required().contains(&name.as_str()),
            rest: rest(pair, &pair.old),
        },
        (None, None) => return None,
    };
    let forward = exchanged(&pair.old, &pair.new, from, to);
    let backward = exchanged(&pair.new, &pair.old, to, from);
    let mut edit = pair.edit(kind, &[], forward, backward);
    let place = |at: &str, name: &str| child(&child(at, "properties"), name);
    if let Some(from) = from {
        edit.old = place(&edit.old, from);
    }
    if let Some(to) = to {
        edit.new = place(&edit.new, to);
    }
    Some(Step::Changed(Box::new(edit)))
}

/// What one version of an object takes in a property that it does not declare.
fn rest(pair: &Pair, node: &Node) -> Rest {
    let others = node.get("additionalProperties");
    if others == Some(&Value::Bool(false)) {
        return Rest::Nothing;
    }
    let is_any = |schema: &Value| {
        let keywords = schema.as_object();
        *schema == Value::Bool(true) || keywords.is_some_and(Map::is_empty)
    };
    let mut more = ["patternProperties", "unevaluatedProperties"].into_iter();
    let is_open = others.is_none_or(is_any) && !more.any(|name| node.get(name).is_some());
    if is_open && pair.is_alone_but_for(&[]) {
        Rest::Anything
    } else {
        Rest::Something
    }
}

/// The keywords of a node without one property, and with another one of the other node.
fn exchanged(
    node: &Node,
    other: &Node,
    without: Option<&String>,
    with: Option<&String>,
) -> Keywords {
    let all = |node: &Node| node.get("properties").and_then(Value::as_object).cloned();
    let mut properties = all(node).unwrap_or_default();
    if let Some(name) = without {
        properties.shift_remove(name);
    }
    if let Some(name) = with
        && let Some(schema) = all(other).and_then(|mut all| all.shift_remove(name))
    {
        properties.insert(name.clone(), schema);
    }
    // A name can be required that is not declared.
    let is_moved = |required: &&str| {
        [without, with]
            .into_iter()
            .flatten()
            .any(|name| name == required)
    };
    let own = node.required().into_iter().filter(|name| !is_moved(name));
    let others = other.required().into_iter().filter(is_moved);
    let required: Vec<_> = own.chain(others).collect();
    vec![
        ("properties".to_owned(), Some(Value::Object(properties))),
        ("required".to_owned(), Some(required.into())),
    ]
}

/// A property that is required in one version alone.
fn require(pair: &Pair, name: &str, is_required: bool) -> Step {
    let kind = Kind::Required {
        name: name.to_owned(),
        is_required,
    };
    let list = |node: &Node, is_required: bool| {
        let mut names = node.required();
        names.retain(|required| *required != name);
        names.extend(is_required.then_some(name));
        vec![("required".to_owned(), Some(names.into()))]
    };
    let forward = list(&pair.old, is_required);
    let backward = list(&pair.new, !is_required);
    let edit = pair.edit(kind, &[], forward, backward);
    Step::Changed(Box::new(Edit {
        old: place_of_name(&pair.old, name),
        new: place_of_name(&pair.new, name),
        ..edit
    }))
}

/// The name in the list of what is required, if it is there, or the property.
fn place_of_name(node: &Node, name: &str) -> String {
    let mut required = node.required().into_iter();
    match required.position(|required| required == name) {
        Some(index) => format!("{}/required/{index}", node.at),
        None => child(&child(&node.at, "properties"), name),
    }
}
