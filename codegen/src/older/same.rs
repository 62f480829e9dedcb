//! What an older version stored and today's schemas accept as it is.

use super::proof::{Answer, covers};
use crate::model::{Configuration, Model, TypeId};

/// The types of configurations and states, each with today's type that takes all of its values.
pub(super) fn types(old: &Model, today: &Model) -> Vec<(TypeId, TypeId)> {
    let mut pairs: Vec<(TypeId, TypeId)> = Vec::new();
    let configurations = configurations(old, today).map(|(old, today)| (old.ty, today.ty));
    for (from, to) in configurations.chain(states(old, today)) {
        let pair = (old.types.resolve(from), today.types.resolve(to));
        if !pairs.contains(&pair) && is_covered((old, from), (today, to)) {
            pairs.push(pair);
        }
    }
    pairs
}

/// The names of the union's variants and of today's, if there is a union today that takes all values: `same` has the types
/// that do.
pub(super) fn union(
    old: &Model,
    today: &Model,
    same: &[(TypeId, TypeId)],
) -> Option<Vec<(String, String)>> {
    if today.configurations.is_primary_alone() {
        return None;
    }
    let pairs = configurations(old, today);
    let covered = pairs.filter(|(from, to)| {
        same.contains(&(old.types.resolve(from.ty), today.types.resolve(to.ty)))
    });
    let names: Vec<_> = covered
        .map(|(from, to)| (from.name.clone(), to.name.clone()))
        .collect();
    (names.len() == old.configurations.variants.len()).then_some(names)
}

/// The configurations that both versions have.
pub(super) fn configurations<'a>(
    old: &'a Model,
    today: &'a Model,
) -> impl Iterator<Item = (&'a Configuration, &'a Configuration)> {
    old.configurations.variants.iter().filter_map(|from| {
        let mut variants = today.configurations.variants.iter();
        let to = variants.find(|to| to.wire == from.wire)?;
        Some((from, to))
    })
}

/// The types of the states that both versions have, kept for the same owner.
pub(super) fn states<'a>(
    old: &'a Model,
    today: &'a Model,
) -> impl Iterator<Item = (TypeId, TypeId)> + 'a {
    old.states.iter().filter_map(|from| {
        let to = today.state_like(from)?;
        Some((from.ty, to.ty))
    })
}

fn is_covered((old, from): (&Model, TypeId), (today, to): (&Model, TypeId)) -> bool {
    let (narrow, wide) = (old.types.schema_text(from), today.types.schema_text(to));
    covers(wide, narrow) == Answer::Yes
}
