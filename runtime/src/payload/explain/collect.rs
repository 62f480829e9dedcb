//! Collects the violations of a value.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    applied::Rule,
    describe::{count, described, listed, pattern_message, violated},
    judge::{Judge, Verdict},
    meant::{Meant, meant, shallow},
    node::{Node, NodeId, Union},
    place::{Step, pointer},
    tree::Tree,
};
use crate::payload::{Violation, Violations, undeclared::Undeclared};

/// Collects the violations of a value. Each location is checked against a schema once.
pub(super) struct Collector<'j, 't, 'v> {
    judge: &'j mut Judge<'t>,
    /// The path to the current location.
    way: Vec<Step<'v>>,
    /// The label of the current union alternative.
    alternative: Option<String>,
    /// Whether undeclared properties are recorded for removal here. Inside an alternative, only if
    /// nothing else is wrong.
    keeps_undeclared: bool,
    violations: Violations,
    undeclared: Undeclared,
    /// The schemas that have been or are being explained for a part of the value.
    explained: HashSet<(NodeId, *const Value)>,
}

impl<'j, 't, 'v> Collector<'j, 't, 'v> {
    pub(super) fn new(judge: &'j mut Judge<'t>) -> Self {
        Self {
            judge,
            way: Vec::new(),
            alternative: None,
            keeps_undeclared: true,
            violations: Violations::default(),
            undeclared: Undeclared::default(),
            explained: HashSet::new(),
        }
    }

    pub(super) fn collect(mut self, value: &'v Value) -> Violations {
        self.schema(Tree::ROOT, value);
        if self.violations.is_empty() {
            // The validator has rejected the value. If the two disagree, there is a bug, and the
            // value stays rejected.
            self.push("schema", None, || "does not fit its schema".to_owned());
        }
        self.violations.with_undeclared(self.undeclared)
    }

    fn schema(&mut self, id: NodeId, value: &'v Value) {
        let node = self.judge.tree.node(id);
        // Without the second check, large values would add an entry for each part that fits.
        if node.is_target && self.judge.judge(id, value) == Verdict::Fits {
            return;
        }
        if node.is_target && !self.explained.insert((id, std::ptr::from_ref(value))) {
            return;
        }
        self.own(node, value);
        for id in self.judge.in_place(node, value) {
            self.schema(id, value);
        }
        for union in &node.unions {
            self.union(union, value);
        }
        self.parts(node, value);
        self.unevaluated(node, value);
    }

    /// Collects the violations of the value as a whole.
    fn own(&mut self, node: &'t Node, value: &'v Value) {
        if node.never {
            self.push("false", None, || "must not be there".to_owned());
        }
        if self.violations.is_full() {
            // The others are counted, and no text is made for them.
            self.violations.count_more(violated(node, value));
        } else {
            for (keyword, property, message) in described(node, value) {
                self.push(&keyword, property.as_deref(), || message);
            }
        }
        if !node.matches_pattern(value)
            && let (Some(pattern), Value::String(text)) = (&node.pattern, value)
        {
            self.push("pattern", None, || pattern_message(pattern, text));
        }
        if node.not.is_some_and(|not| self.judge.fits(not, value)) {
            self.push("not", None, || {
                "must not fit what the schema excludes".to_owned()
            });
        }
        if let Some(contains) = &node.contains
            && !self.judge.contains(contains, value)
        {
            self.push("contains", None, || {
                "must have an item that fits what the schema asks for".to_owned()
            });
        }
        self.names(node, value);
    }

    fn names(&mut self, node: &'t Node, value: &'v Value) {
        let (Some(id), Value::Object(members)) = (node.property_names, value) else {
            return;
        };
        let judge = &mut *self.judge;
        if let Some(name) = members.keys().find(|name| !judge.name_fits(id, name)) {
            let name = Value::String(name.clone());
            let texts = self.shallow_texts(id, &name);
            self.push("propertyNames", None, || {
                format!("has a property whose name {texts}")
            });
        }
    }

