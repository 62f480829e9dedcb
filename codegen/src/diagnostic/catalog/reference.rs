//! References that cannot be resolved.

use super::{Entry, Severity};
use crate::diagnostic::suggest::{list, nearest};
use crate::diagnostic::{Diagnostic, Label, Location};

pub(super) static MISSING_ENTITY: Entry = Entry {
    code: "C0201",
    name: "missing-entity",
    severity: Severity::Error,
    title: "A schema refers to an entity that the definition does not have.",
    explanation: include_str!("../explanations/missing-entity.md"),
};

pub(super) static DANGLING_REFERENCE: Entry = Entry {
    code: "C0202",
    name: "dangling-reference",
    severity: Severity::Error,
    title: "A reference cannot be resolved.",
    explanation: include_str!("../explanations/dangling-reference.md"),
};

pub(super) static REMOTE_REFERENCE: Entry = Entry {
    code: "C0203",
    name: "remote-reference",
    severity: Severity::Error,
    title: "A reference needs the network.",
    explanation: include_str!("../explanations/remote-reference.md"),
};

pub(super) static BARE_REFERENCE: Entry = Entry {
    code: "C0204",
    name: "bare-reference",
    severity: Severity::Error,
    title: "A bare name is used as a reference outside of an interface.",
    explanation: include_str!("../explanations/bare-reference.md"),
};

pub(super) static CIRCULAR_REFERENCE: Entry = Entry {
    code: "C0205",
    name: "circular-reference",
    severity: Severity::Error,
    title: "A reference is circular.",
    explanation: include_str!("../explanations/circular-reference.md"),
};

pub(super) static DUPLICATE_ID: Entry = Entry {
    code: "C0206",
    name: "duplicate-id",
    severity: Severity::Error,
    title: "Two schemas have the same `$id` or the same anchor.",
    explanation: include_str!("../explanations/duplicate-id.md"),
};

/// There is no entity with this name; `entities` are the entities of the definition.
pub(crate) fn missing_entity<'a>(
    place: Location,
    name: &str,
    entities: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let entities: Vec<_> = entities.into_iter().collect();
    let help = match (nearest(name, entities.iter().copied()), entities.is_empty()) {
        (Some(meant), _) => format!("did you mean `#/entities/{meant}`?"),
        (None, true) => format!("declare `{name}` under `entities`: the definition has none yet"),
        (None, false) => {
            format!(
                "declare `{name}` under `entities`, or use one of {}",
                list(entities, "and")
            )
        }
    };
    Diagnostic::new(
        &MISSING_ENTITY,
        format!("there is no entity `{name}`"),
        Label::new(place, "refers to a missing entity"),
    )
    .with_help(help)
}

/// A reference cannot be resolved, for a reason.
pub(crate) fn dangling_reference(place: Location, reference: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(
        &DANGLING_REFERENCE,
        format!("the reference `{reference}` cannot be resolved"),
        Label::new(place, reason),
    )
    .with_help("declare the target, or correct the reference: `#` is the schema that contains it")
}

/// Neither the schema nor the file has a definition of this name; `known` are those of both.
pub(crate) fn missing_definition<'a>(
    place: Location,
    reference: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let help = match nearest(name, known) {
        Some(meant) => format!("did you mean `#/definitions/{meant}`?"),
        None => format!("declare `{name}` under `definitions` of the schema or of the file"),
    };
    Diagnostic::new(
        &DANGLING_REFERENCE,
        format!("the reference `{reference}` cannot be resolved"),
        Label::new(place, format!("there is no `{name}` in `#/definitions`")),
    )
    .with_help(help)
}

/// A reference is an address of the network, or is relative to one.
pub(crate) fn remote_reference(place: Location, reference: &str, address: &str) -> Diagnostic {
    let label = if reference.starts_with(address) {
        "nothing is fetched".to_owned()
    } else {
        format!("resolves to `{address}` by the `$id` around it; nothing is fetched")
    };
    Diagnostic::new(
        &REMOTE_REFERENCE,
        format!("the reference `{reference}` needs the network"),
        Label::new(place, label),
    )
    .with_help("save the schema beside the definition and refer to the file")
}

/// A reference is a bare name.
pub(crate) fn bare_reference(place: Location, name: &str) -> Diagnostic {
    Diagnostic::new(
        &BARE_REFERENCE,
        format!("the bare reference `{name}` is allowed in interfaces only"),
        Label::new(place, "not a reference to an entity here"),
    )
    .with_help(format!("write `#/entities/{name}`"))
}

/// A chain of references never ends.
///
/// If it is not a chain, it also goes through keywords like `allOf`.
pub(crate) fn circular_reference(place: Location, reference: &str, is_chain: bool) -> Diagnostic {
    let (label, help) = if is_chain {
        (
            "never reaches a schema",
            "write the schema that is meant in place of one of the references in the cycle",
        )
    } else {
        (
            "makes the schema a part of itself",
            "remove one of the references in the cycle: a schema may contain itself below \
             `properties` or `items` only",
        )
    };
    Diagnostic::new(
        &CIRCULAR_REFERENCE,
        format!("the reference `{reference}` is circular"),
        Label::new(place, label),
    )
    .with_help(help)
}

/// Two schemas have the same `$id` or the same anchor.
pub(crate) fn duplicate_id(second: Location, first: Location) -> Diagnostic {
    Diagnostic::new(
        &DUPLICATE_ID,
        "two schemas have the same address",
        Label::new(second, "already taken"),
    )
    .with_secondary(Label::new(first, "first given here"))
    .with_help("give one of them another `$id` or anchor")
}
