//! Formats, which are asserted in every draft.
//!
//! Older drafts do not define all of them, and the validator would ignore them there. Other implementations check them in
//! any draft, and authors expect it.

use std::sync::OnceLock;

use jsonschema::{Draft, ValidationOptions, Validator};
use serde_json::{Value, json};

/// The formats that some draft does not define.
const LATER: [&str; 9] = [
    "duration",
    "idn-hostname",
    "iri",
    "iri-reference",
    "json-pointer",
    "relative-json-pointer",
    "uri-reference",
    "uri-template",
    "uuid",
];

/// Lets a validator of any draft check all formats.
pub(super) fn with_formats(options: ValidationOptions<'_>) -> ValidationOptions<'_> {
    LATER.into_iter().fold(options, |options, format| {
        options.with_format(format, move |text| has_format(format, text))
    })
}

fn has_format(format: &str, text: &str) -> bool {
    static VALIDATORS: OnceLock<Vec<Validator>> = OnceLock::new();
    let validators = VALIDATORS.get_or_init(|| LATER.map(of_newest_draft).into_iter().collect());
    let mut known = LATER.iter().zip(validators);
    known
        .find(|(name, _)| **name == format)
        .is_none_or(|(_, validator)| validator.is_valid(&Value::from(text)))
}

fn of_newest_draft(format: &str) -> Validator {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .build(&json!({ "format": format }))
        .expect("a schema of one format is valid")
}
