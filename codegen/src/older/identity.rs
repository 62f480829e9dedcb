//! Which version of which integration a file is.

use super::candidate::Candidate;
use super::names;
use crate::definition::{DefinitionSet, OlderFile};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalog::older;
use crate::model::Model;
use crate::version::{Version, parse_version};

/// Gives the version of a file, which is older than the definition and of the same integration.
pub(super) fn check(
    set: &DefinitionSet,
    file: &OlderFile,
    model: &Model,
) -> Result<Version, Box<Diagnostic>> {
    let today = &set.document;
    let place = file.place.clone();
    if !is_same_integration(&model.name, &today.name) {
        return Err(Box::new(older::other_integration(
            place,
            &model.name,
            &today.name,
        )));
    }
    let Some(version) = parse_version(&model.version) else {
        return Err(Box::new(older::no_version(place, &model.version)));
    };
    if parse_version(&today.version).is_some_and(|today| version >= today) {
        let found = older::not_older(place, &model.version, &today.version);
        return Err(Box::new(found));
    }
    Ok(version)
}

/// Whether two names are of one integration. The handle of the workspace may have been added later.
pub(super) fn is_same_integration(old: &str, today: &str) -> bool {
    let own = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    own(old) == own(today)
}

/// Finds files of one version, and versions whose modules have one name.
pub(super) fn find_duplicates(candidates: &[Candidate]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, second) in candidates.iter().enumerate() {
        let module = names::module(&second.version);
        let mut before = candidates[..index].iter();
        let Some(first) = before.find(|first| names::module(&first.version) == module) else {
            continue;
        };
        let (second_place, first_place) = (second.file.place.clone(), first.file.place.clone());
        let (second_version, first_version) = (&second.model.version, &first.model.version);
        found.push(if first.version == second.version {
            older::duplicate_version(second_place, first_place, second_version)
        } else {
            older::one_module(
                second_place,
                first_place,
                [first_version, second_version],
                &module,
            )
        });
    }
    found
}
