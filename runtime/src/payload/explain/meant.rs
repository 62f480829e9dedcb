//! Which alternative of a union a value was meant to be.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    describe::{described, pattern_message, values},
    judge::{Judge, Verdict},
    node::{Node, NodeId, Tag, Union},
    tree::Tree,
};

/// What a value that a union refuses was meant to be.
pub(super) enum Meant<'t> {
    /// It fits several alternatives, of which it may fit one.
    Several,
    /// One of the alternatives, and what to call it.
    Alternative { index: usize, label: Option<String> },
    /// The property that says so is missing or has a value that stands for none of them.
    Tag {
        property: &'t str,
        is_there: bool,
        values: String,
    },
    /// None of the alternatives is nearer than the others.
    Unclear,
}

/// Finds what a value was meant to be, by what it lacks the least: nothing but undeclared properties to drop, the tag, the
/// type, what it says of the value itself, and the parts that fit.
pub(super) fn meant<'t>(judge: &mut Judge<'t>, union: &'t Union, value: &Value) -> Meant<'t> {
    let verdicts: Vec<_> = union
        .alternatives
        .iter()
        .map(|id| judge.judge(*id, value))
        .collect();
    if verdicts.contains(&Verdict::Fits) {
        return Meant::Several;
    }
    let tree = judge.tree;
    let by_verdict = verdicts
        .iter()
        .position(|verdict| *verdict == Verdict::WithoutUndeclared);
    if let Some(index) = by_verdict {
        return alternative(tree, union, index);
    }
    if let (Some(tag), Value::Object(members)) = (&union.tag, value) {
        let sent = members.get(&tag.property);
        let stands_for = tag.values.iter().find(|(value, _)| Some(value) == sent);
        return match stands_for {
            Some((_, index)) => alternative(tree, union, *index),
            None => tag.unmatched(sent.is_some()),
        };
    }
    match nearest(judge, union, value) {
        Some(index) => alternative(tree, union, index),
        None => Meant::Unclear,
    }
}

fn alternative<'t>(tree: &Tree, union: &Union, index: usize) -> Meant<'t> {
    Meant::Alternative {
        index,
        label: label(tree, union, index),
    }
}

/// What to call an alternative; nothing when there is no other that one could have meant.
fn label(tree: &Tree, union: &Union, index: usize) -> Option<String> {
    let others = union.alternatives.iter().enumerate().filter(|(other, id)| {
        *other != index && accepts_type(tree, **id, &Value::Null) != Some(true)
    });
    if others.count() == 0 {
        return None;
    }
    let tag = union.tag.as_ref().and_then(|tag| {
        let (value, _) = tag.values.iter().find(|(_, other)| *other == index)?;
        Some(format!("where {} is {value}", tag.property))
    });
    let number = index + 1;
    let title = &tree.node(union.alternatives[index]).title;
    tag.or_else(|| Some(format!("alternative {number}, {}", title.as_ref()?)))
        .or_else(|| Some(format!("alternative {number}")))
}

/// The alternative that the value is nearest to, if it is one at all.
fn nearest(judge: &mut Judge<'_>, union: &Union, value: &Value) -> Option<usize> {
    let tree = judge.tree;
    let all = union.alternatives.iter().copied().enumerate();
    let of_its_type: Vec<_> = all
        .filter(|(_, id)| accepts_type(tree, *id, value) != Some(false))
        .collect();
    if let [(only, _)] = of_its_type[..] {
        return Some(only);
    }
    let near = of_its_type
        .into_iter()
        .filter(|(_, id)| shallow(tree, *id, value).is_empty());
    near.map(|(index, id)| (unfit_parts(judge, id, value), index))
        .min()
        .map(|(_, index)| index)
}

/// How many parts of a value do not fit what a schema says of them.
fn unfit_parts(judge: &mut Judge<'_>, id: NodeId, value: &Value) -> usize {
    let tree = judge.tree;
    let mut unfit = 0;
    for node in conjunction(tree, id) {
        for part in node.applied(value) {
            let fits = part.schema.is_some_and(|id| judge.fits(id, part.value));
            unfit += usize::from(!fits);
        }
    }
    unfit
}

