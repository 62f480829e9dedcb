//! The order in which older versions are tried.

use super::candidate::Candidate;
use super::proof::{Answer, covers, overlap};
use super::same::{configurations, states};
use crate::definition::DefinitionSet;
use crate::diagnostic::catalog::older;
use crate::diagnostic::{Diagnostic, Pointer};
use crate::model::TypeId;
use crate::version::{Version, parse_version};

/// The property of a definition that gives the order.
const ORDER: &str = "migrationOrder";

/// Sorts the versions: as the definition says, or the newest first.
///
/// Without an order of the definition, no value may be one of two versions, unless the newer one accepted all values of the
/// other: then it took them over when it was today's.
pub(super) fn sort(set: &DefinitionSet, candidates: &mut [Candidate]) -> Vec<Diagnostic> {
    candidates.sort_by(|first, second| second.version.cmp(&first.version));
    let wanted = &set.document.migration_order;
    if wanted.is_empty() {
        return find_ambiguous(candidates);
    }
    let wanted: Vec<_> = wanted.iter().map(|text| parse_version(text)).collect();
    let place = |candidate: &Candidate| {
        let mut wanted = wanted.iter();
        wanted.position(|wanted| wanted.as_ref() == Some(&candidate.version))
    };
    candidates.sort_by_key(|candidate| place(candidate).unwrap_or(usize::MAX));
    let missing = candidates
        .iter()
        .filter(|candidate| place(candidate).is_none());
    let missing = missing.map(|candidate| {
        let at = set.value_location(list());
        older::incomplete_order(at, &candidate.model.version)
    });
    missing
        .chain(find_unknown(set, &wanted, candidates))
        .chain(find_repeated(set, &wanted))
        .collect()
}

/// The list that gives the order.
fn list() -> Pointer {
    Pointer::root().child(ORDER)
}

/// Finds versions of the order that are those of no file. None, if a file could not be read: it may have the version.
fn find_unknown(
    set: &DefinitionSet,
    wanted: &[Option<Version>],
    candidates: &[Candidate],
) -> Vec<Diagnostic> {
    if candidates.len() < set.document.migrates_from.len() {
        return Vec::new();
    }
    let is_known = |version: &Option<Version>| {
        let mut candidates = candidates.iter();
        candidates.any(|candidate| Some(&candidate.version) == version.as_ref())
    };
    let unknown = wanted
        .iter()
        .enumerate()
        .filter(|(_, version)| !is_known(version));
    unknown
        .map(|(index, _)| {
            let known = candidates.iter();
            let known = known.map(|candidate| candidate.model.version.as_str());
            let text = &set.document.migration_order[index];
            older::unknown_version(set.value_location(list().item(index)), text, known)
        })
        .collect()
}

/// Finds versions that the order has twice.
fn find_repeated(set: &DefinitionSet, wanted: &[Option<Version>]) -> Vec<Diagnostic> {
    let repeated = wanted.iter().enumerate().filter_map(|(index, version)| {
        let version = version.as_ref()?;
        let mut before = wanted[..index].iter();
        let first = before.position(|before| before.as_ref() == Some(version))?;
        let at = |index| set.value_location(list().item(index));
        Some(older::repeated_version(
            at(index),
            at(first),
            &set.document.migration_order[index],
        ))
    });
    repeated.collect()
}

/// Finds versions that may accept one value, the newer one first in each pair.
fn find_ambiguous(candidates: &[Candidate]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, newer) in candidates.iter().enumerate() {
        for elder in &candidates[index + 1..] {
            if newer.version != elder.version
                && let Some((what, answer)) = ambiguity(newer, elder)
            {
                let order: Vec<_> = candidates
                    .iter()
                    .map(|candidate| candidate.model.version.as_str())
                    .collect();
                found.push(older::ambiguous_versions(
                    newer.file.place.clone(),
                    elder.file.place.clone(),
                    &[&newer.model.version, &elder.model.version],
                    &what,
                    answer == Answer::Yes,
                    &order,
                ));
            }
        }
    }
    found
}

/// The first configuration or state of which two versions may accept one value.
fn ambiguity(newer: &Candidate, elder: &Candidate) -> Option<(String, Answer)> {
    let pairs = configurations(&elder.model, &newer.model).map(|(old, new)| {
        let what = match &old.wire {
            Some(wire) => format!("the configuration `{wire}`"),
            None => "the primary configuration".to_owned(),
        };
        (what, old.ty, new.ty)
    });
    let states = elder.model.states.iter().filter_map(|state| {
        let mut both = states(&elder.model, &newer.model);
        let pair = both.find(|(old, _)| *old == state.ty);
        pair.map(|(old, new)| (format!("the state `{}`", state.wire), old, new))
    });
    let text = |candidate: &Candidate, ty: TypeId| candidate.model.types.schema_text(ty).to_owned();
    pairs.chain(states).find_map(|(what, old, new)| {
        let (old, new) = (text(elder, old), text(newer, new));
        if covers(&new, &old) == Answer::Yes {
            return None;
        }
        let answer = overlap(&new, &old);
        (answer != Answer::No).then_some((what, answer))
    })
}
