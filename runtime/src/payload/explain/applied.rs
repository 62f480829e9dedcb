//! The subschemas of a node that apply to the parts of a value.

use serde_json::Value;

use super::{
    node::{Dependent, Node, NodeId, Others},
    place::Step,
};

/// A member or an item, and the rule that applies to it.
pub(super) struct Applied<'v> {
    pub(super) step: Step<'v>,
    pub(super) value: &'v Value,
    pub(super) rule: Rule,
}

/// The rule for a member or an item.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    Schema(NodeId),
    /// The member or item is not allowed.
    Closed,
}

impl From<&Others> for Rule {
    fn from(others: &Others) -> Self {
        others.schema.map_or(Self::Closed, Self::Schema)
    }
}

impl Node {
    /// Returns the rules that a node applies to the members of an object or the items of an array.
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
            self.of_member(name)
                .map(move |rule| Applied { step, value, rule })
        });
        let items = items.into_iter().flatten().enumerate();
        let of_items = items.filter_map(|(position, value)| {
            let step = Step {
                position,
                name: None,
            };
            let rule = self.of_item(position)?;
            Some(Applied { step, value, rule })
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

    /// Returns the rules for a member.
    fn of_member(&self, name: &str) -> impl Iterator<Item = Rule> + use<> {
        let property = self.properties.get(name).copied();
        let matching = self.matching(name);
        let other = match &self.other_properties {
            Some(others) if property.is_none() && matching.is_empty() => Some(Rule::from(others)),
            _ => None,
        };
        property
            .into_iter()
            .chain(matching)
            .map(Rule::Schema)
            .chain(other)
    }

    /// Returns the schemas of the patterns that match a member's name.
    pub(super) fn matching(&self, name: &str) -> Vec<NodeId> {
        self.pattern_properties
            .iter()
            .filter(|(pattern, _)| pattern.is_match(name) == Some(true))
            .map(|(_, id)| *id)
            .collect()
    }

    fn of_item(&self, position: usize) -> Option<Rule> {
        match self.first_items.get(position) {
            Some(id) => Some(Rule::Schema(*id)),
            None => self.other_items.as_ref().map(Rule::from),
        }
    }

    /// Returns the dependent schemas that apply because their properties are present.
    pub(super) fn dependents_of(&self, value: &Value) -> impl Iterator<Item = &Dependent> {
        let members = value.as_object();
        self.dependents.iter().filter(move |dependent| {
            members.is_some_and(|members| members.contains_key(&dependent.property))
        })
    }
}
