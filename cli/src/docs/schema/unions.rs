//! The alternatives of a union.

use contexture::meaning::{Meaning, list};
use serde_json::{Map, Value};

use super::data::{Alternative, Shape};
use super::fields::title;
use super::kind::Kind;
use super::walk::{Place, Walk};
use crate::docs::prose::Prose;

impl<'a> Walk<'a, '_> {
    /// Describes the unions of a schema, and returns the kinds of their values. A union that its kinds say all about has no
    /// alternatives.
    pub(super) fn unions(
        &mut self,
        meaning: &Meaning<'a>,
        at: &Place,
        shape: &mut Shape,
    ) -> Vec<Kind> {
        let mut kinds = Vec::new();
        for name in ["anyOf", "oneOf"] {
            for union in meaning.all(name) {
                let schemas = list(Some(union)).filter(|schema| schema["type"] != "null");
                let schemas: Vec<_> = schemas.collect();
                // The only one beside `null` is read as the schema itself.
                if schemas.len() < 2 {
                    continue;
                }
                let alternatives = self.alternatives(&schemas, at);
                let all = alternatives.iter();
                kinds.extend(all.map(|alternative| alternative.shape.kind.clone()));
                if !alternatives.iter().all(|one| one.shape.is_bare()) {
                    shape.unions.push(alternatives);
                }
            }
        }
        kinds
    }

    fn alternatives(&mut self, schemas: &[&'a Value], at: &Place) -> Vec<Alternative> {
        let meanings: Vec<_> = schemas
            .iter()
            .map(|schema| Meaning::of(schema, self.root))
            .collect();
        let key = discriminator(&meanings, self.root);
        let mut alternatives = Vec::new();
        for (index, schema) in schemas.iter().enumerate() {
            let value = key.and_then(|key| constant(&meanings[index], key, self.root));
            let name = match &value {
                Some(Value::String(name)) => name.clone(),
                _ => (index + 1).to_string(),
            };
            let place = Place {
                id: self.anchors.take(&[&at.id, &name]),
                path: at.path.clone(),
            };
            let shape = self.shape(&[schema], &place);
            alternatives.push(Alternative {
                label: label(&meanings, index, key.zip(value), &shape),
                id: place.id,
                path: place.path,
                shape,
            });
        }
        alternatives
    }
}

/// What tells an alternative from the others.
fn label(all: &[Meaning<'_>], index: usize, value: Option<(&str, Value)>, shape: &Shape) -> Prose {
    let value = value.map(|(key, value)| {
        let (key, value) = (Prose::code(key), Prose::code(&value.to_string()));
        format!("{key} is {value}")
    });
    match (title(&all[index]), value) {
        (Some(title), Some(value)) => Prose::ours(format!("{title}: {value}")),
        (Some(title), None) => title,
        (None, Some(value)) => Prose::ours(value),
        (None, None) => match own_field(all, index) {
            Some(name) => {
                let (kind, name) = (shape.kind.words(), Prose::code(name));
                Prose::ours(format!("{kind} with {name}"))
            }
            None => Prose::ours(shape.kind.words()),
        },
    }
}

/// A field that an alternative requires and no other one has, if there are several with fields.
fn own_field<'a>(all: &[Meaning<'a>], index: usize) -> Option<&'a str> {
    let others = || {
        let others = all.iter().enumerate();
        others.filter_map(move |(other, meaning)| (other != index).then_some(meaning))
    };
    let declares = |meaning: &Meaning<'_>, name: &str| {
        let mut properties = meaning.all("properties");
        properties.any(|properties| properties.get(name).is_some())
    };
    if !others().any(|other| other.first("properties").is_some()) {
        return None;
    }
    let required = all[index].all("required");
    let mut names = required
        .flat_map(|names| list(Some(names)))
        .filter_map(Value::as_str);
    names.find(|name| others().all(|other| !declares(other, name)))
}

/// The property that has another constant in each alternative.
fn discriminator<'a>(meanings: &[Meaning<'a>], root: &'a Value) -> Option<&'a str> {
    let properties = meanings.first()?.all("properties");
    let mut names = properties
        .filter_map(Value::as_object)
        .flat_map(Map::keys)
        .map(String::as_str);
    names.find(|name| {
        let values: Option<Vec<_>> = meanings
            .iter()
            .map(|meaning| constant(meaning, name, root))
            .collect();
        values.is_some_and(|values| {
            let mut each = values.iter().enumerate();
            each.all(|(index, value)| !values[..index].contains(value))
        })
    })
}

/// The only value of a property.
fn constant<'a>(meaning: &Meaning<'a>, name: &str, root: &'a Value) -> Option<Value> {
    let mut properties = meaning.all("properties");
    let property = properties.find_map(|properties| properties.get(name))?;
    Meaning::of(property, root).constant()
}
