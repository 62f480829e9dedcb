//! Collisions of names.

use super::{Entry, Severity, subject};
use crate::diagnostic::{Diagnostic, Label, Location};

pub(super) static SAME_FIELD_NAME: Entry = Entry {
    code: "C0401",
    name: "same-field-name",
    severity: Severity::Error,
    title: "Two properties of one object get the same name in Rust.",
    explanation: include_str!("../explanations/same-field-name.md"),
};

pub(super) static SAME_TYPE_NAME: Entry = Entry {
    code: "C0402",
    name: "same-type-name",
    severity: Severity::Error,
    title: "Two items get the same type name in Rust.",
    explanation: include_str!("../explanations/same-type-name.md"),
};

pub(super) static RESERVED_NAME: Entry = Entry {
    code: "C0403",
    name: "reserved-name",
    severity: Severity::Error,
    title: "A name is reserved for an item that is generated for every definition.",
    explanation: include_str!("../explanations/reserved-name.md"),
};

pub(super) static SAME_VARIANT_NAME: Entry = Entry {
    code: "C0404",
    name: "same-variant-name",
    severity: Severity::Error,
    title: "Two values of one enum get the same name in Rust.",
    explanation: include_str!("../explanations/same-variant-name.md"),
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

/// Two properties of one object have the same name in Rust.
pub(crate) fn same_field_name(
    first: Location,
    first_name: &str,
    second: Location,
    second_name: &str,
    rust_name: &str,
) -> Diagnostic {
    let help = if subject::has_schema(&second) {
        "give one of them another name in Rust with `x-rust-name: other_name` in its schema"
    } else {
        "rename one of them"
    };
    both(
        &SAME_FIELD_NAME,
        format!("`{first_name}` and `{second_name}` are both `{rust_name}` in Rust"),
        first,
        second,
        rust_name,
    )
    .with_help(help)
}

/// Two items need the same type name.
pub(crate) fn same_type_name(first: Location, second: Location, rust_name: &str) -> Diagnostic {
    let message = format!(
        "{} and {} both need the name `{rust_name}` in Rust",
        subject::describe_at(&first),
        subject::describe_at(&second)
    );
    let help = if subject::has_schema(&second) {
        "rename one of them, or give its schema `x-rust-name: OtherName`"
    } else {
        "rename one of them"
    };
    let [first, second] = [first, second].map(|place| subject::name_of(&place));
    both(&SAME_TYPE_NAME, message, first, second, rust_name).with_help(help)
}

/// Two values of one enum have the same name in Rust.
pub(crate) fn same_variant_name(
    first: (&str, Location),
    second: (&str, Location),
    rust_name: &str,
) -> Diagnostic {
    both(
        &SAME_VARIANT_NAME,
        format!(
            "the values `{}` and `{}` are both `{rust_name}` in Rust",
            first.0, second.0
        ),
        first.1,
        second.1,
        rust_name,
    )
    .with_help(format!(
        "name one of them beside the `enum`, as in `x-rust-names: {{ \"{}\": OtherName }}`",
        second.0
    ))
}

/// The same for a secret, without its values and their names.
pub(crate) fn same_secret_variant_name(first: Location, second: Location) -> Diagnostic {
    Diagnostic::new(
        &SAME_VARIANT_NAME,
        "two values of a secret have the same name in Rust",
        Label::new(second, "this value"),
    )
    .with_secondary(Label::new(first, "has the same name"))
    .with_help("name one of them beside the `enum`, with `x-rust-names`")
}

/// An item has a reserved name in Rust.
pub(crate) fn reserved_name(place: Location, rust_name: &str) -> Diagnostic {
    let item = subject::describe_at(&place);
    Diagnostic::new(
        &RESERVED_NAME,
        format!("{item} would be `{rust_name}` in Rust, which is a reserved name"),
        Label::new(place, "this name is reserved"),
    )
    .with_help("choose another name")
}

fn both(
    entry: &'static Entry,
    message: String,
    first: Location,
    second: Location,
    rust_name: &str,
) -> Diagnostic {
    Diagnostic::new(
        entry,
        message,
        Label::new(second, format!("also `{rust_name}`")),
    )
    .with_secondary(Label::new(
        first,
        format!("`{rust_name}` first comes from here"),
    ))
}
