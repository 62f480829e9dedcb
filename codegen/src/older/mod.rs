//! Older versions of a definition: what was stored while they were today's.
//!
//! Each is loaded and lowered on its own, with its configurations and states alone. A proof on the schemas finds what
//! stays as it is, and which versions cannot be told apart.

mod alone;
mod candidate;
mod identity;
mod names;
mod order;
mod proof;
mod same;
mod stored;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use crate::definition::{self, DefinitionSet, Loaded, LoadedDefinition, OlderFile, Settings};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Model, OlderVersion};
use crate::older::alone::lower_stored;
use crate::older::candidate::Candidate;
pub(crate) use crate::older::stored::Stored;
use crate::system::System;

/// The older versions of a definition, as far as they could be read.
pub(crate) struct Older {
    pub(crate) versions: Vec<OlderVersion>,
    /// The findings about the definition that names the versions.
    pub(crate) findings: Vec<Diagnostic>,
    /// The errors in files of the versions, each with files of its own.
    pub(crate) errors: Vec<Diagnostics>,
    /// Every file that was requested.
    pub(crate) read: Vec<PathBuf>,
}

/// Loads the older versions of a definition, whose model has what is stored today.
pub(crate) fn find(
    system: &dyn System,
    settings: &Settings,
    set: &DefinitionSet,
    today: &Model,
) -> Older {
    let mut older = Older {
        versions: Vec::new(),
        findings: Vec::new(),
        errors: Vec::new(),
        read: Vec::new(),
    };
    let mut candidates = Vec::new();
    for (file, loaded) in load(system, settings, set) {
        older.read.extend(loaded.read);
        if loaded.diagnostics.has_errors() {
            older.errors.push(loaded.diagnostics);
        } else if let Some(definition) = loaded.definition {
            match lower_stored(definition) {
                Ok(model) => match identity::check(set, file, &model) {
                    Ok(version) => candidates.push(Candidate {
                        file,
                        version,
                        model,
                    }),
                    Err(finding) => older.findings.push(*finding),
                },
                Err(errors) => older.errors.push(errors),
            }
        }
    }
    older
        .findings
        .extend(identity::find_duplicates(&candidates));
    let findings = order::sort(set, &mut candidates);
    older.findings.extend(findings);
    older.versions = candidates
        .into_iter()
        .map(|candidate| describe(candidate, today))
        .collect();
    older
}

/// Loads the older versions of a definition without errors, each with the model of what it stored.
pub(crate) fn load_stored(
    system: &dyn System,
    settings: &Settings,
    definition: &LoadedDefinition,
) -> impl Iterator<Item = (LoadedDefinition, Model)> {
    load(system, settings, definition).filter_map(|(_, loaded)| {
        let definition = loaded.definition?;
        let model = lower_stored(definition.clone()).ok()?;
        Some((definition, model))
    })
}

fn load<'a>(
    system: &dyn System,
    settings: &Settings,
    definition: &'a LoadedDefinition,
) -> impl Iterator<Item = (&'a OlderFile, Loaded)> {
    let settings = settings.clone().with_root(definition.folder());
    let files = definition.older().iter();
    files.map(move |file| (file, definition::load_stored(system, &file.path, &settings)))
}

fn describe(candidate: Candidate, today: &Model) -> OlderVersion {
    let Candidate { version, model, .. } = candidate;
    let same = same::types(&model, today);
    OlderVersion {
        module: names::module(&version),
        same_union: same::union(&model, today, &same),
        same,
        model,
    }
}
