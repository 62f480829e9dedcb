//! Equal shapes become one type, named after its place.
//!
//! Definitions repeat themselves: the same owner, label or page is in every action that has one. Types that differ only
//! in their place, the order of their fields and their docs are one type. A type with a fixed name stays its own; a
//! type that equals an entity is that entity.

use std::collections::HashMap;

use crate::model::{Docs, FieldDef, Module, Origin, Shape, TypeDef, TypeId};

/// Makes equal types one: every use of another is turned to the first of them.
pub(super) fn merge_equal(types: &mut [TypeDef], order: &[TypeId]) {
    let classes = classes(types);
    let mut members: HashMap<usize, Vec<TypeId>> = HashMap::new();
    for id in order {
        members.entry(classes[id.0]).or_default().push(*id);
    }
    let mut first: Vec<TypeId> = (0..types.len()).map(TypeId).collect();
    for id in order {
        let equal = &members[&classes[id.0]];
        if equal[0] == *id {
            merge(types, equal, &mut first);
        }
    }
    for ty in types {
        ty.shape.visit_uses(&mut |id| *id = first[id.0]);
    }
}

/// Chooses the representative of some equal types.
fn merge(types: &mut [TypeDef], equal: &[TypeId], first: &mut [TypeId]) {
    let nested: Vec<TypeId> = equal
        .iter()
        .copied()
        .filter(|id| matches!(types[id.0].origin, Origin::Nested { .. }))
        .collect();
    if let Some(entity) = equal.iter().find(|id| is_entity(&types[id.0])) {
        for id in nested {
            first[id.0] = *entity;
        }
    } else if let [one, _, ..] = nested.as_slice() {
        let merged = merged(types, &nested);
        types[one.0] = merged;
        for id in &nested {
            first[id.0] = *one;
        }
    }
}

/// One type for several: it has the most frequent name, and the docs that all of them share.
fn merged(types: &[TypeDef], equal: &[TypeId]) -> TypeDef {
    let mut merged = types[equal[0].0].clone();
    let others: Vec<&TypeDef> = equal[1..].iter().map(|id| &types[id.0]).collect();
    if others.iter().any(|other| other.module != merged.module) {
        merged.module = Module::Root;
    }
    merged.origin = shared_origin(equal.iter().map(|id| &types[id.0].origin));
    if others.iter().any(|other| other.docs != merged.docs) {
        merged.docs = Docs::default();
    }
    if let Shape::Struct(definition) = &mut merged.shape {
        for field in &mut definition.fields {
            let same = |candidate: &&FieldDef| candidate.wire == field.wire;
            let twins = others.iter().filter_map(|other| match &other.shape {
                Shape::Struct(other) => other.fields.iter().find(same),
                _ => None,
            });
            let twins: Vec<_> = twins.collect();
            if twins.iter().any(|twin| twin.docs != field.docs) {
                field.docs = Docs::default();
            }
            if twins.iter().any(|twin| twin.facts != field.facts) {
                field.facts = None;
            }
        }
    }
    merged
}

/// The place of a type that has several: the label that most of them give it, after the operation that has them all.
fn shared_origin<'a>(origins: impl Iterator<Item = &'a Origin>) -> Origin {
    let places: Vec<_> = origins
        .filter_map(|origin| match origin {
            Origin::Nested { prefixes, labels } => Some((prefixes, labels)),
            Origin::Fixed(_) => None,
        })
        .collect();
    let same_label = |labels: &[String]| {
        places
            .iter()
            .filter(|(_, other)| other.last() == labels.last())
            .count()
    };
    // Of several labels that are as frequent, the first one counts.
    let (prefixes, labels) = places
        .iter()
        .rev()
        .max_by_key(|(_, labels)| same_label(labels))
        .expect("types that are merged are nested ones");
    let owner = operation(&prefixes[0]);
    let is_owned = places
        .iter()
        .all(|(other, _)| operation(&other[0]) == owner);
    let is_one = places.iter().all(|(other, _)| other == prefixes);
    let short = match (is_one, is_owned) {
        (true, _) => prefixes[0].clone(),
        (false, true) => owner.to_owned(),
        (false, false) => String::new(),
    };
    Origin::Nested {
        prefixes: [short, prefixes[1].clone()],
        labels: (*labels).clone(),
    }
}

/// The operation that a payload's type is called after.
fn operation(prefix: &str) -> &str {
    prefix
        .strip_suffix("Input")
        .or_else(|| prefix.strip_suffix("Output"))
        .unwrap_or(prefix)
}

fn is_entity(ty: &TypeDef) -> bool {
    let pointer = ty.location.pointer();
    matches!(ty.origin, Origin::Fixed(_))
        && pointer.is_some_and(|pointer| pointer.as_str().starts_with("/entities/"))
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
