//! Equal shapes become one type with several names.
//!
//! Definitions repeat themselves: the same owner, label or page is in every action that has one. Types that differ only
//! in their place, the order of their fields and their docs are one type, and its other places have aliases. So every
//! place has a name of its own, and equal code is generated once. A payload stays its own type; a type that equals an
//! entity is that entity.

use std::{collections::HashMap, mem};

use crate::model::{Rank, Shape, TypeDef, TypeId};

/// Makes equal types one: the others become other names of the first of them in an order.
pub(super) fn merge_equal(types: &mut [TypeDef], order: &[TypeId]) {
    let classes = classes(types);
    let mut first: HashMap<usize, TypeId> = HashMap::new();
    let (entities, others): (Vec<TypeId>, Vec<TypeId>) = order
        .iter()
        .filter(|id| is_entity(&types[id.0]) || !is_payload(&types[id.0]))
        .partition(|id| is_entity(&types[id.0]));
    for id in entities.into_iter().chain(others) {
        first.entry(classes[id.0]).or_insert(id);
    }
    for id in order {
        match first.get(&classes[id.0]) {
            Some(first) if first != id && !is_payload(&types[id.0]) => {
                let other = mem::replace(&mut types[id.0].shape, Shape::Alias(*first));
                keep_common_facts(&mut types[first.0].shape, &other);
            }
            _ => {}
        }
    }
}

/// Leaves out the constraints of fields that are others in another place of the shape.
fn keep_common_facts(shape: &mut Shape, other: &Shape) {
    let (Shape::Struct(definition), Shape::Struct(other)) = (shape, other) else {
        return;
    };
    for field in &mut definition.fields {
        let mut twins = other.fields.iter().filter(|twin| twin.wire == field.wire);
        if twins.any(|twin| twin.facts != field.facts) {
            field.facts = None;
        }
    }
}

fn is_payload(ty: &TypeDef) -> bool {
    ty.origin.rank == Rank::Fixed
}

fn is_entity(ty: &TypeDef) -> bool {
    let pointer = ty.location.pointer();
    is_payload(ty) && pointer.is_some_and(|pointer| pointer.as_str().starts_with("/entities/"))
}

/// Numbers the types so that equal ones have one number, however they contain each other.
///
/// At first all are equal. Then types are distinguished by their shapes, with the numbers so far for the types inside,
/// until no more of them differ.
fn classes(types: &[TypeDef]) -> Vec<usize> {
    let mut classes = vec![0; types.len()];
    let mut count = 1;
    loop {
        let mut numbers = HashMap::new();
        let next: Vec<usize> = types
            .iter()
            .map(|ty| {
                let fresh = numbers.len();
                *numbers.entry(looks(&ty.shape, &classes)).or_insert(fresh)
            })
            .collect();
        classes = next;
        if numbers.len() == count {
            return classes;
        }
        count = numbers.len();
    }
}

/// The shape of a type as text, without its place and its docs.
fn looks(shape: &Shape, classes: &[usize]) -> String {
    let mut shape = shape.clone();
    shape.visit_uses(&mut |id| *id = TypeId(classes[id.0]));
    match shape {
        Shape::Struct(definition) => {
            let fields = definition.fields.iter();
            let mut fields: Vec<_> = fields
                .map(|field| {
                    (
                        &field.wire,
                        &field.name,
                        &field.ty,
                        field.presence,
                        &field.default,
                    )
                })
                .collect();
            fields.sort_by_key(|(wire, ..)| *wire);
            format!("{fields:?} {:?}", definition.rest)
        }
        Shape::Enum(definition) => {
            let variants: Vec<_> = definition
                .variants
                .iter()
                .map(|variant| (&variant.wire, &variant.name))
                .collect();
            format!("{variants:?}")
        }
        Shape::Union(definition) => {
            let variants = definition.variants.iter();
            let variants: Vec<_> = variants
                .map(|variant| (&variant.wire, &variant.name, &variant.ty, &variant.schema))
                .collect();
            format!("{:?} {variants:?}", definition.alternatives)
        }
        other => format!("{other:?}"),
    }
}
