//! Which values are the entities of a definition.

use super::data::{Alternative, Fact, Field, Shape};
use crate::docs::prose::Prose;

/// The label of the fact that a value is an entity.
const LABEL: &str = "Entity";

/// The fewest fields by which an entity is known. An object with one field is one by chance.
const FEWEST: usize = 2;

/// The entities of a definition, each with its link.
///
/// A value is one if it is described in the same words. Whether the schema refers to the entity is not asked, because Botpress
/// prints definitions without references.
#[derive(Debug, Default)]
pub(in crate::docs) struct Entities(Vec<(Prose, Shape)>);

impl Entities {
    /// Adds an entity.
    pub(in crate::docs) fn add(&mut self, link: Prose, shape: Shape) {
        if shape.fields.len() >= FEWEST {
            self.0.push((link, shape));
        }
    }

    /// Removes the fact from a whole value: an entity does not say of itself that it is one.
    pub(in crate::docs) fn forget(shape: &mut Shape) {
        shape.facts.retain(|fact| fact.label != LABEL);
    }

    /// The fact that a value is an entity, if it is.
    pub(super) fn fact(&self, shape: &Shape) -> Option<Fact> {
        let (link, _) = self.0.iter().find(|(_, entity)| is_same(entity, shape))?;
        Some(Fact::new(LABEL, link.clone()))
    }
}

/// Whether two values are described in the same words. A description of the whole says what it is for at its place.
fn is_same(one: &Shape, other: &Shape) -> bool {
    let facts = |shape: &Shape| {
        let facts = shape.facts.iter();
        let facts =
            facts.filter(|fact| !fact.label.to_lowercase().ends_with(&LABEL.to_lowercase()));
        facts.cloned().collect::<Vec<_>>()
    };
    one.kind == other.kind
        && one.is_secret == other.is_secret
        && one.same_as.is_some() == other.same_as.is_some()
        && facts(one) == facts(other)
        && all(&one.fields, &other.fields, is_same_field)
        && all(&one.unions, &other.unions, |one, other| {
            all(one, other, is_same_alternative)
        })
}

fn is_same_field(one: &Field, other: &Field) -> bool {
    // One that is described elsewhere has the description of there, where the whole may have its own.
    let is_elsewhere = one.shape.same_as.is_some();
    one.name == other.name
        && one.title == other.title
        && one.is_required == other.is_required
        && (is_elsewhere || one.shape.description == other.shape.description)
        && is_same(&one.shape, &other.shape)
}

fn is_same_alternative(one: &Alternative, other: &Alternative) -> bool {
    one.label == other.label && is_same(&one.shape, &other.shape)
}

fn all<T>(some: &[T], others: &[T], is_same: impl Fn(&T, &T) -> bool) -> bool {
    some.len() == others.len()
        && some
            .iter()
            .zip(others)
            .all(|(one, other)| is_same(one, other))
}
