//! Which version of which integration a file is.

use super::candidate::Candidate;
use super::version::Version;
use crate::definition::{DefinitionSet, OlderFile};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalog::older;
use crate::model::Model;

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
    let version = Version::parse(&model.version);
    let is_older =
        |version: &Version| Version::parse(&today.version).is_none_or(|today| *version < today);
    version
        .filter(is_older)
        .ok_or_else(|| Box::new(older::not_older(place, &model.version, &today.version)))
}

/// Whether two names are of one integration. The handle of the workspace may have been added later.
pub(super) fn is_same_integration(old: &str, today: &str) -> bool {
    let own = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
    own(old) == own(today)
}

/// Finds versions that two files have.
pub(super) fn find_duplicates(candidates: &[Candidate]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, second) in candidates.iter().enumerate() {
        let mut before = candidates[..index].iter();
        if let Some(first) = before.find(|first| first.version == second.version) {
            let places = (second.file.place.clone(), first.file.place.clone());
            found.push(older::duplicate_version(
                places.0,
                places.1,
                &second.model.version,
            ));
        }
    }
    found
}
