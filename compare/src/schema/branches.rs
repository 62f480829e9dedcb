//! The alternatives of two versions of a union.

use serde_json::Value;

use super::Kind;
use super::node::Node;
use super::pair::{Pair, Part, Step};
use super::words::shape;
use crate::pointer::child;

/// Compares the alternatives of a union: equal ones, then those with one name, then the rest
/// without constants in order, if both have as many.
pub(super) fn branches<'a>(roots: [&'a Value; 2], pair: &Pair<'a>, keyword: &str) -> Vec<Step> {
    let old = list(roots[0], &pair.old, keyword);
    let new = list(roots[1], &pair.new, keyword);
    let mut open: (Vec<usize>, Vec<usize>) = ((0..old.len()).collect(), (0..new.len()).collect());
    let mut pairs = Vec::new();
    matched(&mut open, &mut pairs, |one, other| {
        old[one].schema == new[other].schema
    });
    matched(&mut open, &mut pairs, |one, other| {
        let name = name(old[one].schema);
        name.is_some() && name == self::name(new[other].schema)
    });
    let is_open = |index: usize, all: &[Node]| constant_name(all[index].schema).is_none();
    let rest: Vec<_> = open
        .0
        .iter()
        .copied()
        .filter(|one| is_open(*one, &old))
        .collect();
    let others: Vec<_> = open
        .1
        .iter()
        .copied()
        .filter(|one| is_open(*one, &new))
        .collect();
    if rest.len() == others.len() {
        open.0.retain(|one| !rest.contains(one));
        open.1.retain(|one| !others.contains(one));
        pairs.extend(rest.into_iter().zip(others));
    }
    pairs.sort_unstable();
    let at = |node: &Node, index: usize| child(&child(&node.at, keyword), &index.to_string());
    let declares = |node: &Node| node.get("properties").is_some();
    let is_alone = keyword != "allOf"
        && pair.is_alone_but_for(&[keyword])
        && ![&pair.old, &pair.new].into_iter().any(declares);
    let both = pairs.into_iter().map(|(one, other)| {
        let branch = at(&pair.old, one);
        Step::Into(Part {
            new: at(&pair.new, other),
            way: pair.way.clone(),
            branches: pair.branches.iter().chain([&branch]).cloned().collect(),
            is_alone,
            old: branch,
        })
    });
    let removed = open
        .0
        .into_iter()
        .map(|index| alone(pair, keyword, (&old, index), false));
    let added = open
        .1
        .into_iter()
        .map(|index| alone(pair, keyword, (&new, index), true));
    both.chain(removed).chain(added).collect()
}

fn list<'a>(root: &'a Value, node: &Node<'a>, keyword: &str) -> Vec<Node<'a>> {
    let count = node
        .get(keyword)
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    let at = |index: usize| child(&child(&node.at, keyword), &index.to_string());
    (0..count)
        .filter_map(|index| Node::find(root, &at(index)))
        .collect()
}

/// Moves the pairs of which something holds.
fn matched(
    open: &mut (Vec<usize>, Vec<usize>),
    pairs: &mut Vec<(usize, usize)>,
    is_one: impl Fn(usize, usize) -> bool,
) {
    open.0.retain(|one| {
        let other = open.1.iter().position(|other| is_one(*one, *other));
        if let Some(position) = other {
            pairs.push((*one, open.1.remove(position)));
        }
        other.is_none()
    });
}

/// The name of an alternative: the constant that distinguishes it from others, or its title.
fn name(schema: &Value) -> Option<String> {
    let title = || {
        schema["title"]
            .as_str()
            .or(schema["x-zui"]["title"].as_str())
    };
    constant_name(schema).or_else(|| title().map(str::to_owned))
}

/// The constant that distinguishes an alternative from others.
fn constant_name(schema: &Value) -> Option<String> {
    let constant = |schema: &Value| {
        let only = schema["enum"].as_array().filter(|values| values.len() == 1);
        schema.get("const").or_else(|| only?.first()).cloned()
    };
    let of_property =
        |(name, schema): (&String, &Value)| Some(format!("{name}: {}", constant(schema)?));
    let properties = schema["properties"].as_object();
    properties
        .and_then(|all| all.iter().find_map(of_property))
        .or_else(|| Some(constant(schema)?.to_string()))
}

/// An alternative that one version alone has.
fn alone(pair: &Pair, keyword: &str, (branches, index): (&[Node], usize), is_added: bool) -> Step {
    let schema = branches[index].schema;
    let kind = Kind::Alternative {
        name: name(schema).unwrap_or_else(|| shape(schema)),
        is_added,
    };
    let all = |node: &Node| {
        node.get(keyword)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let (longer, shorter) = if is_added {
        (&pair.new, &pair.old)
    } else {
        (&pair.old, &pair.new)
    };
    let mut with = all(shorter);
    with.extend(all(longer).get(index).cloned());
    let mut without = all(longer);
    without.remove(index);
    let [with, without] =
        [with, without].map(|list| vec![(keyword.to_owned(), Some(Value::Array(list)))]);
    let (forward, backward) = if is_added {
        (with, without)
    } else {
        (without, with)
    };
    let mut edit = pair.edit(kind, &[keyword], forward, backward);
    let place = if is_added {
        &mut edit.new
    } else {
        &mut edit.old
    };
    *place = child(place, &index.to_string());
    Step::Changed(Box::new(edit))
}
