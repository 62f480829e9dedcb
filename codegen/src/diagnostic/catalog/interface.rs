//! Interfaces that cannot be implemented as the definition says.

use super::reference::MISSING_ENTITY;
use super::{Entry, Severity};
use crate::diagnostic::suggest::{list, nearest};
use crate::diagnostic::{Diagnostic, Label, Location};

pub(super) static UNKNOWN_PART: Entry = Entry {
    code: "C0801",
    name: "unknown-interface-part",
    severity: Severity::Error,
    title: "An interface has no entity, action, event or channel of that name.",
    explanation: include_str!("../explanations/unknown-interface-part.md"),
};

pub(super) static MISSING_SUBSTITUTION: Entry = Entry {
    code: "C0802",
    name: "missing-substitution",
    severity: Severity::Error,
    title: "No entity of the definition takes the place of one of an interface.",
    explanation: include_str!("../explanations/missing-substitution.md"),
};

pub(super) static UNMERGEABLE_SCHEMAS: Entry = Entry {
    code: "C0803",
    name: "unmergeable-schemas",
    severity: Severity::Error,
    title: "An interface and the definition declare the same with schemas that cannot be merged.",
    explanation: include_str!("../explanations/unmergeable-schemas.md"),
};

pub(super) static DUPLICATE_INTERFACE: Entry = Entry {
    code: "C0804",
    name: "duplicate-interface",
    severity: Severity::Error,
    title: "An interface is implemented twice with the same entities.",
    explanation: include_str!("../explanations/duplicate-interface.md"),
};

/// An interface has nothing of that kind with that name; `known` is what it has.
pub(crate) fn unknown_part(
    place: Location,
    interface: &str,
    noun: &str,
    name: &str,
    known: &[&str],
) -> Diagnostic {
    let help = match (nearest(name, known.iter().copied()), known.is_empty()) {
        (Some(meant), _) => format!("did you mean `{meant}`?"),
        (None, true) => format!("remove it: the interface has nothing of the kind {noun}"),
        (None, false) => format!("write {}", list(known.iter().copied(), "or")),
    };
    Diagnostic::new(
        &UNKNOWN_PART,
        format!("the interface `{interface}` has no {noun} `{name}`"),
        Label::new(place, "not in the interface"),
    )
    .with_help(help)
}

/// The entity that is to take the place of an interface's is missing; `entities` are those that there are.
pub(crate) fn missing_substitute(place: Location, name: &str, entities: &[&str]) -> Diagnostic {
    let help = match (nearest(name, entities.iter().copied()), entities.is_empty()) {
        (Some(meant), _) => format!("did you mean `{meant}`?"),
        (None, true) => format!("declare `{name}` under `entities`: the definition has none yet"),
        (None, false) => {
            let known = list(entities.iter().copied(), "and");
            format!("declare `{name}` under `entities`, or use one of {known}")
        }
    };
    Diagnostic::new(
        &MISSING_ENTITY,
        format!("there is no entity `{name}`"),
        Label::new(place, "refers to a missing entity"),
    )
    .with_help(help)
}

/// An entity of an interface has no substitute.
pub(crate) fn missing_substitution(
    place: Location,
    declared: Location,
    interface: &str,
    entity: &str,
) -> Diagnostic {
    Diagnostic::new(
        &MISSING_SUBSTITUTION,
        format!("no entity takes the place of `{entity}` of the interface `{interface}`"),
        Label::new(place, format!("needs an entity for `{entity}`")),
    )
    .with_secondary(Label::new(declared, "declared here"))
    .with_help(format!(
        "say which of the definition's entities it is: `entities: {{ {entity}: … }}`"
    ))
}

/// The schemas of the definition and of an interface cannot be merged.
pub(crate) fn unmergeable_schemas(own: Location, theirs: Location) -> Diagnostic {
    Diagnostic::new(
        &UNMERGEABLE_SCHEMAS,
        "the schema cannot be merged with that of the interface",
        Label::new(own, "declared by the definition"),
    )
    .with_secondary(Label::new(theirs, "declared by the interface"))
    .with_help(
        "write both as objects with properties or both as maps, or give the interface's part another name under \
         `extends`",
    )
}

/// An interface is implemented twice.
pub(crate) fn duplicate_interface(place: Location, key: &str) -> Diagnostic {
    Diagnostic::new(
        &DUPLICATE_INTERFACE,
        format!("the interface `{key}` is implemented twice"),
        Label::new(place, "is implemented already"),
    )
    .with_help("remove one of the two, or give them different entities")
}
