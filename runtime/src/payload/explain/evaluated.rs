//! Evaluation of `unevaluatedProperties` and `unevaluatedItems`.

use serde_json::Value;

use super::{
    judge::{Judge, Verdict},
    node::{Node, NodeId},
};

impl<'t> Judge<'t> {
    /// Returns, for each member or item, whether another keyword beside `unevaluated…` evaluates
    /// it.
    pub(super) fn evaluated(&mut self, node: &'t Node, value: &Value) -> Vec<bool> {
        let count = match value {
            Value::Object(members) => members.len(),
            Value::Array(items) => items.len(),
            _ => 0,
        };
        let mut evaluated = vec![false; count];
        self.mark(node, value, &mut evaluated, &mut Vec::new());
        evaluated
    }

    /// Marks the parts that a node evaluates. `seen` holds the nodes that were marked, because schemas
    /// can refer to each other.
    fn mark(
        &mut self,
        node: &'t Node,
        value: &Value,
        evaluated: &mut [bool],
        seen: &mut Vec<NodeId>,
    ) {
        for part in node.applied(value) {
            evaluated[part.step.position] = true;
        }
        if let (Some(contains), Value::Array(items)) = (&node.contains, value)
            && contains.evaluates
        {
            for (position, item) in items.iter().enumerate() {
                evaluated[position] |= self.fits(contains.schema, item);
            }
        }
        for id in self.evaluating(node, value) {
            self.mark_schema(id, value, evaluated, seen);
        }
    }

    /// Returns the schemas for the value itself whose evaluated parts count. Alternatives and
    /// `allOf` parts count only if the value fits them.
    fn evaluating(&mut self, node: &'t Node, value: &Value) -> Vec<NodeId> {
        let mut ids: Vec<_> = node.reference.into_iter().collect();
        let dependents = node
            .dependents_of(value)
            .filter(|dependent| dependent.evaluates);
        ids.extend(dependents.map(|dependent| dependent.schema));
        ids.extend(self.consequence(node, value));
        let tests = node.condition.iter().map(|condition| condition.test);
        let parts = node.all_of.iter().copied().chain(tests);
        ids.extend(parts.filter(|id| self.fits(*id, value)));
        for union in &node.unions {
            if self.judge_union(union, value) == Verdict::Fits {
                let alternatives = union.alternatives.iter().copied();
                ids.extend(alternatives.filter(|id| self.fits(*id, value)));
            }
        }
        ids
    }

    fn mark_schema(
        &mut self,
        id: NodeId,
        value: &Value,
        evaluated: &mut [bool],
        seen: &mut Vec<NodeId>,
    ) {
        if seen.contains(&id) {
            return;
        }
        let node = self.tree.node(id);
        seen.push(id);
        self.mark(node, value, evaluated, seen);
        self.mark_rest(node, value, evaluated);
    }

    /// Marks the parts that an inner schema's own `unevaluated…` keyword accepts.
    fn mark_rest(&mut self, node: &'t Node, value: &Value, evaluated: &mut [bool]) {
        let (rest, parts): (_, Vec<_>) = match value {
            Value::Object(members) => (&node.unevaluated_properties, members.values().collect()),
            Value::Array(items) => (&node.unevaluated_items, items.iter().collect()),
            _ => return,
        };
        if let Some(id) = rest.as_ref().and_then(|others| others.schema) {
            for (part, evaluated) in parts.into_iter().zip(evaluated) {
                *evaluated = *evaluated || self.fits(id, part);
            }
        }
    }
}
