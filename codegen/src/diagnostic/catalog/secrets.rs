//! Secrets: their names, and values that should not be written down.

use super::{Entry, Severity};
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
