//! Checks whether a value fits a schema, and whether it would fit without its undeclared
//! properties.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    applied::Rule,
    node::{Contains, Node, NodeId, Others, Union},
    place::Step,
    tree::Tree,
};

/// The result of a check, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Fits,
    /// The value would fit without the properties that closed objects do not declare.
    WithoutUndeclared,
    Unfit,
}

/// Checks values against the schemas of a tree.
pub(super) struct Judge<'t> {
    pub(super) tree: &'t Tree,
    /// Cached verdicts on objects and arrays by address. The value does not move meanwhile.
    known: HashMap<(NodeId, *const Value), Verdict>,
    /// The checks in progress: schemas that refer to each other can lead back to the same value.
    open: Vec<(NodeId, *const Value)>,
    /// The number of checks so far, including nested ones.
    judged: u64,
}

/// A verdict that took fewer checks is cheaper to repeat than to cache.
const WORTH_KEEPING: u64 = 16;

impl<'t> Judge<'t> {
    pub(super) fn new(tree: &'t Tree) -> Self {
        Self {
            tree,
            known: HashMap::new(),
            open: Vec::new(),
            judged: 0,
        }
    }

    /// How many judgements there were so far.
    #[cfg(test)]
    pub(super) fn judged(&self) -> u64 {
        self.judged
    }

    pub(super) fn fits(&mut self, id: NodeId, value: &Value) -> bool {
        self.judge(id, value) == Verdict::Fits
    }

    pub(super) fn judge(&mut self, id: NodeId, value: &Value) -> Verdict {
        let node = self.tree.node(id);
        self.judged += 1;
        if !node.is_target {
            return self.judge_node(node, value);
        }
        let key = (id, std::ptr::from_ref(value));
        if let Some(verdict) = self.known.get(&key) {
            return *verdict;
        }
        if self.is_open(key) {
            return Verdict::Fits;
        }
        let before = self.judged;
        self.open.push(key);
        let verdict = self.judge_node(node, value);
        self.open.pop();
        let is_container = value.is_object() || value.is_array();
        if is_container && self.judged - before >= WORTH_KEEPING {
            self.known.insert(key, verdict);
        }
        verdict
    }

    /// Returns whether a check is already in progress. The open checks of the same value are the
    /// last ones.
    fn is_open(&self, key: (NodeId, *const Value)) -> bool {
        let open = self.open.iter().rev();
        open.take_while(|(_, value)| *value == key.1)
            .any(|other| *other == key)
    }

    fn judge_node(&mut self, node: &'t Node, value: &Value) -> Verdict {
        let asserted = node.never
            || node
                .assertions
                .as_ref()
                .is_some_and(|assertions| !assertions.validator().is_valid(value))
            || !node.matches_pattern(value)
            || node.not.is_some_and(|not| self.fits(not, value))
            || !self.names_fit(node, value)
            || node
                .contains
                .as_ref()
                .is_some_and(|contains| !self.contains(contains, value));
        if asserted {
            return Verdict::Unfit;
        }
        let mut worst = Verdict::Fits;
        for id in self.in_place(node, value) {
            worst = worst.max(self.judge(id, value));
            if worst == Verdict::Unfit {
                return worst;
            }
        }
        for union in &node.unions {
            worst = worst.max(self.judge_union(union, value));
        }
        if worst < Verdict::Unfit {
            worst = worst.max(self.judge_parts(node, value));
        }
        if worst < Verdict::Unfit {
            worst = worst.max(self.judge_unevaluated(node, value));
        }
        worst
    }

    /// Returns the schemas that apply to the value itself, unconditionally or because of its
    /// content.
    pub(super) fn in_place(&mut self, node: &'t Node, value: &Value) -> Vec<NodeId> {
        let mut ids: Vec<_> = node.also().collect();
        ids.extend(node.dependents_of(value).map(|dependent| dependent.schema));
        ids.extend(self.consequence(node, value));
        ids
    }

    /// Returns the branch of a condition that applies.
    pub(super) fn consequence(&mut self, node: &Node, value: &Value) -> Option<NodeId> {
        let condition = node.condition.as_ref()?;
        if self.fits(condition.test, value) {
            condition.then
        } else {
            condition.otherwise
        }
    }

