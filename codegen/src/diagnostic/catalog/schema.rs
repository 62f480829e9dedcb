//! Invalid schemas.

use serde_json::Value;

use super::impossible::put_in_quotes;
use super::shape::type_phrase;
use super::{Entry, Severity, subject};
use crate::diagnostic::suggest::{list, nearest};
use crate::diagnostic::{Diagnostic, Label, Location, Pointer};
use crate::json_schema::TYPES;

pub(super) static UNKNOWN_TYPE: Entry = Entry {
    code: "C0301",
    name: "unknown-type",
    severity: Severity::Error,
    title: "JSON Schema has no such type.",
    explanation: include_str!("../explanations/unknown-type.md"),
};

pub(super) static INVALID_KEYWORD: Entry = Entry {
    code: "C0302",
    name: "invalid-keyword",
    severity: Severity::Error,
    title: "A keyword of JSON Schema has an invalid value.",
    explanation: include_str!("../explanations/invalid-keyword.md"),
};

pub(super) static INVALID_PATTERN: Entry = Entry {
    code: "C0303",
    name: "invalid-pattern",
    severity: Severity::Error,
    title: "A pattern is not a regular expression.",
    explanation: include_str!("../explanations/invalid-pattern.md"),
};

pub(super) static UNKNOWN_DRAFT: Entry = Entry {
    code: "C0304",
    name: "unknown-draft",
    severity: Severity::Error,
    title: "`$schema` names an unknown draft of JSON Schema.",
    explanation: include_str!("../explanations/unknown-draft.md"),
};

pub(super) static INVALID_DEFAULT: Entry = Entry {
    code: "C0305",
    name: "invalid-default",
    severity: Severity::Warning,
    title: "A default does not fit its own schema.",
    explanation: include_str!("../explanations/invalid-default.md"),
};

/// The type is unknown.
pub(crate) fn unknown_type(place: Location, found: &Value) -> Diagnostic {
    let shown = found
        .as_str()
        .map_or_else(|| found.to_string(), str::to_owned);
    let meant = nearest(&shown, TYPES).or_else(|| other_name(&shown));
    let help = match meant {
        // YAML reads `null` as nothing.
        Some("null") if found.is_null() => put_in_quotes("null"),
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("write {}", list(TYPES, "or")),
    };
    Diagnostic::new(
        &UNKNOWN_TYPE,
        format!("unknown type `{shown}`"),
        Label::new(place, "not a type of JSON Schema"),
    )
    .with_help(help)
}

/// A keyword has a value of another type than it takes.
pub(crate) fn keyword_of_wrong_type(
    place: Location,
    pointer: &Pointer,
    expected: &[&str],
    found: &Value,
) -> Diagnostic {
    let wanted = expected
        .iter()
        .map(|name| type_phrase(name))
        .collect::<Vec<_>>()
        .join(" or ");
    let diagnostic = Diagnostic::new(
        &INVALID_KEYWORD,
        format!(
            "{} must be {wanted}, found {}",
            subject::name(pointer),
            subject::kind(found)
        ),
        Label::new(place, format!("expected {wanted}")),
    );
    match found {
        Value::String(name) if expected.contains(&"schema") && TYPES.contains(&name.as_str()) => {
            diagnostic.with_help(format!("write `{{ type: {name} }}`"))
        }
        Value::Bool(_) if pointer.last().as_deref() == Some("required") => diagnostic
            .with_help("list the names of the required properties in the object that has them"),
        Value::String(_) if expected == ["array"] => {
            diagnostic.with_help("write a list, in brackets")
        }
        _ => diagnostic,
    }
}

/// A keyword has an invalid value.
pub(crate) fn invalid_keyword(place: Location, pointer: &Pointer, reason: &str) -> Diagnostic {
    Diagnostic::new(
        &INVALID_KEYWORD,
        format!("invalid value for {}", subject::name(pointer)),
        Label::new(place, reason),
    )
}

/// A pattern is not a regular expression.
pub(crate) fn invalid_pattern(place: Location, pattern: &str) -> Diagnostic {
    Diagnostic::new(
        &INVALID_PATTERN,
        format!("`{pattern}` is not a regular expression"),
        Label::new(place, "cannot be read as a regular expression"),
    )
    .with_help("check the brackets and escapes; a literal special character needs a `\\`")
}

/// `$schema` names an unknown draft.
pub(crate) fn unknown_draft(place: Location, found: &str) -> Diagnostic {
    Diagnostic::new(
        &UNKNOWN_DRAFT,
        format!("unknown draft `{found}`"),
        Label::new(place, "not a known draft of JSON Schema"),
    )
    .with_help("write `http://json-schema.org/draft-07/schema#`, or remove `$schema`")
}

/// Names of types in other languages.
fn other_name(word: &str) -> Option<&'static str> {
    match word.to_lowercase().as_str() {
        "str" | "text" | "date" | "datetime" | "date-time" | "uuid" | "url" | "uri" | "email" => {
            Some("string")
        }
        "int" | "long" | "i32" | "i64" | "u32" | "u64" => Some("integer"),
        "float" | "double" | "decimal" | "f64" => Some("number"),
        "bool" => Some("boolean"),
        "list" | "vec" | "tuple" => Some("array"),
        "map" | "dict" | "record" | "struct" => Some("object"),
        "none" | "nil" | "undefined" => Some("null"),
        _ => None,
    }
}

/// A default that its schema accepts, and that its type does not hold.
pub(crate) fn default_out_of_range(place: Location) -> Diagnostic {
    Diagnostic::new(
        &INVALID_DEFAULT,
        "the default has an integer beyond 64 bits",
        Label::new(place, "the type of this property does not hold its default"),
    )
    .with_help("give a smaller integer, or bounds that allow it, or leave the default out")
}

/// A default that its own schema refuses, for a reason; `quoted` is the text that was likely meant.
pub(crate) fn invalid_default(place: Location, reason: &str, quoted: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &INVALID_DEFAULT,
        "the default does not fit its own schema",
        Label::new(place, reason),
    );
    match quoted {
        Some(text) => diagnostic.with_help(put_in_quotes(text)),
        None => {
            diagnostic.with_help("give a value that the schema accepts, or leave the default out")
        }
    }
}
