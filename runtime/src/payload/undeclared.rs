//! Properties that a closed object does not declare.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

/// The undeclared properties of a value, by position. Paths of names could be as long as the value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Undeclared {
    /// The positions of undeclared members of this object.
    here: HashSet<usize>,
    /// The undeclared properties inside the members or items, by position.
    inside: BTreeMap<usize, Undeclared>,
}

impl Undeclared {
    pub(super) fn is_empty(&self) -> bool {
        self.here.is_empty() && self.inside.is_empty()
    }

    /// Adds a member of the object at the path `way`.
    pub(super) fn add(&mut self, way: impl Iterator<Item = usize>, member: usize) {
        let object = way.fold(self, |at, position| at.inside.entry(position).or_default());
        object.here.insert(member);
    }

    /// Removes the undeclared properties and keeps the order of the others.
    pub(super) fn remove_from(&self, value: &mut Value) {
        match value {
            Value::Object(members) => {
                let mut position = 0;
                members.retain(|_, member| {
                    if let Some(inside) = self.inside.get(&position) {
                        inside.remove_from(member);
                    }
                    position += 1;
                    !self.here.contains(&(position - 1))
                });
            }
            Value::Array(items) => {
                for (position, inside) in &self.inside {
                    if let Some(item) = items.get_mut(*position) {
                        inside.remove_from(item);
                    }
                }
            }
            _ => {}
        }
    }
}
