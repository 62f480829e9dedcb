//! Values that Botpress refuses.

use super::{Entry, Severity, subject};
use crate::diagnostic::{Diagnostic, Label, Location, Pointer};

pub(super) static TEXT_TOO_LONG: Entry = Entry {
    code: "C0601",
    name: "text-too-long",
    severity: Severity::Warning,
    title: "A string is longer than Botpress allows.",
    explanation: include_str!("../explanations/text-too-long.md"),
};

pub(super) static EMPTY_TITLE: Entry = Entry {
    code: "C0602",
    name: "empty-title",
    severity: Severity::Warning,
    title: "The title of the integration is empty.",
    explanation: include_str!("../explanations/empty-title.md"),
};

pub(super) static INTERFACE_ID: Entry = Entry {
    code: "C0603",
    name: "interface-id",
    severity: Severity::Warning,
    title: "The identifier of an interface has a length that Botpress does not use.",
    explanation: include_str!("../explanations/interface-id.md"),
};

pub(super) static NOT_CAMEL_CASE: Entry = Entry {
    code: "C0604",
    name: "not-camel-case",
    severity: Severity::Warning,
    title: "A name is not in camelCase, or has other characters than letters and digits.",
    explanation: include_str!("../explanations/not-camel-case.md"),
};

/// A text has more characters than Botpress allows.
pub(crate) fn text_too_long(
    place: Location,
    pointer: &Pointer,
    length: usize,
    most: usize,
) -> Diagnostic {
    Diagnostic::new(
        &TEXT_TOO_LONG,
        format!("{} is too long for Botpress", text(pointer)),
        Label::new(place, format!("{length} characters, {most} at most")),
    )
    .with_help(format!("shorten it by {}", characters(length - most)))
}

/// The title of the integration is empty.
pub(crate) fn empty_title(place: Location) -> Diagnostic {
    Diagnostic::new(
        &EMPTY_TITLE,
        "the title of the integration is empty",
        Label::new(place, "Botpress requires at least one character"),
    )
    .with_help("write a title, or remove the property")
}

/// The identifier of an interface has a length that Botpress does not use.
pub(crate) fn interface_id(
    place: Location,
    pointer: &Pointer,
    length: usize,
    least: usize,
    most: usize,
) -> Diagnostic {
    Diagnostic::new(
        &INTERFACE_ID,
        format!("{} is not a Botpress identifier", text(pointer)),
        Label::new(
            place,
            format!("{}, not {least} to {most}", characters(length)),
        ),
    )
    .with_help("write the identifier that Botpress gave to the interface, or remove `id`")
}

/// A name is not in camelCase; `suggestion` is a similar name that is.
pub(crate) fn not_camel_case(
    place: Location,
    pointer: &Pointer,
    suggestion: Option<&str>,
) -> Diagnostic {
    let help = match suggestion {
        Some(suggestion) => format!("rename it to `{suggestion}`"),
        None => "use letters from a to z and digits, and start with a lowercase letter".to_owned(),
    };
    Diagnostic::new(
        &NOT_CAMEL_CASE,
        format!("{} is not in camelCase", subject::describe(pointer)),
        Label::new(place, "Botpress rejects this name"),
    )
    .with_help(help)
}

/// A name is too short or too long.
pub(crate) fn name_length(place: Location, pointer: &Pointer, length: usize) -> Diagnostic {
    let item = subject::describe(pointer);
    Diagnostic::new(
        &NOT_CAMEL_CASE,
        format!("{item} has a name of {}", characters(length)),
        Label::new(place, "Botpress accepts names of 2 to 100 characters"),
    )
    .with_help("choose another name")
}

/// A text and its owner, as in `` `title` of the action `createIssue` ``.
fn text(pointer: &Pointer) -> String {
    match pointer.parent() {
        Some(parent) if parent.last().as_deref() == Some("attributes") => {
            subject::describe(pointer)
        }
        Some(parent) if parent != Pointer::root() => {
            format!(
                "{} of {}",
                subject::name(pointer),
                subject::describe(&parent)
            )
        }
        _ => subject::name(pointer),
    }
}

fn characters(count: usize) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} character{plural}")
}
