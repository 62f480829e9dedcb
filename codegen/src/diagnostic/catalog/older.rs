//! Older versions that a definition names.

use super::{Entry, Severity};
use crate::diagnostic::suggest::list;
use crate::diagnostic::{Diagnostic, Label, Location};

pub(super) static OTHER_INTEGRATION: Entry = Entry {
    code: "C1001",
    name: "other-integration",
    severity: Severity::Error,
    title: "An older version is one of another integration.",
    explanation: include_str!("../explanations/other-integration.md"),
};

pub(super) static NOT_OLDER: Entry = Entry {
    code: "C1002",
    name: "not-older",
    severity: Severity::Error,
    title: "A file under `migratesFrom` is not an older version.",
    explanation: include_str!("../explanations/not-older.md"),
};

pub(super) static DUPLICATE_VERSION: Entry = Entry {
    code: "C1003",
    name: "duplicate-version",
    severity: Severity::Error,
    title: "Two files under `migratesFrom` have one version.",
    explanation: include_str!("../explanations/duplicate-version.md"),
};

pub(super) static AMBIGUOUS_VERSIONS: Entry = Entry {
    code: "C1004",
    name: "ambiguous-versions",
    severity: Severity::Error,
    title: "A stored value can be one of two older versions.",
    explanation: include_str!("../explanations/ambiguous-versions.md"),
};

pub(super) static MIGRATION_ORDER: Entry = Entry {
    code: "C1005",
    name: "migration-order",
    severity: Severity::Error,
    title: "`migrationOrder` does not list the versions of `migratesFrom`.",
    explanation: include_str!("../explanations/migration-order.md"),
};

/// A file is of another integration.
pub(crate) fn other_integration(place: Location, name: &str, today: &str) -> Diagnostic {
    Diagnostic::new(
        &OTHER_INTEGRATION,
        format!("this is a version of `{name}`, not of `{today}`"),
        Label::new(place, "names another integration"),
    )
    .with_help(format!("name a file with an older version of `{today}`"))
}

/// A file is not of an older version.
pub(crate) fn not_older(place: Location, version: &str, today: &str) -> Diagnostic {
    Diagnostic::new(
        &NOT_OLDER,
        format!("version {version} is not older than {today}"),
        Label::new(place, format!("its version is {version}")),
    )
    .with_help("keep a copy of the definition as it was published, with the version of that time")
}

/// A file has no version that can be compared.
pub(crate) fn no_version(place: Location, version: &str) -> Diagnostic {
    Diagnostic::new(
        &NOT_OLDER,
        format!("`{version}` is not a semantic version"),
        Label::new(place, format!("its version is {version}")),
    )
    .with_help("write the version of that file like `1.0.0`")
}

/// Two files have one version.
pub(crate) fn duplicate_version(second: Location, first: Location, version: &str) -> Diagnostic {
    Diagnostic::new(
        &DUPLICATE_VERSION,
        format!("version {version} is there twice"),
        Label::new(second, "the same version"),
    )
    .with_secondary(Label::new(first, "first here"))
    .with_help("remove one of the files from the list")
}

/// Two versions have one name in the code.
pub(crate) fn one_module(
    second: Location,
    first: Location,
    [first_version, second_version]: [&str; 2],
    module: &str,
) -> Diagnostic {
    Diagnostic::new(
        &DUPLICATE_VERSION,
        format!(
            "versions {first_version} and {second_version} have the same name in Rust, `{module}`"
        ),
        Label::new(second, format!("version {second_version}")),
    )
    .with_secondary(Label::new(first, format!("version {first_version}")))
    .with_help("remove one of the files from the list")
}

/// A value may be one of two versions, the newer one first.
pub(crate) fn ambiguous_versions(
    newer: Location,
    elder: Location,
    [newer_version, elder_version]: &[&str; 2],
    what: &str,
    is_proved: bool,
    order: &[&str],
) -> Diagnostic {
    let can = if is_proved { "can" } else { "may" };
    Diagnostic::new(
        &AMBIGUOUS_VERSIONS,
        format!(
            "a stored value of {what} {can} fit version {newer_version} and version {elder_version}"
        ),
        Label::new(newer, format!("version {newer_version}")),
    )
    .with_secondary(Label::new(elder, format!("version {elder_version}")))
    .with_help(format!(
        "say which version is tried first, such as `migrationOrder: [{}]`",
        order.join(", ")
    ))
}

/// The order has a version that there is not.
pub(crate) fn unknown_version<'a>(
    place: Location,
    version: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let known: Vec<_> = known.collect();
    let diagnostic = Diagnostic::new(
        &MIGRATION_ORDER,
        format!("no file under `migratesFrom` has version {version}"),
        Label::new(place, "unknown version"),
    );
    if known.is_empty() {
        diagnostic.with_help("remove `migrationOrder`")
    } else {
        diagnostic.with_help(format!("the versions are {}", list(known, "and")))
    }
}

/// The order lacks a version.
pub(crate) fn incomplete_order(place: Location, version: &str) -> Diagnostic {
    Diagnostic::new(
        &MIGRATION_ORDER,
        format!("version {version} is not in the order"),
        Label::new(place, format!("lacks {version}")),
    )
    .with_help("list each version of `migratesFrom` once")
}

/// The order has a version twice.
pub(crate) fn repeated_version(second: Location, first: Location, version: &str) -> Diagnostic {
    Diagnostic::new(
        &MIGRATION_ORDER,
        format!("version {version} is in the order twice"),
        Label::new(second, "the same version"),
    )
    .with_secondary(Label::new(first, "first here"))
    .with_help("list each version of `migratesFrom` once")
}
