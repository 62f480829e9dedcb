//! Schemas and values that nothing can fit.

use super::{Entry, Severity, subject};
use crate::diagnostic::suggest::{list, nearest};
use crate::diagnostic::{Diagnostic, Label, Location, Pointer};

pub(super) static UNSATISFIABLE_PAYLOAD: Entry = Entry {
    code: "C0309",
    name: "unsatisfiable-payload",
    severity: Severity::Error,
    title: "No value fits the schema of a payload.",
    explanation: include_str!("../explanations/unsatisfiable-payload.md"),
};

pub(super) static UNSATISFIABLE_SCHEMA: Entry = Entry {
    code: "C0310",
    name: "unsatisfiable-schema",
    severity: Severity::Warning,
    title: "No value fits a part of a schema.",
    explanation: include_str!("../explanations/unsatisfiable-schema.md"),
};

pub(super) static DUPLICATE_VALUE: Entry = Entry {
    code: "C0311",
    name: "duplicate-value",
    severity: Severity::Warning,
    title: "A list of values has one of them twice.",
    explanation: include_str!("../explanations/duplicate-value.md"),
};

pub(super) static IMPOSSIBLE_VALUE: Entry = Entry {
    code: "C0312",
    name: "impossible-value",
    severity: Severity::Warning,
    title: "A value of `enum` or `const` does not fit its own schema.",
    explanation: include_str!("../explanations/impossible-value.md"),
};

pub(super) static UNDECLARED_REQUIRED: Entry = Entry {
    code: "C0313",
    name: "undeclared-required",
    severity: Severity::Warning,
    title: "`required` names a property that is not declared.",
    explanation: include_str!("../explanations/undeclared-required.md"),
};

pub(super) static OVERLAPPING_ALTERNATIVES: Entry = Entry {
    code: "C0314",
    name: "overlapping-alternatives",
    severity: Severity::Warning,
    title: "An alternative is never the only one that a value fits.",
    explanation: include_str!("../explanations/overlapping-alternatives.md"),
};

/// The reason why no value fits a schema, with the place of its cause.
#[derive(Clone, Debug)]
pub(crate) struct Reason {
    pub(crate) labels: Vec<Label>,
    pub(crate) help: Option<String>,
}

/// No value fits a payload; `schema` is its schema.
pub(crate) fn unsatisfiable_payload(schema: &Location, reason: Reason) -> Diagnostic {
    let payload = subject::describe_at(schema);
    let message = format!("no value fits the schema of {payload}");
    unsatisfiable(&UNSATISFIABLE_PAYLOAD, message, schema.clone(), reason)
}

/// No value fits a part of a schema.
pub(crate) fn unsatisfiable_schema(part: &Location, reason: Reason) -> Diagnostic {
    let pointer = part.pointer().cloned().unwrap_or_default();
    let message = format!("no value fits {}", describe_part(&pointer));
    unsatisfiable(&UNSATISFIABLE_SCHEMA, message, part.clone(), reason)
}

fn unsatisfiable(
    entry: &'static Entry,
    message: String,
    place: Location,
    reason: Reason,
) -> Diagnostic {
    let mut labels = reason.labels.into_iter();
    let primary = labels
        .next()
        .unwrap_or_else(|| Label::new(place, "excludes every value"));
    let mut diagnostic = Diagnostic::new(entry, message, primary);
    diagnostic.secondary.extend(labels);
    diagnostic.with_help(
        reason
            .help
            .unwrap_or_else(|| "correct or remove one of the constraints".to_owned()),
    )
}

/// The part of a schema at a pointer, as in ``the property `price` ``.
fn describe_part(pointer: &Pointer) -> String {
    let last = pointer.last().unwrap_or_default();
    let holder = pointer.parent().and_then(|parent| parent.last());
    match holder.as_deref() {
        Some("properties") => format!("the property `{last}`"),
        Some("definitions" | "$defs") => format!("the definition `{last}`"),
        Some(branches @ ("anyOf" | "oneOf")) => format!("this alternative of `{branches}`"),
        _ if last == "items" => "the items of the list".to_owned(),
        _ if last == "schema" => subject::describe(&pointer.parent().unwrap_or_default()),
        _ => "this schema".to_owned(),
    }
}