    fn union(&mut self, union: &'t Union, value: &'v Value) {
        let verdict = self.judge.judge_union(union, value);
        if verdict == Verdict::Fits {
            return;
        }
        match meant(self.judge, union, value) {
            Meant::Several => self.push(union.keyword, None, || {
                "must fit exactly one of the alternatives, and fits several".to_owned()
            }),
            Meant::Alternative { index, label } => {
                let keeps = self.keeps_undeclared && verdict == Verdict::WithoutUndeclared;
                let keeps = std::mem::replace(&mut self.keeps_undeclared, keeps);
                let outer = self.alternative.clone();
                self.alternative = label.or_else(|| outer.clone());
                self.schema(union.alternatives[index], value);
                self.alternative = outer;
                self.keeps_undeclared = keeps;
            }
            Meant::Tag {
                property,
                is_there,
                values,
            } => {
                let keyword = if is_there { "enum" } else { "required" };
                self.push(keyword, Some(property), || {
                    let must = if is_there {
                        "must be one of"
                    } else {
                        "is required: one of"
                    };
                    format!("{must} {values}")
                });
            }
            Meant::Unclear => {
                let texts: Vec<_> = union
                    .alternatives
                    .iter()
                    .enumerate()
                    .map(|(index, id)| {
                        format!("({}) {}", index + 1, self.shallow_texts(*id, value))
                    })
                    .collect();
                let texts = listed(texts.into_iter(), union.alternatives.len(), "; ");
                self.push(union.keyword, None, || {
                    format!("must fit one of the alternatives: {texts}")
                });
            }
        }
    }

    /// Returns the messages about a value itself, without its parts.
    fn shallow_texts(&self, id: NodeId, value: &Value) -> String {
        let texts = shallow(self.judge.tree, id, value);
        match texts.len() {
            0 => "does not fit inside".to_owned(),
            count => listed(texts.into_iter(), count, ", "),
        }
    }

    fn parts(&mut self, node: &'t Node, value: &'v Value) {
        let mut too_many_items = false;
        for part in node.applied(value) {
            match part.rule {
                Rule::Schema(id) => {
                    self.way.push(part.step);
                    self.schema(id, part.value);
                    self.way.pop();
                }
                Rule::Closed if part.step.name.is_some() => {
                    self.undeclared("additionalProperties", part.step);
                }
                Rule::Closed => too_many_items = true,
            }
        }
        if too_many_items && let Some(others) = &node.other_items {
            let most = node.first_items.len() as u64;
            self.push(others.keyword, None, || {
                format!("must have at most {}", count(most, "item"))
            });
        }
    }

    fn unevaluated(&mut self, node: &'t Node, value: &'v Value) {
        match value {
            Value::Object(_) => {
                for member in self.judge.undeclared_by_unevaluated(node, value) {
                    self.undeclared("unevaluatedProperties", member);
                }
            }
            Value::Array(items) => {
                if let Some(others) = &node.unevaluated_items
                    && !self.judge.rest_fits(node, others, items, value)
                {
                    self.push(others.keyword, None, || {
                        "has items that are not declared".to_owned()
                    });
                }
            }
            _ => {}
        }
    }

    fn undeclared(&mut self, keyword: &str, member: Step<'_>) {
        self.push(keyword, member.name, || "is not declared".to_owned());
        if self.keeps_undeclared {
            let way = self.way.iter().map(|step| step.position);
            self.undeclared.add(way, member.position);
        }
    }

    fn push(&mut self, keyword: &str, property: Option<&str>, message: impl FnOnce() -> String) {
        let (way, alternative) = (&self.way, &self.alternative);
        self.violations.push_with(|| {
            let message = match alternative {
                Some(label) => format!("{} ({label})", message()),
                None => message(),
            };
            Violation::new(pointer(way, property), keyword, message)
        });
    }
}
