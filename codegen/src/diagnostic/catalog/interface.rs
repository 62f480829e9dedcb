//! Interfaces that cannot be implemented.

use super::reference::MISSING_ENTITY;
use super::{Entry, Severity};
use crate::diagnostic::suggest::{list, nearest};
use crate::diagnostic::{Diagnostic, Label, Location};

pub(super) static UNKNOWN_PART: Entry = Entry {
    code: "C0801",
    name: "unknown-interface-part",
    severity: Severity::Error,
    title: "The interface has no entity, action, event or channel with this name.",
    explanation: include_str!("../explanations/unknown-interface-part.md"),
};

pub(super) static MISSING_SUBSTITUTION: Entry = Entry {
    code: "C0802",
    name: "missing-substitution",
    severity: Severity::Error,
    title: "An entity of an interface is not mapped to an entity of the definition.",
    explanation: include_str!("../explanations/missing-substitution.md"),
};

pub(super) static UNMERGEABLE_SCHEMAS: Entry = Entry {
    code: "C0803",
    name: "unmergeable-schemas",
    severity: Severity::Error,
    title: "The schemas of an interface and of the definition cannot be merged.",
    explanation: include_str!("../explanations/unmergeable-schemas.md"),
};

pub(super) static DUPLICATE_INTERFACE: Entry = Entry {
    code: "C0804",
    name: "duplicate-interface",
    severity: Severity::Error,
    title: "An interface is implemented twice with the same entities.",
    explanation: include_str!("../explanations/duplicate-interface.md"),
};

/// An interface does not have an item; `known` are its items.
pub(crate) fn unknown_part(
    place: Location,
    interface: &str,
    noun: &str,
    name: &str,
    known: &[&str],
) -> Diagnostic {
    let help = match (nearest(name, known.iter().copied()), known.is_empty()) {
        (Some(meant), _) => format!("did you mean `{meant}`?"),
        (None, true) => "remove it: the interface declares nothing of this kind".to_owned(),
        (None, false) => format!("write {}", list(known.iter().copied(), "or")),
    };
    Diagnostic::new(
        &UNKNOWN_PART,
        format!("the interface `{interface}` has no {noun} `{name}`"),
        Label::new(place, "not in the interface"),
    )
    .with_help(help)
}

/// The entity for an interface's entity is missing; `entities` are the entities of the definition.
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

/// An entity of an interface is not mapped.
pub(crate) fn missing_substitution(
    place: Location,
    declared: Location,
    interface: &str,
    entity: &str,
) -> Diagnostic {
    Diagnostic::new(
        &MISSING_SUBSTITUTION,
        format!("the entity `{entity}` of the interface `{interface}` is not mapped"),
        Label::new(place, format!("needs an entity for `{entity}`")),
    )
    .with_secondary(Label::new(declared, "declared here"))
    .with_help(format!(
        "map it to an entity of the definition: `entities: {{ {entity}: … }}`"
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
        "write both as objects with properties or both as maps, or rename the interface's item under `extends`",
    )
}

/// An interface is implemented twice.
pub(crate) fn duplicate_interface(place: Location, key: &str) -> Diagnostic {
    Diagnostic::new(
        &DUPLICATE_INTERFACE,
        format!("the interface `{key}` is implemented twice"),
        Label::new(place, "already implemented"),
    )
    .with_help("remove one of the two, or give them different entities")
}
