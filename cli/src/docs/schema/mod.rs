//! Schemas as fields and facts for people.
//!
//! The forms of the inspector read schemas with the same `Meaning`, but have a control for what can be entered. Here nothing may
//! be left out: each alternative and each limit is described.

mod data;
mod entities;
mod facts;
mod fields;
mod keywords;
mod kind;
mod limits;
mod unions;
mod walk;

pub(super) use data::{Alternative, Fact, Field, Name, Shape};
pub(super) use entities::Entities;
pub(super) use kind::Kind;

use serde_json::Value;

use self::walk::{Place, Walk};
use super::anchors::Anchors;

/// Describes the values of a schema. `id` is the anchor of the item part that they belong to.
///
/// A schema that others refer to is described where it is met first. The other places link there, so that a schema which
/// contains itself ends.
pub(super) fn describe(
    schema: &Value,
    id: &str,
    anchors: &mut Anchors,
    entities: &Entities,
) -> Shape {
    let mut walk = Walk::new(schema, anchors, entities);
    walk.shape(&[schema], &Place::whole(id))
}
