//! The walk through a schema.

use std::collections::HashMap;

use contexture::meaning::Meaning;
use serde_json::{Map, Value};

use super::data::{Fact, Link, Shape};
use super::entities::Entities;
use super::facts::{self, describe_facts};
use super::fields::described_rest;
use super::keywords::{is_empty, is_nested, is_null, is_open, types};
use super::kind::Kind;
use crate::docs::anchors::Anchors;
use crate::docs::prose::Prose;

/// The most values inside of each other that are described. A schema in which each part refers to another one can be deeper.
const DEEPEST: usize = 64;

pub(super) struct Walk<'a, 'b> {
    pub(super) root: &'a Value,
    pub(super) anchors: &'b mut Anchors,
    /// The place at which a part was met first, by its address in memory.
    met: HashMap<*const Map<String, Value>, Link>,
    depth: usize,
    entities: &'b Entities,
}

/// A place in a value.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) id: String,
    /// `contact.phones[]`; empty for the whole value.
    pub(super) path: String,
}

impl Place {
    pub(super) fn whole(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            path: String::new(),
        }
    }

    /// The path of a field: `contact.name`.
    pub(super) fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    /// The same place with a sign behind its path: `phones[]`.
    fn each(&self, sign: &str) -> Self {
        Self {
            id: self.id.clone(),
            path: format!("{}{sign}", self.path),
        }
    }
}

impl<'a, 'b> Walk<'a, 'b> {
    pub(super) fn new(root: &'a Value, anchors: &'b mut Anchors, entities: &'b Entities) -> Self {
        Self {
            root,
            entities,
            anchors,
            met: HashMap::new(),
            depth: 0,
        }
    }

    /// Describes the values that fit all of some schemas.
    pub(super) fn shape(&mut self, schemas: &[&'a Value], at: &Place) -> Shape {
        if schemas.iter().any(|schema| **schema == Value::Bool(false)) {
            return Shape {
                kind: Kind::Never,
                ..Shape::default()
            };
        }
        self.depth += 1;
        let shape = if self.depth > DEEPEST {
            Shape::too_deep()
        } else {
            self.shape_of(&Meaning::of_all(schemas.iter().copied(), self.root), at)
        };
        self.depth -= 1;
        shape
    }

    fn shape_of(&mut self, meaning: &Meaning<'a>, at: &Place) -> Shape {
        let mut shape = Shape {
            description: Prose::of(meaning.text("description").as_deref()),
            is_secret: self.is_secret(meaning),
            is_deprecated: meaning.all("deprecated").any(|is| *is == Value::Bool(true)),
            facts: describe_facts(meaning, self.root),
            ..Shape::default()
        };
        shape.same_as = self.meet(meaning, at);
        let is_new = shape.same_as.is_none();
        let mut kinds = Vec::new();
        for name in types(meaning) {
            kinds.push(match name {
                "array" => self.array(meaning, at, is_new, &mut shape),
                "object" => self.object(meaning, at, is_new, &mut shape),
                name => Kind::named(name),
            });
        }
        if is_new && meaning.options().is_none() {
            kinds.extend(self.unions(meaning, at, &mut shape));
        }
        if kinds.is_empty() && is_null(meaning) {
            kinds.push(Kind::named("null"));
        }
        if kinds.is_empty() {
            let values = facts::values(meaning);
            kinds.extend(values.iter().map(Kind::of));
        }
        if meaning.is_nullable() && !kinds.is_empty() {
            kinds.push(Kind::named("null"));
        }
        shape.kind = Kind::union(kinds);
        shape.facts.extend(self.entities.fact(&shape));
        shape
    }

    /// Notes that the parts were met at a place. If all were met before, returns the first place.
    fn meet(&mut self, meaning: &Meaning<'a>, at: &Place) -> Option<Link> {
        let nested = meaning.parts().iter().filter(|part| is_nested(part));
        let nested: Vec<_> = nested.map(|part| std::ptr::from_ref(*part)).collect();
        let met = nested.iter().map(|part| self.met.get(part));
        if let Some(links) = met.collect::<Option<Vec<_>>>()
            && let Some(first) = links.first()
        {
            return Some((*first).clone());
        }
        let link = Link {
            id: at.id.clone(),
            path: at.path.clone(),
        };
        for part in nested {
            self.met.entry(part).or_insert_with(|| link.clone());
        }
        None
    }

    fn array(
        &mut self,
        meaning: &Meaning<'a>,
        at: &Place,
        is_new: bool,
        shape: &mut Shape,
    ) -> Kind {
        match meaning.first("items") {
            Some(Value::Array(items)) => {
                if is_new {
                    shape.fields.extend(self.positions(items, meaning, at));
                    shape.facts.extend(no_other_items(meaning));
                }
                Kind::List(Box::new(Kind::Any))
            }
            Some(items) if is_new => {
                let inner = self.shape(&[items], &at.each("[]"));
                Kind::List(Box::new(take_inner(inner, "Each item", shape)))
            }
            _ => Kind::List(Box::new(Kind::Any)),
        }
    }

    fn object(
        &mut self,
        meaning: &Meaning<'a>,
        at: &Place,
        is_new: bool,
        shape: &mut Shape,
    ) -> Kind {
        if !is_new {
            return Kind::named("object");
        }
        let named = ["properties", "patternProperties", "required"];
        let is_named = meaning.parts().iter().any(|part| {
            let has = |name: &&str| part.get(*name).is_some_and(|value| !is_empty(value));
            named.iter().any(has)
        });
        if !is_named && let Some(rest) = described_rest(meaning) {
            let inner = self.shape(&[rest], &at.each(".*"));
            return Kind::Map(Box::new(take_inner(inner, "Each value", shape)));
        }
        if !is_named && is_open(meaning) && !meaning.is_union() {
            return Kind::Map(Box::new(Kind::Any));
        }
        shape.fields.extend(self.fields(meaning, at));
        Kind::named("object")
    }

    /// Botpress marks a secret in its schema, or in an alternative of it.
    fn is_secret(&self, meaning: &Meaning<'a>) -> bool {
        let unions = ["anyOf", "oneOf"].into_iter();
        let mut alternatives = unions
            .flat_map(|name| meaning.all(name))
            .filter_map(Value::as_array)
            .flatten();
        meaning.is_secret()
            || alternatives.any(|alternative| Meaning::of(alternative, self.root).is_secret())
    }
}

/// Moves what is known about an item of a list, or a value of a map, to the list or the map. Returns its kind.
fn take_inner(inner: Shape, label: &str, outer: &mut Shape) -> Kind {
    let description = inner.description.map(|text| Fact::new(label, text));
    let facts = inner.facts.into_iter().map(|fact| {
        let label = format!("{label}, {}", lower_first(&fact.label));
        Fact::new(label, fact.text)
    });
    outer.facts.extend(description.into_iter().chain(facts));
    outer.fields.extend(inner.fields);
    outer.unions.extend(inner.unions);
    outer.is_secret |= inner.is_secret;
    outer.same_as = outer.same_as.take().or(inner.same_as);
    inner.kind
}

/// Says that a list ends with the items that have schemas of their own.
fn no_other_items(meaning: &Meaning<'_>) -> Option<Fact> {
    let is_closed = meaning.first("additionalItems") == Some(&Value::Bool(false));
    is_closed.then(|| Fact::new("Other items", Prose::ours("not allowed")))
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(char::to_lowercase);
    first
        .into_iter()
        .flatten()
        .chain(characters)
        .collect::<String>()
}
