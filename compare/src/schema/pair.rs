//! Two versions of one schema, and what is found about them.

use serde_json::Value;

use super::keywords::SAME_VALUE;
use super::node::Node;
use super::{Edit, Kind, Patch};
use crate::pointer::child;

/// Two versions of one schema.
pub(super) struct Pair<'a> {
    pub(super) old: Node<'a>,
    pub(super) new: Node<'a>,
    /// The place in a value.
    pub(super) way: Vec<String>,
    /// The alternatives that the schema belongs to: two that differ are not for the same value.
    pub(super) branches: Vec<String>,
    /// No schema outside of this one declares more of the same value.
    pub(super) is_alone: bool,
}

/// Two versions of a part of a schema, which are to be compared.
pub(super) struct Part {
    /// The pointer in the old schema.
    pub(super) old: String,
    /// The pointer in the new schema.
    pub(super) new: String,
    pub(super) way: Vec<String>,
    pub(super) branches: Vec<String>,
    pub(super) is_alone: bool,
}

/// What is found about two versions of a schema.
pub(super) enum Step {
    /// A change.
    Changed(Box<Edit>),
    /// Two versions of a part of it.
    Into(Part),
}

/// Keywords, each with its value; `None` removes one.
pub(super) type Keywords = Vec<(String, Option<Value>)>;

impl Pair<'_> {
    /// The way to a part.
    pub(super) fn way_to(&self, name: &str) -> Vec<String> {
        let way = self.way.iter().cloned();
        way.chain([name.to_owned()]).collect()
    }

    /// The parts behind some names.
    pub(super) fn part(&self, names: &[&str], way: Vec<String>) -> Step {
        let at = |node: &Node| behind(node, names);
        let is_other_value = matches!(
            names.first(),
            Some(
                &("additionalItems"
                    | "additionalProperties"
                    | "items"
                    | "prefixItems"
                    | "properties")
            )
        );
        Step::Into(Part {
            old: at(&self.old),
            new: at(&self.new),
            way,
            branches: self.branches.clone(),
            is_alone: is_other_value && self.is_alone_but_for(&[]),
        })
    }

    /// Whether no other schema declares more of the same value, except for those of some keywords.
    pub(super) fn is_alone_but_for(&self, keywords: &[&str]) -> bool {
        let mut others = SAME_VALUE.iter().filter(|name| !keywords.contains(name));
        let has = |name: &str| {
            [&self.old, &self.new]
                .iter()
                .any(|node| node.get(name).is_some())
        };
        self.is_alone && !others.any(|name| has(name))
    }

    /// A change of some keywords: what they are in the new version, and what they were in the old one.
    pub(super) fn edit(
        &self,
        kind: Kind,
        names: &[&str],
        forward: Keywords,
        backward: Keywords,
    ) -> Edit {
        let at = |node: &Node| behind(node, names);
        Edit {
            kind,
            way: self.way.clone(),
            branches: self.branches.clone(),
            old: at(&self.old),
            new: at(&self.new),
            forward: Patch::keywords(&self.old.at, forward),
            backward: Patch::keywords(&self.new.at, backward),
        }
    }
}

/// The pointer behind some names.
fn behind(node: &Node, names: &[&str]) -> String {
    names
        .iter()
        .fold(node.at.clone(), |at, name| child(&at, name))
}
