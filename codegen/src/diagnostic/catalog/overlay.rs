//! Overlays that do not fit their base.

use super::{Entry, Severity};
use crate::diagnostic::suggest::{list, nearest};
use crate::diagnostic::{Diagnostic, Label, Location};

pub(super) static NESTED_BASE: Entry = Entry {
    code: "C0901",
    name: "nested-base",
    severity: Severity::Error,
    title: "A base names a base itself.",
    explanation: include_str!("../explanations/nested-base.md"),
};

pub(super) static NO_CHANGE: Entry = Entry {
    code: "C0902",
    name: "no-change",
    severity: Severity::Warning,
    title: "An overlay repeats a value of its base.",
    explanation: include_str!("../explanations/no-change.md"),
};

pub(super) static NOTHING_TO_REMOVE: Entry = Entry {
    code: "C0903",
    name: "nothing-to-remove",
    severity: Severity::Warning,
    title: "An overlay removes a property that its base does not have.",
    explanation: include_str!("../explanations/nothing-to-remove.md"),
};

pub(super) static NOT_IN_BASE: Entry = Entry {
    code: "C0904",
    name: "not-in-base",
    severity: Severity::Warning,
    title: "An overlay describes a part that its base does not have.",
    explanation: include_str!("../explanations/not-in-base.md"),
};

/// The base of a definition has a base itself.
pub(crate) fn nested_base(place: Location, second: Location) -> Diagnostic {
    Diagnostic::new(
        &NESTED_BASE,
        "the base has a base itself",
        Label::new(place, "this file is an overlay"),
    )
    .with_secondary(Label::new(second, "it names its base here"))
    .with_help("name the file that `bp read --json` printed, and move the changes into one overlay")
}

/// A value of an overlay is that of the base.
pub(crate) fn no_change(place: Location, base: Location) -> Diagnostic {
    Diagnostic::new(
        &NO_CHANGE,
        "the overlay changes nothing here",
        Label::new(place, "has no effect"),
    )
    .with_secondary(Label::new(base, "the base has the same"))
    .with_help("remove it: values that are not in the overlay stay as they are in the base")
}

/// An overlay removes something that is not there; `known` is there.
pub(crate) fn nothing_to_remove<'a>(
    place: Location,
    name: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let otherwise = "remove it: an overlay cannot hold the value `null`";
    Diagnostic::new(
        &NOTHING_TO_REMOVE,
        format!("the base has no `{name}` to remove"),
        Label::new(place, "`null` removes a property of the base"),
    )
    .with_help(suggestion(name, known, otherwise))
}

/// An overlay describes something that is not there; `known` is there.
pub(crate) fn not_in_base<'a>(
    place: Location,
    name: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let otherwise = "give it a schema, or correct its name";
    Diagnostic::new(
        &NOT_IN_BASE,
        format!("the base has no `{name}` to describe"),
        Label::new(place, "becomes a part without a schema"),
    )
    .with_help(suggestion(name, known, otherwise))
}

fn suggestion<'a>(name: &str, known: impl Iterator<Item = &'a str>, otherwise: &str) -> String {
    let known: Vec<_> = known.collect();
    match nearest(name, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if known.is_empty() || known.len() > 9 => otherwise.to_owned(),
        None => format!("{otherwise}; the base has {}", list(known, "and")),
    }
}
