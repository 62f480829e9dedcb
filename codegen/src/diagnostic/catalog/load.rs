//! Files that cannot be read, and text that cannot be understood.

use super::{Entry, Severity, subject};
use crate::diagnostic::{Diagnostic, Label, Location, Pointer, Target};

pub(super) static UNREADABLE_FILE: Entry = Entry {
    code: "C0001",
    name: "unreadable-file",
    severity: Severity::Error,
    title: "A file could not be read.",
    explanation: include_str!("../explanations/unreadable-file.md"),
};

pub(super) static SYNTAX_ERROR: Entry = Entry {
    code: "C0002",
    name: "syntax-error",
    severity: Severity::Error,
    title: "A file is not valid YAML or JSON.",
    explanation: include_str!("../explanations/syntax-error.md"),
};

pub(super) static DUPLICATE_KEY: Entry = Entry {
    code: "C0003",
    name: "duplicate-key",
    severity: Severity::Error,
    title: "An object has the same property twice.",
    explanation: include_str!("../explanations/duplicate-key.md"),
};

pub(super) static OUTSIDE_ROOT: Entry = Entry {
    code: "C0004",
    name: "outside-root",
    severity: Severity::Error,
    title: "A file is outside of the definition's folder.",
    explanation: include_str!("../explanations/outside-root.md"),
};

pub(super) static NOT_UTF8: Entry = Entry {
    code: "C0005",
    name: "not-utf8",
    severity: Severity::Error,
    title: "A file is not valid UTF-8.",
    explanation: include_str!("../explanations/not-utf8.md"),
};

pub(super) static KEY_NOT_TEXT: Entry = Entry {
    code: "C0006",
    name: "key-not-text",
    severity: Severity::Error,
    title: "The name of a property is a list or an object.",
    explanation: include_str!("../explanations/key-not-text.md"),
};

pub(super) static TOO_LARGE: Entry = Entry {
    code: "C0007",
    name: "too-large",
    severity: Severity::Error,
    title: "A file is too large, or nested too deeply, to be read.",
    explanation: include_str!("../explanations/too-large.md"),
};

/// A file does not exist or cannot be opened; `place` is its mention, or the file itself.
pub(crate) fn unreadable_file(place: Location, path: &str, reason: &str) -> Diagnostic {
    let is_named = place.target != Target::File;
    let diagnostic = Diagnostic::new(
        &UNREADABLE_FILE,
        format!("could not read `{path}`: {reason}"),
        Label::new(place, "named here"),
    );
    if is_named {
        diagnostic.with_help(
            "add the file, or correct its path: paths are relative to this file's folder",
        )
    } else {
        diagnostic
    }
}

/// The text of a file is neither YAML nor JSON.
pub(crate) fn syntax_error(place: Location, language: &str, reason: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &SYNTAX_ERROR,
        format!("invalid {language}: {reason}"),
        Label::new(place, ""),
    );
    match syntax_help(reason) {
        Some(help) => diagnostic.with_help(help),
        None => diagnostic,
    }
}

/// A file exceeds a limit; `reason` names the limit.
pub(crate) fn too_large(place: Location, reason: &str) -> Diagnostic {
    Diagnostic::new(
        &TOO_LARGE,
        format!("the file is too large to be read: {reason}"),
        Label::new(place, "reading stopped here"),
    )
    .with_help("move parts of it into other files, and refer to them with `$ref`")
}

/// An object has the same property twice.
pub(crate) fn duplicate_key(first: Location, second: Location, pointer: &Pointer) -> Diagnostic {
    Diagnostic::new(
        &DUPLICATE_KEY,
        format!("{} is declared twice", subject::describe(pointer)),
        Label::new(second, "declared again here"),
    )
    .with_secondary(Label::new(first, "first declared here"))
    .with_help("rename or remove one of the two")
}

/// A path is outside of the root folder.
pub(crate) fn outside_root(place: Location, path: &str) -> Diagnostic {
    Diagnostic::new(
        &OUTSIDE_ROOT,
        format!("`{path}` is outside of the definition's folder"),
        Label::new(place, "named here"),
    )
    .with_help(
        "move the file into the folder of the definition, or allow a wider one: `--root DIR`, or `Generator::root` in a build script",
    )
}

/// A file is not valid UTF-8.
pub(crate) fn not_utf8(place: Location, path: &str) -> Diagnostic {
    Diagnostic::new(
        &NOT_UTF8,
        format!("`{path}` is not valid UTF-8"),
        Label::new(place, "named here"),
    )
    .with_help("save the file as UTF-8")
}

/// A key is a list or an object.
pub(crate) fn key_not_text(place: Location) -> Diagnostic {
    Diagnostic::new(
        &KEY_NOT_TEXT,
        "the name of a property must be a string",
        Label::new(place, "a list or an object"),
    )
    .with_help("put the name in quotes")
}

/// Remedies for the most frequent syntax errors.
fn syntax_help(reason: &str) -> Option<&'static str> {
    const HELPS: &[(&str, &str)] = &[
        (
            "mapping values are not allowed",
            "quote strings that contain `: `, and check the indentation",
        ),
        (
            "did not find expected",
            "check the indentation, and that every bracket and quote is closed",
        ),
        (
            "illegal placement",
            "check that every bracket and quote above is closed",
        ),
        ("tabs disallowed", "indent with spaces"),
        ("found a tab", "indent with spaces"),
        ("unclosed quote", "close the quote"),
        ("unclosed bracket", "close the bracket"),
        (
            "unexpected character",
            "quote strings that start with a special character",
        ),
        (
            "unknown escape",
            "write `\\\\` for a backslash, or use single quotes",
        ),
        (
            "unknown anchor",
            "declare the anchor with `&` above, or quote strings that start with `*`",
        ),
        (
            "merge value must be mapping",
            "give `<<` an object or a list of objects, as in `<<: *name`",
        ),
        (
            "contains its own alias",
            "write a schema that contains itself with `$ref`",
        ),
        ("multiple YAML documents", "keep one document in a file"),
        ("trailing comma", "remove the comma"),
        (
            "key must be a string",
            "put the name in quotes, or remove the comma before it",
        ),
    ];
    HELPS
        .iter()
        .find(|(part, _)| reason.contains(part))
        .map(|(_, help)| *help)
}
