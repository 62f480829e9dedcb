//! The nodes of a schema.

use super::node::{Node, NodeId, Tag};

/// The nodes of a schema. The root comes first.
#[derive(Debug)]
pub(in crate::payload) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    pub(super) const ROOT: NodeId = NodeId(0);

    pub(super) fn new(nodes: Vec<Node>) -> Self {
        Self { nodes }
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len()).map(NodeId)
    }

    /// Returns the node and, transitively, those of its reference and `allOf`: all that apply to a
    /// value at once.
    pub(super) fn conjunction(&self, id: NodeId) -> Vec<&Node> {
        let mut ids = vec![id];
        let mut next = 0;
        while let Some(id) = ids.get(next).copied() {
            next += 1;
            for also in self.node(id).also() {
                if !ids.contains(&also) {
                    ids.push(also);
                }
            }
        }
        ids.into_iter().map(|id| self.node(id)).collect()
    }

    /// Returns whether a schema accepts values of this value's type; `None` if it does not restrict
    /// the type.
    pub(super) fn accepts_type(&self, id: NodeId, value: &serde_json::Value) -> Option<bool> {
        let said = self
            .conjunction(id)
            .into_iter()
            .filter_map(|node| node.assertions.as_ref()?.accepts_type(value));
        said.reduce(|one, other| one && other)
    }

    pub(super) fn set_tags(&mut self, id: NodeId, tags: Vec<Option<Tag>>) {
        for (union, tag) in self.nodes[id.0].unions.iter_mut().zip(tags) {
            union.tag = tag;
        }
    }
}
