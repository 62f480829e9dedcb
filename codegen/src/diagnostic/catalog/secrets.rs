//! Secrets: their names, and values that should not be written down.

use serde_json::Value;

use super::{Entry, Severity, subject};
use crate::diagnostic::suggest::{list, nearest};
use crate::diagnostic::{Diagnostic, Label, Location};

pub(super) static SECRET_NAME: Entry = Entry {
    code: "C0501",
    name: "secret-name",
    severity: Severity::Error,
    title: "The name of a secret is not in `SCREAMING_SNAKE_CASE`.",
    explanation: include_str!("../explanations/secret-name.md"),
};

pub(super) static SECRET_WITH_VALUE: Entry = Entry {
    code: "C0502",
    name: "secret-with-value",
    severity: Severity::Warning,
    title: "A secret has a value in the definition.",
    explanation: include_str!("../explanations/secret-with-value.md"),
};

pub(super) static EXPOSED_SECRET: Entry = Entry {
    code: "C0503",
    name: "exposed-secret",
    severity: Severity::Error,
    title: "The mark of a secret is misspelt or misplaced, so that the secret would be shown.",
    explanation: include_str!("../explanations/exposed-secret.md"),
};

pub(super) static UNKNOWN_DISPLAY_KEY: Entry = Entry {
    code: "C0504",
    name: "unknown-display-key",
    severity: Severity::Error,
    title: "`x-zui` has an unknown key.",
    explanation: include_str!("../explanations/unknown-display-key.md"),
};

pub(super) static UNMARKED_SECRET: Entry = Entry {
    code: "C0505",
    name: "unmarked-secret",
    severity: Severity::Note,
    title: "A property has the name of a secret, and is not marked as one.",
    explanation: include_str!("../explanations/unmarked-secret.md"),
};

pub(super) static FOREIGN_MARK: Entry = Entry {
    code: "C0506",
    name: "foreign-mark",
    severity: Severity::Warning,
    title: "A property is a secret to another tool, and is not marked as one.",
    explanation: include_str!("../explanations/foreign-mark.md"),
};

/// The remedy for every mark that is not one.
const MARK: &str = "write `x-zui: { secret: true }` in the schema of the property";

/// The remedy for a property that may be a secret.
const MARK_OR_NOT: &str = "write `x-zui: { secret: true }`, or `secret: false` if it is none";

/// The name of a secret has another form; `suggestion` is the name in the right one.
pub(crate) fn secret_name(place: Location, name: &str, suggestion: Option<&str>) -> Diagnostic {
    let help = match suggestion {
        Some(suggestion) => format!("write `{suggestion}`"),
        None => {
            "start with a letter, and use capital letters, digits and underscores only".to_owned()
        }
    };
    Diagnostic::new(
        &SECRET_NAME,
        format!("the secret `{name}` is not in SCREAMING_SNAKE_CASE"),
        Label::new(place, "cannot be read from the environment"),
    )
    .with_help(help)
}

/// A secret has a `default` or `examples`.
pub(crate) fn secret_with_value(place: Location, keyword: &str) -> Diagnostic {
    Diagnostic::new(
        &SECRET_WITH_VALUE,
        format!("a secret should have no `{keyword}`"),
        Label::new(place, "published with the definition"),
    )
    .with_help(format!("remove `{keyword}`"))
}

/// The `default` or `examples` of a schema have a value for a secret inside.
pub(crate) fn secret_in_value(place: Location, keyword: &str) -> Diagnostic {
    Diagnostic::new(
        &SECRET_WITH_VALUE,
        format!("`{keyword}` has a value for a secret"),
        Label::new(place, "published with the definition"),
    )
    .with_help(format!("remove the secret from `{keyword}`"))
}

/// A schema, or its `x-zui`, says in another way that it is a secret.
pub(crate) fn exposed_secret(place: Location, mark: &str) -> Diagnostic {
    exposed(
        place,
        format!("`{mark}` does not mark a secret"),
        "has no effect",
    )
}

/// A keyword of another tool says that the value of a schema is a secret.
pub(crate) fn foreign_mark(place: Location, keyword: &str) -> Diagnostic {
    Diagnostic::new(
        &FOREIGN_MARK,
        format!("`{keyword}` marks a secret for another tool only"),
        Label::new(place, "the value is shown in logs and in `Debug` output"),
    )
    .with_help(MARK_OR_NOT)
}

/// The mark of a secret is neither `true` nor `false`.
pub(crate) fn secret_not_boolean(place: Location, found: &Value) -> Diagnostic {
    let message = format!("`secret` must be a boolean, found {}", subject::kind(found));
    exposed(place, message, "does not mark a secret")
}

/// The mark is where no schema is.
pub(crate) fn secret_in_no_schema(place: Location) -> Diagnostic {
    exposed(
        place,
        "this `x-zui` does not belong to a schema".to_owned(),
        "does not mark a secret here",
    )
}

/// The mark is below a keyword for which no type is made.
pub(crate) fn secret_without_type(place: Location, keyword: &str) -> Diagnostic {
    let message = format!("a secret below `{keyword}` has no type that could hide it");
    exposed(place, message, "does not mark a secret here")
}

/// The mark is at the schema of a whole payload.
pub(crate) fn secret_payload(place: Location) -> Diagnostic {
    let message = format!(
        "{} as a whole cannot be a secret",
        subject::describe_at(&place)
    );
    exposed(place, message, "has no effect here")
}

fn exposed(place: Location, message: String, label: &str) -> Diagnostic {
    Diagnostic::new(&EXPOSED_SECRET, message, Label::new(place, label)).with_help(MARK)
}

/// `x-zui` has an unknown key.
pub(crate) fn unknown_display_key(place: Location, name: &str, known: &[&str]) -> Diagnostic {
    let help = match nearest(name, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("the keys are {}", list(known.iter().copied(), "and")),
    };
    Diagnostic::new(
        &UNKNOWN_DISPLAY_KEY,
        format!("unknown key `{name}` in `x-zui`"),
        Label::new(place, "has no effect"),
    )
    .with_help(help)
}

/// A property has the name of a secret.
pub(crate) fn unmarked_secret(place: Location, name: &str) -> Diagnostic {
    Diagnostic::new(
        &UNMARKED_SECRET,
        format!("`{name}` has the name of a secret, and is not marked as one"),
        Label::new(place, "shown in logs and in `Debug` output"),
    )
    .with_help(MARK_OR_NOT)
}
