//! Names that fold into one in Rust.

use super::{Entry, Severity, subject};
use crate::diagnostic::{Diagnostic, Label, Location};

pub(super) static CHOSEN_TWICE: Entry = Entry {
    code: "C0401",
    name: "name-chosen-twice",
    severity: Severity::Error,
    title: "`x-rust-name` gives two things in one scope the same name.",
    explanation: include_str!("../explanations/name-chosen-twice.md"),
};

pub(super) static FOLDED_NAME: Entry = Entry {
    code: "C0402",
    name: "folded-name",
    severity: Severity::Warning,
    title: "Two names fold into one in Rust, and the second one gets another name.",
    explanation: include_str!("../explanations/folded-name.md"),
};

pub(super) static NAME_WITHOUT_LETTERS: Entry = Entry {
    code: "C0405",
    name: "name-without-letters",
    severity: Severity::Warning,
    title: "The name of a property has neither letters nor digits.",
    explanation: include_str!("../explanations/name-without-letters.md"),
};

/// A property has a name that says nothing in Rust.
pub(crate) fn name_without_letters(place: Location, wire: &str, rust_name: &str) -> Diagnostic {
    Diagnostic::new(
        &NAME_WITHOUT_LETTERS,
        format!("the property `{wire}` is `{rust_name}` in Rust"),
        Label::new(place, "has neither letters nor digits"),
    )
    .with_help("choose a name with `x-rust-name: other_name` in its schema")
}

/// `x-rust-name` gives the same name twice.
pub(crate) fn chosen_twice(first: Location, second: Location, rust_name: &str) -> Diagnostic {
    let [first, second] = [first, second].map(choice);
    Diagnostic::new(
        &CHOSEN_TWICE,
        format!("two things are called `{rust_name}`"),
        Label::new(second, "this name is given"),
    )
    .with_secondary(Label::new(first, "and was given here before"))
    .with_help("choose another name for one of them")
}

/// `x-rust-names` gives two values of a secret the same name, which is not shown and neither are the values.
pub(crate) fn chosen_twice_for_secret(first: Location, second: Location) -> Diagnostic {
    Diagnostic::new(
        &CHOSEN_TWICE,
        "two values of a secret are given the same name",
        Label::new(second, "the name of this value"),
    )
    .with_secondary(Label::new(first, "was given to this one before"))
    .with_help("choose another name for one of them in `x-rust-names`")
}

/// The place of the chosen name of a schema, or of the value of an enum.
fn choice(place: Location) -> Location {
    match place.pointer() {
        Some(pointer) if !pointer.names().any(|name| name == "x-rust-names") => {
            Location::value(place.file, pointer.child("x-rust-name"))
        }
        _ => place,
    }
}

/// Two members of one scope fold into one name.
pub(crate) fn folded(
    first: (&str, Location),
    second: (&str, Location),
    rust_name: &str,
) -> Diagnostic {
    let help = if subject::has_schema(&second.1) {
        "choose a name with `x-rust-name: other_name` in the schema of one of them"
    } else {
        "rename one of them if you prefer another name"
    };
    told_apart("", first, second, rust_name).with_help(help)
}

/// Two values of one enum fold into one name.
pub(crate) fn folded_values(
    first: (&str, Location),
    second: (&str, Location),
    rust_name: &str,
) -> Diagnostic {
    let help = format!(
        "choose a name beside the `enum`, as in `x-rust-names: {{ \"{}\": OtherName }}`",
        second.0
    );
    told_apart("the values ", first, second, rust_name).with_help(help)
}

fn told_apart(
    kind: &str,
    (first, at_first): (&str, Location),
    (second, at_second): (&str, Location),
    rust_name: &str,
) -> Diagnostic {
    Diagnostic::new(
        &FOLDED_NAME,
        format!("{kind}`{first}` and `{second}` have the same name in Rust"),
        Label::new(at_second, format!("is called `{rust_name}` instead")),
    )
    .with_secondary(Label::new(
        at_first,
        "keeps the name, since it is the first",
    ))
}

/// The same for values of a secret, without the values and their names.
pub(crate) fn folded_secret_values(first: Location, second: Location) -> Diagnostic {
    Diagnostic::new(
        &FOLDED_NAME,
        "two values of a secret have the same name in Rust",
        Label::new(second, "this value gets another name"),
    )
    .with_secondary(Label::new(first, "keeps the name, since it is the first"))
    .with_help("choose a name beside the `enum` with `x-rust-names`")
}

/// Two types fold into one name.
pub(crate) fn folded_types(
    first: Location,
    second: Location,
    folded: &str,
    rust_name: &str,
) -> Diagnostic {
    let message = format!(
        "{} and {} both have a type `{folded}` in Rust",
        subject::describe_at(&first),
        subject::describe_at(&second)
    );
    let help = if subject::has_schema(&second) {
        "choose a name with `x-rust-name: OtherName` in the schema of one of them"
    } else {
        "rename one of them if you prefer another name"
    };
    Diagnostic::new(
        &FOLDED_NAME,
        message,
        Label::new(second, format!("is called `{rust_name}` instead")),
    )
    .with_secondary(Label::new(first, "keeps the name"))
    .with_help(help)
}