/// What a schema says of a value itself and that it does not fit, without what is inside it.
pub(super) fn shallow(tree: &Tree, id: NodeId, value: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    for node in conjunction(tree, id) {
        if node.never {
            texts.push("must not be there".to_owned());
        }
        for (_, property, message) in described(node, value) {
            texts.push(match property {
                Some(property) => format!("`{property}` {message}"),
                None => message,
            });
        }
        if let (Some(pattern), Value::String(text), false) =
            (&node.pattern, value, node.matches_pattern(value))
        {
            texts.push(pattern_message(pattern, text));
        }
    }
    texts
}

/// A schema, its references and `allOf`, and theirs.
fn conjunction(tree: &Tree, id: NodeId) -> Vec<&Node> {
    let mut ids = vec![id];
    let mut next = 0;
    while let Some(id) = ids.get(next).copied() {
        next += 1;
        for also in tree.node(id).also() {
            if !ids.contains(&also) {
                ids.push(also);
            }
        }
    }
    ids.into_iter().map(|id| tree.node(id)).collect()
}

/// Whether a schema takes values of a value's type; `None` if it does not say.
fn accepts_type(tree: &Tree, id: NodeId, value: &Value) -> Option<bool> {
    let said = conjunction(tree, id)
        .into_iter()
        .filter_map(|node| node.assertions.as_ref()?.accepts_type(value));
    said.reduce(|one, other| one && other)
}

impl Tag {
    fn unmatched(&self, is_there: bool) -> Meant<'_> {
        let known: Vec<_> = self.values.iter().map(|(value, _)| value.clone()).collect();
        Meant::Tag {
            property: &self.property,
            is_there,
            values: values(&known),
        }
    }
}

/// Finds the tags of all unions.
pub(super) fn find_tags(tree: &mut Tree) {
    for index in 0..tree.len() {
        let node = tree.node(NodeId(index));
        let tags: Vec<_> = node
            .unions
            .iter()
            .map(|union| find_tag(tree, union))
            .collect();
        tree.set_tags(NodeId(index), tags);
    }
}

/// Finds a property that every alternative which may be an object requires, and whose values are each of one of them.
fn find_tag(tree: &Tree, union: &Union) -> Option<Tag> {
    let object = Value::Object(serde_json::Map::new());
    let objects = union.alternatives.iter().enumerate();
    let mut objects = objects.filter(|(_, id)| accepts_type(tree, **id, &object) != Some(false));
    let (first, id) = objects.next()?;
    let mut tags: BTreeMap<_, Vec<(Value, usize)>> = constants(tree, *id)
        .into_iter()
        .map(|(name, values)| (name, of_alternative(values, first)))
        .collect();
    for (index, id) in objects {
        let mut constants = constants(tree, *id);
        tags.retain(|name, known| {
            let values = constants.remove(name).unwrap_or_default();
            let are_new = values
                .iter()
                .all(|value| known.iter().all(|(other, _)| other != value));
            let is_tag = are_new && !values.is_empty();
            known.extend(of_alternative(values, index));
            is_tag
        });
    }
    tags.into_iter()
        .find(|(_, values)| values.iter().any(|(_, index)| *index != first))
        .map(|(property, values)| Tag { property, values })
}

fn of_alternative(values: Vec<Value>, index: usize) -> Vec<(Value, usize)> {
    values.into_iter().map(|value| (value, index)).collect()
}

/// The required properties of a schema that may only be certain values, with those.
fn constants(tree: &Tree, id: NodeId) -> BTreeMap<String, Vec<Value>> {
    let nodes = conjunction(tree, id);
    let required = |name: &str| {
        nodes.iter().any(|node| {
            let assertions = node.assertions.as_ref();
            assertions.is_some_and(|assertions| assertions.requires(name))
        })
    };
    let properties = nodes.iter().flat_map(|node| &node.properties);
    properties
        .filter(|(name, _)| required(name))
        .filter_map(|(name, id)| {
            let mut nodes = conjunction(tree, *id).into_iter();
            let values = nodes.find_map(|node| node.assertions.as_ref()?.constants())?;
            Some((name.clone(), values))
        })
        .collect()
}
