//! Definitions that Botpress refuses when they are published.

use super::{Entry, Severity, subject};
use crate::diagnostic::suggest::list;
use crate::diagnostic::{Diagnostic, Label, Location, Pointer};

/// An entry of this family; all have the same severity.
const fn entry(
    code: &'static str,
    name: &'static str,
    title: &'static str,
    explanation: &'static str,
) -> Entry {
    Entry {
        code,
        name,
        severity: Severity::Warning,
        title,
        explanation,
    }
}

pub(super) static TOO_MANY: Entry = entry(
    "C0605",
    "too-many",
    "A definition has more items of a kind than Botpress allows.",
    include_str!("../explanations/too-many.md"),
);

pub(super) static SCHEMA_TOO_LARGE: Entry = entry(
    "C0606",
    "schema-too-large",
    "A schema has more bytes than Botpress allows.",
    include_str!("../explanations/schema-too-large.md"),
);

pub(super) static PAYLOAD_NOT_OBJECT: Entry = entry(
    "C0607",
    "payload-not-object",
    "The schema of a payload accepts no object.",
    include_str!("../explanations/payload-not-object.md"),
);

pub(super) static INVALID_VERSION: Entry = entry(
    "C0608",
    "invalid-version",
    "The version is not a semantic version.",
    include_str!("../explanations/invalid-version.md"),
);

pub(super) static INVALID_NAME: Entry = entry(
    "C0609",
    "invalid-name",
    "The name of the integration has characters that Botpress does not allow.",
    include_str!("../explanations/invalid-name.md"),
);

pub(super) static INCOMPLETE_MESSAGE: Entry = entry(
    "C0610",
    "incomplete-message",
    "A built-in message type is declared without a part of its payload.",
    include_str!("../explanations/incomplete-message.md"),
);

pub(super) static SCRIPT_DOES_NOT_COMPILE: Entry = entry(
    "C0611",
    "script-does-not-compile",
    "A script in VRL does not compile.",
    include_str!("../explanations/script-does-not-compile.md"),
);

/// A script does not compile. `problem` is the drawing of the compiler, whose first line is the error.
pub(crate) fn script_does_not_compile(
    place: Location,
    pointer: &Pointer,
    problem: &str,
) -> Diagnostic {
    let mut sentences = problem.lines().filter_map(sentence);
    let first = sentences.next().unwrap_or("the compiler gives no reason");
    let diagnostic = Diagnostic::new(
        &SCRIPT_DOES_NOT_COMPILE,
        format!("the script {} does not compile", subject::name(pointer)),
        Label::new(place, first.to_owned()),
    );
    let rest: Vec<_> = sentences.collect();
    if rest.is_empty() {
        return diagnostic;
    }
    diagnostic.with_help(format!("the compiler of VRL says: {}", rest.join("; ")))
}

/// The text of a line in a drawing. Lines of the script, which have numbers, and marks have none.
fn sentence(line: &str) -> Option<&str> {
    let text = line.trim_matches(|character: char| {
        character.is_whitespace() || matches!(character, '│' | '┌' | '─')
    });
    text.starts_with(char::is_alphabetic).then_some(text)
}

/// There are more items than Botpress allows; `place` is the first one beyond.
pub(crate) fn too_many(place: Location, noun: &str, count: usize, most: usize) -> Diagnostic {
    let plural = match noun.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{noun}s"),
    };
    Diagnostic::new(
        &TOO_MANY,
        format!("{count} {plural} are too many for Botpress"),
        Label::new(place, format!("the first one beyond {most}")),
    )
    .with_help(format!("remove {} of them", count - most))
}

/// A schema has more bytes than Botpress allows.
pub(crate) fn schema_too_large(place: Location, bytes: usize, most: usize) -> Diagnostic {
    let subject = subject::describe_at(&place);
    Diagnostic::new(
        &SCHEMA_TOO_LARGE,
        format!("the schema of {subject} is too large for Botpress"),
        Label::new(place, format!("{bytes} bytes as JSON, {most} at most")),
    )
    .with_help("shorten descriptions and lists of values, or accept any value for a part of it")
}

/// A payload is never an object.
pub(crate) fn payload_not_object(place: Location) -> Diagnostic {
    let subject = subject::describe_at(&place);
    Diagnostic::new(
        &PAYLOAD_NOT_OBJECT,
        format!("{subject} is not an object"),
        Label::new(
            place,
            "accepts no object, and Botpress sends no other payload",
        ),
    )
    .with_help("write `type: object`, and move the value into a property")
}

/// The version is not a semantic version.
pub(crate) fn invalid_version(place: Location, version: &str) -> Diagnostic {
    Diagnostic::new(
        &INVALID_VERSION,
        format!("`{version}` is not a semantic version"),
        Label::new(place, "expected three numbers"),
    )
    .with_help("write three numbers, as in `1.0.0`")
}

/// The name of the integration has other characters; `suggestion` is the name without them.
pub(crate) fn invalid_name(place: Location, name: &str, suggestion: Option<&str>) -> Diagnostic {
    let help = match suggestion {
        Some(suggestion) => format!("rename it to `{suggestion}`"),
        None => "use lowercase letters from a to z, digits and hyphens".to_owned(),
    };
    Diagnostic::new(
        &INVALID_NAME,
        format!("Botpress does not accept the name `{name}`"),
        Label::new(
            place,
            "only lowercase letters, digits and hyphens are allowed",
        ),
    )
    .with_help(help)
}

/// A message of a built-in type lacks properties of its payload.
pub(crate) fn incomplete_message(
    place: Location,
    pointer: &Pointer,
    missing: &[&str],
) -> Diagnostic {
    let missing = list(missing.iter().copied(), "and");
    Diagnostic::new(
        &INCOMPLETE_MESSAGE,
        format!("{} has no {missing}", subject::describe(pointer)),
        Label::new(place, "a built-in type of Botpress, whose payload has it"),
    )
    .with_help(format!("declare {missing}, or rename the message"))
}
