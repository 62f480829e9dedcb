//! The order in which older versions are tried.

use super::candidate::Candidate;
use super::proof::{Answer, covers, overlap};
use super::same::{configurations, states};
use super::version::Version;
use crate::definition::DefinitionSet;
use crate::diagnostic::catalog::older;
use crate::diagnostic::{Diagnostic, Pointer};
use crate::model::TypeId;

/// The property of a definition that gives the order.
const ORDER: &str = "migrationOrder";

/// Sorts the versions: as the definition says, or the newest first.
///
/// Without an order of the definition, no value may be one of two versions, unless the newer one accepted all values of the
/// other: then it took them over when it was today's.
pub(super) fn sort(set: &DefinitionSet, candidates: &mut [Candidate]) -> Vec<Diagnostic> {
    let wanted: Vec<Option<Version>> = set
        .document
        .migration_order
        .iter()
        .map(|text| Version::parse(text))
        .collect();
    candidates.sort_by(|first, second| second.version.cmp(&first.version));
    if wanted.is_empty() {
        return find_ambiguous(candidates);
    }
    let place = |candidate: &Candidate| {
        let version = Some(candidate.version.clone());
        wanted.iter().position(|wanted| *wanted == version)
    };
    candidates.sort_by_key(|candidate| place(candidate).unwrap_or(usize::MAX));
    let list = Pointer::root().child(ORDER);
    let mut found: Vec<_> = candidates
        .iter()
        .filter(|candidate| place(candidate).is_none())
        .map(|candidate| {
            let at = set.value_location(list.clone());
            older::incomplete_order(at, &candidate.model.version)
        })
        .collect();
    for (index, version) in wanted.iter().enumerate() {
        let is_known = candidates
            .iter()
            .any(|candidate| Some(&candidate.version) == version.as_ref());
        if !is_known {
            let at = set.value_location(list.item(index));
            let known = candidates
                .iter()
                .map(|candidate| candidate.model.version.as_str());
            found.push(older::unknown_version(
                at,
                &set.document.migration_order[index],
                known,
            ));
        }
    }
    found
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