/// Required properties that a closed object does not have; `declared` are the properties that it has.
pub(crate) fn closed_without_required(
    required: Vec<(Location, &str)>,
    closed: Location,
    declared: &[&str],
) -> Reason {
    let first = required.first().map_or("", |(_, name)| name);
    let help = match nearest(first, declared.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("declare `{first}` in `properties`, or remove it from `required`"),
    };
    let required = required
        .into_iter()
        .map(|(place, name)| Label::new(place, format!("`{name}` is required and not declared")));
    let closed = Label::new(closed, "undeclared properties are refused");
    Reason {
        labels: required.chain([closed]).collect(),
        help: Some(help),
    }
}

/// The remedy where a closed object and its alternatives refuse the properties of each other.
pub(crate) fn closed_parts(keywords: &[String]) -> Option<String> {
    let has = |names: &[&str]| keywords.iter().any(|name| names.contains(&name.as_str()));
    let are_parts = has(&["allOf", "anyOf", "oneOf"]) && has(&["additionalProperties"]);
    are_parts.then(|| {
        "a closed part refuses what the other parts declare: declare all properties in each closed part".to_owned()
    })
}

/// A list has a value twice; `noun` is its meaning.
pub(crate) fn duplicate_value(
    first: Location,
    second: Location,
    value: &str,
    keyword: &str,
) -> Diagnostic {
    Diagnostic::new(
        &DUPLICATE_VALUE,
        format!("`{keyword}` has `{value}` twice"),
        Label::new(second, "listed again here"),
    )
    .with_secondary(Label::new(first, "first listed here"))
    .with_help("remove one of the two")
}

/// A value of an enum does not fit the schema beside it; `quoted` is the text that was likely meant.
pub(crate) fn impossible_value(
    place: Location,
    keyword: &str,
    reason: &str,
    quoted: Option<&str>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &IMPOSSIBLE_VALUE,
        format!("a value of `{keyword}` does not fit its own schema"),
        Label::new(place, reason),
    );
    match quoted {
        Some(text) => diagnostic.with_help(put_in_quotes(text)),
        None => diagnostic.with_help("correct the value or its schema, or remove the value"),
    }
}

/// The remedy where YAML reads a value of another type than a string.
pub(super) fn put_in_quotes(text: &str) -> String {
    format!("put it in quotes: `\"{text}\"`")
}

/// `required` has a name that is not declared; `meant` is a similar one that is.
pub(crate) fn undeclared_required(
    place: Location,
    name: &str,
    meant: Option<(Location, &str)>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &UNDECLARED_REQUIRED,
        format!("the required property `{name}` is not declared"),
        Label::new(place, "not in `properties`"),
    );
    match meant {
        Some((declared, meant)) => diagnostic
            .with_secondary(Label::new(declared, "a similar name"))
            .with_help(format!("did you mean `{meant}`?")),
        None => diagnostic.with_help(format!(
            "declare `{name}` in `properties`, or remove it from `required`"
        )),
    }
}

/// Every value of an alternative of `oneOf` fits another alternative as well.
pub(crate) fn covered_alternative(narrow: Location, wide: Location) -> Diagnostic {
    Diagnostic::new(
        &OVERLAPPING_ALTERNATIVES,
        "no value fits this alternative of `oneOf` alone",
        Label::new(narrow, "refused, since it fits another alternative, too"),
    )
    .with_secondary(Label::new(wide, "fits all of its values"))
    .with_help("write `anyOf`, or tell the two apart by a property or by their constraints")
}

/// Two alternatives have the same value of the property that tells alternatives apart.
pub(crate) fn same_tag(first: Location, second: Location, tag: &str, value: &str) -> Diagnostic {
    Diagnostic::new(
        &OVERLAPPING_ALTERNATIVES,
        format!("two alternatives have `{tag}: {value}`"),
        Label::new(second, "the same value"),
    )
    .with_secondary(Label::new(first, "first used here"))
    .with_help(format!("give each alternative its own value of `{tag}`"))
}

/// The names of keywords that no value fits at once. A type that fits the others is not to blame.
pub(crate) fn conflict(keywords: &[String]) -> String {
    let others: Vec<&str> = keywords
        .iter()
        .map(String::as_str)
        .filter(|name| keywords.len() < 3 || *name != "type")
        .collect();
    let names = list(others.iter().copied(), "and");
    match others.len() {
        0 => "excludes every value that fits the rest".to_owned(),
        1 => format!("no value fits {names}"),
        _ => format!("no value fits {names} at once"),
    }
}
