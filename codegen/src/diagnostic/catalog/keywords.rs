//! Keywords and formats that have no effect.

use super::{Entry, Severity};
use crate::diagnostic::suggest::list;
use crate::diagnostic::{Diagnostic, Label, Location};

pub(super) static UNKNOWN_KEYWORD: Entry = Entry {
    code: "C0306",
    name: "unknown-keyword",
    severity: Severity::Warning,
    title: "A keyword is not one of JSON Schema, and has no effect.",
    explanation: include_str!("../explanations/unknown-keyword.md"),
};

pub(super) static UNKNOWN_FORMAT: Entry = Entry {
    code: "C0307",
    name: "unknown-format",
    severity: Severity::Warning,
    title: "A format is not one of JSON Schema, and is not checked.",
    explanation: include_str!("../explanations/unknown-format.md"),
};

pub(super) static KEYWORD_WITHOUT_EFFECT: Entry = Entry {
    code: "C0308",
    name: "keyword-without-effect",
    severity: Severity::Warning,
    title: "A keyword has no effect where it is.",
    explanation: include_str!("../explanations/keyword-without-effect.md"),
};

/// A keyword that JSON Schema does not have, and the keyword that was meant.
pub(crate) fn misspelt_keyword(place: Location, name: &str, meant: &str) -> Diagnostic {
    unknown_keyword(place, name).with_help(format!("did you mean `{meant}`?"))
}

/// A keyword of another language for types that may be absent or null.
pub(crate) fn foreign_keyword(place: Location, name: &str) -> Diagnostic {
    let help = match name {
        "nullable" => "add `null` to the types: `type: [string, \"null\"]`",
        _ => "leave the property out of `required`: what is not listed there may be absent",
    };
    unknown_keyword(place, name).with_help(help)
}

/// A property that is beside `properties` instead of in it.
pub(crate) fn misplaced_property(place: Location, name: &str) -> Diagnostic {
    unknown_keyword(place, name).with_help(format!(
        "if `{name}` is a property, move it into `properties`"
    ))
}

fn unknown_keyword(place: Location, name: &str) -> Diagnostic {
    Diagnostic::new(
        &UNKNOWN_KEYWORD,
        format!("unknown keyword `{name}`"),
        Label::new(place, "not a keyword of JSON Schema, so it has no effect"),
    )
}

/// A format that is not checked; `meant` is the one that was likely meant.
pub(crate) fn unknown_format(place: Location, name: &str, meant: Option<&str>) -> Diagnostic {
    let help = match (name, meant) {
        ("password", _) => {
            "mark a secret with `x-zui: { secret: true }`, and remove the format".to_owned()
        }
        (_, Some(meant)) => format!("did you mean `{meant}`?"),
        (_, None) => "write a `pattern`, or remove the format".to_owned(),
    };
    Diagnostic::new(
        &UNKNOWN_FORMAT,
        format!("unknown format `{name}`"),
        Label::new(place, "not a format of JSON Schema, so it is not checked"),
    )
    .with_help(help)
}

/// Keywords beside a `$ref`, in a draft that ignores them.
pub(crate) fn beside_reference(place: Location, names: &[&str]) -> Diagnostic {
    let have = if names.len() == 1 { "has" } else { "have" };
    without_effect(
        place,
        format!(
            "{} beside `$ref` {have} no effect",
            list(names.iter().copied(), "and")
        ),
        "draft 7 ignores it here",
    )
    .with_help("move the reference into `allOf: [{ $ref: … }]`, or name a later draft in `$schema`")
}

/// A keyword for values that the schema's `type` excludes.
pub(crate) fn keyword_of_other_type(
    place: Location,
    name: &str,
    of: &[&str],
    types: &[&str],
) -> Diagnostic {
    let of = list(of.iter().copied(), "and");
    without_effect(
        place,
        format!(
            "`{name}` has no effect on {}",
            list(types.iter().copied(), "and")
        ),
        format!("constrains {of} only"),
    )
    .with_help("correct the `type`, or remove the keyword")
}

/// A keyword of a later draft.
pub(crate) fn keyword_of_later_draft(place: Location, name: &str, since: &str) -> Diagnostic {
    let help =
        "add `$schema: https://json-schema.org/draft/2020-12/schema` to the outermost schema";
    without_effect(
        place,
        format!("`{name}` has no effect in this draft"),
        format!("only drafts from {since} on have it"),
    )
    .with_help(help)
}

/// A keyword without the one that it belongs to.
pub(crate) fn keyword_without_partner(place: Location, name: &str, partner: &str) -> Diagnostic {
    without_effect(
        place,
        format!("`{name}` has no effect without `{partner}`"),
        format!("needs `{partner}` beside it"),
    )
    .with_help(format!("add `{partner}`, or remove the keyword"))
}

fn without_effect(place: Location, message: String, label: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&KEYWORD_WITHOUT_EFFECT, message, Label::new(place, label))
}
