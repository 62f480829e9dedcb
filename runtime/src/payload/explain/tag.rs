//! The tag property of a union.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    node::{NodeId, Tag, Union},
    tree::Tree,
};

/// Finds the tags of all unions.
pub(super) fn find_tags(tree: &mut Tree) {
    for id in tree.ids() {
        let node = tree.node(id);
        let tags: Vec<_> = node
            .unions
            .iter()
            .map(|union| find_tag(tree, union))
            .collect();
        tree.set_tags(id, tags);
    }
}

/// Finds a property that every object alternative requires and whose constant values each belong to
/// one alternative.
fn find_tag(tree: &Tree, union: &Union) -> Option<Tag> {
    let object = Value::Object(serde_json::Map::new());
    let objects = union.alternatives.iter().enumerate();
    let mut objects = objects.filter(|(_, id)| tree.accepts_type(**id, &object) != Some(false));
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

/// Returns the required properties that have a fixed set of values, with these values.
fn constants(tree: &Tree, id: NodeId) -> BTreeMap<String, Vec<Value>> {
    let nodes = tree.conjunction(id);
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
            let mut nodes = tree.conjunction(*id).into_iter();
            let values = nodes.find_map(|node| node.assertions.as_ref()?.constants())?;
            Some((name.clone(), values))
        })
        .collect()
}
