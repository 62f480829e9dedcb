//! The older versions of a definition, each compared with the next one.

use std::cmp::Reverse;
use std::path::Path;

use contexture_compare::{Report, compare_migrated};
use serde_json::{Map, Value};

use super::DocsArguments;
use crate::Outcome;
use crate::diff::{Bounds, Processes, Version, version_against};
use crate::folders::Folders;

/// What the file of an older version has at least. Only these count for migrations.
const STORED: [&str; 5] = [
    "name",
    "version",
    "configuration",
    "configurations",
    "states",
];

/// The sections by which the file of an older version is known to be the whole definition.
const OTHERS: [&str; 8] = [
    "actions",
    "events",
    "channels",
    "user",
    "entities",
    "interfaces",
    "secrets",
    "title",
];

/// The steps from version to version, the newest first.
#[derive(Debug, Default)]
pub(super) struct History {
    pub(super) steps: Vec<Compared>,
}

/// Two versions, compared.
#[derive(Debug)]
pub(super) struct Compared {
    pub(super) report: Report,
    /// Whether only what is stored was compared: configurations and states.
    pub(super) is_stored_alone: bool,
    /// Whether what the older version stored is migrated.
    pub(super) is_migrated: bool,
}

/// Compares a definition with the version that `--against` names, else with the versions that it migrates from.
pub(super) fn history(
    arguments: &DocsArguments,
    file: &Path,
    current: &Version,
    color: bool,
) -> Result<History, Outcome> {
    let older = match &arguments.against {
        Some(against) => {
            let (folders, credentials) = (&arguments.folders, &arguments.credentials);
            vec![version_against(
                against,
                file,
                current,
                folders,
                credentials,
                color,
            )?]
        }
        None => older(current, file, &arguments.folders),
    };
    let judge = Processes::new(Bounds::within_seconds(arguments.limit));
    let mut steps = Vec::new();
    let mut new = current.definition();
    let mut is_new_whole = true;
    for version in &older {
        let old = version.definition();
        let is_old_whole = arguments.against.is_some() || is_whole(old);
        let is_stored_alone = !(is_old_whole && is_new_whole);
        let migrations = current.migrations_from(version);
        let report = if is_stored_alone {
            compare_migrated(&stored(old), &stored(new), &migrations, &judge)
        } else {
            compare_migrated(old, new, &migrations, &judge)
        };
        steps.push(Compared {
            report,
            is_stored_alone,
            is_migrated: arguments.against.is_none(),
        });
        (new, is_new_whole) = (old, is_old_whole);
    }
    Ok(History { steps })
}

/// The versions that a definition migrates from, the newest first. Their files may refer to those of the definition's folder.
///
/// A copy of a definition may lack files that only actions and events refer to. Then only what it stored is compared.
fn older(current: &Version, file: &Path, folders: &Folders) -> Vec<Version> {
    let folders = folders
        .clone()
        .or_root(file.parent().unwrap_or(Path::new("")));
    let versions = current.older();
    let versions =
        versions.map(|stored| Version::of_file(stored.file(), &folders, false).unwrap_or(stored));
    let mut versions: Vec<_> = versions.collect();
    versions.sort_by_key(|version| Reverse(number(version)));
    versions
}

/// A version's number, in the order of semantic versioning.
fn number(version: &Version) -> Option<semver::Version> {
    let number = version.definition()["version"].as_str()?;
    semver::Version::parse(number).ok()
}

fn is_whole(definition: &Value) -> bool {
    OTHERS.iter().any(|section| !definition[*section].is_null())
}

/// A definition with what outlives its version alone.
fn stored(definition: &Value) -> Value {
    let members = definition.as_object().into_iter().flatten();
    let members = members.filter(|(name, _)| STORED.contains(&name.as_str()));
    let members = members.map(|(name, value)| (name.clone(), value.clone()));
    Value::Object(members.collect::<Map<_, _>>())
}
