//! Definitions that do not match the format.

use serde_json::Value;

use super::impossible::put_in_quotes;
use super::{Entry, Severity, subject};
use crate::diagnostic::suggest::{list, nearest};
use crate::diagnostic::{Diagnostic, Label, Location, Pointer};

pub(super) static UNKNOWN_PROPERTY: Entry = Entry {
    code: "C0101",
    name: "unknown-property",
    severity: Severity::Error,
    title: "The format does not have this property.",
    explanation: include_str!("../explanations/unknown-property.md"),
};

pub(super) static WRONG_TYPE: Entry = Entry {
    code: "C0102",
    name: "wrong-type",
    severity: Severity::Error,
    title: "A value has the wrong type.",
    explanation: include_str!("../explanations/wrong-type.md"),
};

pub(super) static MISSING_PROPERTY: Entry = Entry {
    code: "C0103",
    name: "missing-property",
    severity: Severity::Error,
    title: "A property that the format requires is missing.",
    explanation: include_str!("../explanations/missing-property.md"),
};

pub(super) static UNKNOWN_VALUE: Entry = Entry {
    code: "C0104",
    name: "unknown-value",
    severity: Severity::Error,
    title: "A value is not one of the allowed values.",
    explanation: include_str!("../explanations/unknown-value.md"),
};

pub(super) static EMPTY_TEXT: Entry = Entry {
    code: "C0105",
    name: "empty-text",
    severity: Severity::Error,
    title: "A string that must not be empty is empty.",
    explanation: include_str!("../explanations/empty-text.md"),
};

pub(super) static INVALID_DEFINITION: Entry = Entry {
    code: "C0107",
    name: "invalid-definition",
    severity: Severity::Error,
    title: "A value does not match the format.",
    explanation: include_str!("../explanations/invalid-definition.md"),
};

pub(super) static OVERRIDDEN_DEFAULT: Entry = Entry {
    code: "C0108",
    name: "overridden-default",
    severity: Severity::Warning,
    title: "A channel lists a built-in message that it has already.",
    explanation: include_str!("../explanations/overridden-default.md"),
};

/// The format does not have this property; `known` are the properties there.
pub(crate) fn unknown_property<'a>(
    place: Location,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let known: Vec<_> = known.into_iter().collect();
    let message = format!("unknown property `{name}`");
    match nearest(name, known.iter().copied()) {
        Some(meant) => Diagnostic::new(
            &UNKNOWN_PROPERTY,
            message,
            Label::new(place, "not part of the format"),
        )
        .with_help(format!("did you mean `{meant}`?")),
        None => Diagnostic::new(
            &UNKNOWN_PROPERTY,
            message,
            Label::new(place, "not part of the format"),
        )
        .with_help(format!("the properties here are {}", list(known, "and"))),
    }
}

/// A value is of another type; `expected` are the names of JSON Schema for types, and `schema`.
pub(crate) fn wrong_type(
    place: Location,
    pointer: &Pointer,
    expected: &[&str],
    found: &Value,
    text: &str,
) -> Diagnostic {
    let wanted = expected
        .iter()
        .map(|name| type_phrase(name))
        .collect::<Vec<_>>()
        .join(" or ");
    let diagnostic = Diagnostic::new(
        &WRONG_TYPE,
        format!(
            "{} must be {wanted}, found {}",
            subject::name(pointer),
            subject::kind(found)
        ),
        Label::new(place, format!("expected {wanted}")),
    );
    match found {
        Value::Number(_) | Value::Bool(_) if expected.contains(&"string") => {
            diagnostic.with_help(put_in_quotes(text))
        }
        Value::String(_) if expected.contains(&"boolean") => {
            diagnostic.with_help("write `true` or `false`")
        }
        _ if *pointer == Pointer::root() => {
            diagnostic.with_help("start with `name` and `version`, as properties of an object")
        }
        Value::Null if expected == ["object"] => {
            diagnostic.with_help("give it properties, indented below it, or remove it")
        }
        Value::Null => diagnostic.with_help("give it a value, or remove it"),
        _ => diagnostic,
    }
}

/// A property is missing; `meaning` is its description in the format.
pub(crate) fn missing_property(
    place: Location,
    pointer: &Pointer,
    name: &str,
    meaning: Option<&str>,
) -> Diagnostic {
    let help = match meaning {
        Some(meaning) => format!("add `{name}`: {}", as_fragment(meaning)),
        None => format!("add `{name}`"),
    };
    Diagnostic::new(
        &MISSING_PROPERTY,
        format!("{} has no `{name}`", subject::describe(pointer)),
        Label::new(place, format!("`{name}` is missing")),
    )
    .with_help(help)
}

/// A value is not one of the allowed values.
pub(crate) fn unknown_value(
    place: Location,
    pointer: &Pointer,
    found: &Value,
    known: &[&str],
) -> Diagnostic {
    let shown = found
        .as_str()
        .map_or_else(|| found.to_string(), str::to_owned);
    let help = match nearest(&shown, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("write {}", list(known.iter().copied(), "or")),
    };
    Diagnostic::new(
        &UNKNOWN_VALUE,
        format!("unknown value `{shown}` for {}", subject::name(pointer)),
        Label::new(
            place,
            format!("expected {}", list(known.iter().copied(), "or")),
        ),
    )
    .with_help(help)
}

/// A message is listed as a built-in one, but also declared or listed before.
pub(crate) fn overridden_default(place: Location, counts: Location, name: &str) -> Diagnostic {
    Diagnostic::new(
        &OVERRIDDEN_DEFAULT,
        format!("the message `{name}` is there already"),
        Label::new(place, "has no effect"),
    )
    .with_secondary(Label::new(counts, "this one counts"))
    .with_help("remove one of the two")
}

/// A text is empty.
pub(crate) fn empty_text(place: Location, pointer: &Pointer) -> Diagnostic {
    Diagnostic::new(
        &EMPTY_TEXT,
        format!("{} is empty", subject::name(pointer)),
        Label::new(place, "an empty string"),
    )
    .with_help("write at least one character")
}

/// Something else is wrong.
pub(crate) fn invalid_definition(place: Location, reason: &str) -> Diagnostic {
    Diagnostic::new(&INVALID_DEFINITION, reason, Label::new(place, ""))
}

/// The name of a JSON Schema type with its article; `schema` is a schema.
pub(super) fn type_phrase(name: &str) -> &str {
    match name {
        "array" => "a list",
        "boolean" => "a boolean",
        "integer" => "an integer",
        "null" => "nothing",
        "number" => "a number",
        "object" => "an object",
        "schema" => "a schema",
        "string" => "a string",
        other => other,
    }
}

/// A sentence as it continues another one.
fn as_fragment(sentence: &str) -> String {
    let sentence = sentence.trim_end_matches('.').replace('\n', " ");
    let mut characters = sentence.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => sentence,
    }
}
