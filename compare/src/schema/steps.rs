//! What is found about two versions of one schema: its changes, and the parts that are compared next.

use std::collections::BTreeSet;

use serde_json::Value;

use super::branches::branches;
use super::keywords::{BRANCHES, ELSEWHERE, MAPS, SCHEMAS, TUPLES, WRITTEN_PATTERN, is_assertion};
use super::node::Node;
use super::pair::{Pair, Part, Step};
use super::patch::{Change, Patch};
use super::properties::properties;
use super::words::shape;
use super::{Edit, Kind};

impl<'a> Pair<'a> {
    /// What is found about the two versions.
    pub(super) fn steps(&self, roots: [&'a Value; 2]) -> Vec<Step> {
        if !self.has_one_shape() {
            let reshaped = Step::Changed(Box::new(self.reshaped()));
            return [reshaped]
                .into_iter()
                .chain(self.other_texts(roots))
                .collect();
        }
        let names = names([self.old.schema, self.new.schema]);
        let keywords = names.into_iter().flat_map(|name| self.keyword(roots, name));
        properties(self).into_iter().chain(keywords).collect()
    }

    /// The texts that both versions have, and that differ.
    fn other_texts(&self, roots: [&'a Value; 2]) -> Vec<Step> {
        let names = names([self.old.schema, self.new.schema]).into_iter();
        let texts = names.filter(|name| {
            let both = self.old.get(name).zip(self.new.get(name));
            both.is_some() && !self.asserts(roots, name)
        });
        texts.flat_map(|name| self.keyword(roots, name)).collect()
    }

    fn keyword(&self, roots: [&'a Value; 2], name: &str) -> Vec<Step> {
        match (self.old.get(name), self.new.get(name)) {
            _ if name == WRITTEN_PATTERN || ELSEWHERE.contains(&name) => Vec::new(),
            _ if self.is_text_beside_one(roots, name) => Vec::new(),
            (Some(_), Some(_)) if name == "$ref" && self.refer() => self.referred(),
            (Some(_), Some(_)) if BRANCHES.contains(&name) => branches(roots, self, name),
            (Some(old), Some(new)) if SCHEMAS.contains(&name) && is_schema(old, new) => {
                let way = match name {
                    "items" | "additionalItems" | "contains" | "unevaluatedItems" => {
                        self.way_to("[]")
                    }
                    "additionalProperties" | "unevaluatedProperties" => self.way_to("*"),
                    _ => self.way.clone(),
                };
                vec![self.part(&[name], way)]
            }
            (Some(Value::Array(old)), Some(Value::Array(new))) if TUPLES.contains(&name) => {
                self.tuple(roots, name, old.len(), new.len())
            }
            (Some(Value::Object(old)), Some(Value::Object(new))) if MAPS.contains(&name) => {
                let is_same = old.keys().eq(new.keys());
                let changed =
                    (!is_same).then(|| self.changed(self.keyword_kind(roots, name), name));
                let both = old.keys().filter(|key| new.contains_key(*key));
                let both = both.map(|key| {
                    let way = match name {
                        "patternProperties" => self.way_to(&format!("/{key}/")),
                        _ => self.way.clone(),
                    };
                    self.part(&[name, key], way)
                });
                changed.into_iter().chain(both).collect()
            }
            (old, new) if old == new => Vec::new(),
            (old, new) if name == "enum" => {
                let kind = Kind::Values {
                    added: without(new, old),
                    removed: without(old, new),
                };
                vec![self.changed(kind, name)]
            }
            _ => vec![self.changed(self.keyword_kind(roots, name), name)],
        }
    }

    /// Whether a text stands beside a reference in one version, where it is compared.
    fn is_text_beside_one(&self, roots: [&'a Value; 2], name: &str) -> bool {
        let beside = [&self.old, &self.new].map(|node| {
            node.beside
                .iter()
                .any(|(_, schema)| schema.get(name).is_some())
        });
        beside[0] != beside[1] && !self.asserts(roots, name)
    }

    /// Whether a keyword can refuse a value in one of the versions.
    fn asserts(&self, roots: [&'a Value; 2], name: &str) -> bool {
        let asserts = |root, node: &Node<'a>| {
            node.get(name)
                .is_some_and(|value| is_assertion(root, name, value))
        };
        asserts(roots[0], &self.old) || asserts(roots[1], &self.new)
    }

    /// Whether both have a reference within their document.
    fn refer(&self) -> bool {
        [&self.old, &self.new]
            .iter()
            .all(|node| node.reference().is_some())
    }

    /// What references lead to, where other keywords beside them count.
    fn referred(&self) -> Vec<Step> {
        let parts = self.old.reference().zip(self.new.reference());
        let parts = parts.map(|(old, new)| {
            Step::Into(Part {
                old,
                new,
                way: self.way.clone(),
                branches: self.branches.clone(),
                is_alone: false,
            })
        });
        parts.into_iter().collect()
    }

    /// The schemas of a list by index, and whether there are as many.
    fn tuple(&self, roots: [&'a Value; 2], name: &str, old: usize, new: usize) -> Vec<Step> {
        let changed = (old != new).then(|| self.changed(self.keyword_kind(roots, name), name));
        let both = (0..old.min(new)).map(|index| {
            self.part(
                &[name, &index.to_string()],
                self.way_to(&format!("[{index}]")),
            )
        });
        changed.into_iter().chain(both).collect()
    }

    /// A change of one keyword.
    fn changed(&self, kind: Kind, name: &str) -> Step {
        let value = |node: &Node<'a>| vec![(name.to_owned(), node.get(name).cloned())];
        Step::Changed(Box::new(self.edit(
            kind,
            &[name],
            value(&self.new),
            value(&self.old),
        )))
    }

    /// Whether both are schemas for the same kind of value, written in the same way.
    fn has_one_shape(&self) -> bool {
        let (Value::Object(old), Value::Object(new)) = (self.old.schema, self.new.schema) else {
            return self.old.schema == self.new.schema;
        };
        let has_one = |name: &&str| old.contains_key(*name) == new.contains_key(*name);
        BRANCHES.iter().all(has_one) && old.get("type") == new.get("type")
    }

    fn reshaped(&self) -> Edit {
        let whole = |node: &Node, schema: &Value| Patch {
            at: node.at.clone(),
            change: Change::Whole(schema.clone()),
        };
        Edit {
            kind: Kind::Shape {
                old: shape(self.old.schema),
                new: shape(self.new.schema),
            },
            way: self.way.clone(),
            branches: self.branches.clone(),
            old: self.old.at.clone(),
            new: self.new.at.clone(),
            forward: whole(&self.old, self.new.schema),
            backward: whole(&self.new, self.old.schema),
        }
    }

    fn keyword_kind(&self, roots: [&'a Value; 2], name: &str) -> Kind {
        let (old, new) = (self.old.get(name), self.new.get(name));
        let is_open = |value: Option<&Value>| value != Some(&Value::Bool(false));
        if name == "additionalProperties" && is_open(old) != is_open(new) {
            return Kind::Closed {
                is_closed: is_open(old),
            };
        }
        // A pattern that was rewritten for the validator is beside the one that its author wrote.
        let written = |node: &Node| match name {
            "pattern" => node.get(WRITTEN_PATTERN).or(node.get(name)).cloned(),
            name => node.get(name).cloned(),
        };
        let is_assertion = self.asserts(roots, name);
        let (name, old, new) = (name.to_owned(), written(&self.old), written(&self.new));
        if is_assertion {
            Kind::Keyword { name, old, new }
        } else {
            Kind::Annotation { name, old, new }
        }
    }
}

/// The names of all keywords of two schemas.
fn names(schemas: [&Value; 2]) -> BTreeSet<&String> {
    let keywords = schemas.into_iter().filter_map(Value::as_object);
    keywords.flat_map(|keywords| keywords.keys()).collect()
}

fn is_schema(old: &Value, new: &Value) -> bool {
    old.is_object() && new.is_object()
}

/// The values of one list that are not in another one.
fn without(list: Option<&Value>, other: Option<&Value>) -> Vec<Value> {
    let items = |list: Option<&Value>| list.and_then(Value::as_array).cloned().unwrap_or_default();
    let other = items(other);
    let mut list = items(list);
    list.retain(|value| !other.contains(value));
    list
}
