//! Which schemas of a node apply to which parts of a value.

use serde_json::Value;

use super::{
    node::{Dependent, Node, NodeId},
    place::Step,
};

/// A member or an item, and the schema that applies to it; `None` is one that nothing may be.
pub(super) struct Applied<'v> {
    pub(super) step: Step<'v>,
    pub(super) value: &'v Value,
    pub(super) schema: Option<NodeId>,
}

impl Node {
    /// What a node applies to the members of an object or the items of an array.
    pub(super) fn applied<'n, 'v>(
        &'n self,
        value: &'v Value,
    ) -> impl Iterator<Item = Applied<'v>> + use<'n, 'v> {
        let members = value.as_object().filter(|_| self.speaks_of_members());
        let items = value.as_array().filter(|_| self.speaks_of_items());
        let members = members.into_iter().flatten().enumerate();
        let of_members = members.flat_map(|(position, (name, value))| {
            let step = Step {
                position,
                name: Some(name),
            };
            self.of_member(name).map(move |schema| Applied {
                step,
                value,
                schema,
            })
        });
        let items = items.into_iter().flatten().enumerate();
        let of_items = items.filter_map(|(position, value)| {
            let step = Step {
                position,
                name: None,
            };
            let schema = match (self.first_items.get(position), &self.other_items) {
                (Some(id), _) => Some(*id),
                (None, Some(others)) => others.schema,
                (None, None) => return None,
            };
            Some(Applied {
                step,
                value,
                schema,
            })
        });
        of_members.chain(of_items)
    }

    fn speaks_of_members(&self) -> bool {
        !self.properties.is_empty()
            || !self.pattern_properties.is_empty()
            || self.other_properties.is_some()
    }

    fn speaks_of_items(&self) -> bool {
        !self.first_items.is_empty() || self.other_items.is_some()
    }

    /// The schemas of a member; `None` among them says that it is not declared.
    fn of_member(&self, name: &str) -> impl Iterator<Item = Option<NodeId>> + use<> {
        let property = self.properties.get(name).copied();
        let matching = self.matching(name);
        let other = match &self.other_properties {
            Some(others) if property.is_none() && matching.is_empty() => Some(others.schema),
            _ => None,
        };
        property.into_iter().chain(matching).map(Some).chain(other)
    }

    /// The schemas of the patterns that a member's name matches.
    pub(super) fn matching(&self, name: &str) -> Vec<NodeId> {
        self.pattern_properties
            .iter()
            .filter(|(pattern, _)| pattern.is_match(name) == Some(true))
            .map(|(_, id)| *id)
            .collect()
    }

    /// What applies to the value itself because of its members.
    pub(super) fn dependents_of(&self, value: &Value) -> impl Iterator<Item = &Dependent> {
        let members = value.as_object();
        self.dependents.iter().filter(move |dependent| {
            members.is_some_and(|members| members.contains_key(&dependent.property))
        })
    }
}