    /// Returns the verdict of the best alternative. If only one may fit and several do, the verdict
    /// is `Unfit`.
    pub(super) fn judge_union(&mut self, union: &Union, value: &Value) -> Verdict {
        let mut best = Verdict::Unfit;
        for id in &union.alternatives {
            let verdict = self.judge(*id, value);
            if verdict == Verdict::Fits && !union.is_exclusive() {
                return verdict;
            }
            if verdict == Verdict::Fits && best == Verdict::Fits {
                return Verdict::Unfit;
            }
            best = best.min(verdict);
        }
        best
    }

    fn judge_parts(&mut self, node: &'t Node, value: &Value) -> Verdict {
        let undeclared = match value {
            Value::Object(_) => Verdict::WithoutUndeclared,
            _ => Verdict::Unfit,
        };
        let mut worst = Verdict::Fits;
        for part in node.applied(value) {
            let verdict = match part.rule {
                Rule::Schema(id) => self.judge(id, part.value),
                Rule::Closed => undeclared,
            };
            worst = worst.max(verdict);
            if worst == Verdict::Unfit {
                break;
            }
        }
        worst
    }

    fn judge_unevaluated(&mut self, node: &'t Node, value: &Value) -> Verdict {
        match value {
            Value::Object(_) if node.unevaluated_properties.is_some() => {
                if self.undeclared_by_unevaluated(node, value).is_empty() {
                    Verdict::Fits
                } else {
                    Verdict::WithoutUndeclared
                }
            }
            Value::Array(items) => match &node.unevaluated_items {
                Some(others) if !self.rest_fits(node, others, items, value) => Verdict::Unfit,
                _ => Verdict::Fits,
            },
            _ => Verdict::Fits,
        }
    }

    /// Returns the members that `unevaluatedProperties` rejects.
    pub(super) fn undeclared_by_unevaluated<'v>(
        &mut self,
        node: &'t Node,
        value: &'v Value,
    ) -> Vec<Step<'v>> {
        let (Some(others), Value::Object(members)) = (&node.unevaluated_properties, value) else {
            return Vec::new();
        };
        let evaluated = self.evaluated(node, value);
        let mut undeclared = Vec::new();
        for (position, (name, member)) in members.iter().enumerate() {
            let is_taken =
                evaluated[position] || others.schema.is_some_and(|id| self.fits(id, member));
            if !is_taken {
                undeclared.push(Step {
                    position,
                    name: Some(name),
                });
            }
        }
        undeclared
    }

    pub(super) fn rest_fits(
        &mut self,
        node: &'t Node,
        others: &Others,
        items: &[Value],
        value: &Value,
    ) -> bool {
        let evaluated = self.evaluated(node, value);
        items.iter().zip(evaluated).all(|(item, evaluated)| {
            evaluated || others.schema.is_some_and(|id| self.fits(id, item))
        })
    }

    pub(super) fn contains(&mut self, contains: &Contains, value: &Value) -> bool {
        let Value::Array(items) = value else {
            return true;
        };
        let enough = contains
            .most
            .map_or(contains.least, |most| most.saturating_add(1));
        let mut fitting = 0;
        for item in items {
            if fitting >= enough.max(contains.least) {
                break;
            }
            fitting += u64::from(self.fits(contains.schema, item));
        }
        fitting >= contains.least && contains.most.is_none_or(|most| fitting <= most)
    }

    fn names_fit(&mut self, node: &'t Node, value: &Value) -> bool {
        let (Some(id), Value::Object(members)) = (node.property_names, value) else {
            return true;
        };
        members.keys().all(|name| self.name_fits(id, name))
    }

    pub(super) fn name_fits(&mut self, id: NodeId, name: &str) -> bool {
        self.fits(id, &Value::String(name.to_owned()))
    }
}

impl Node {
    pub(super) fn matches_pattern(&self, value: &Value) -> bool {
        match (&self.pattern, value) {
            (Some(pattern), Value::String(text)) => pattern.is_match(text) == Some(true),
            _ => true,
        }
    }
}
