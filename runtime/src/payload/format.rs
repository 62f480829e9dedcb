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

#[cfg(test)]
mod tests {
    use crate::payload::Schema;

    #[track_caller]
    fn check(format: &str, valid: &str, invalid: &str) {
        for draft in [
            "draft-04/schema#",
            "draft-06/schema#",
            "draft-07/schema#",
            "draft/2020-12/schema",
        ] {
            let text = format!(
                r#"{{"$schema":"http://json-schema.org/{draft}","type":"string","format":"{format}"}}"#
            );
            let schema = Schema::new(text.leak());
            assert!(schema.accepts(&valid.into()), "{draft} {format} {valid}");
            assert!(
                !schema.accepts(&invalid.into()),
                "{draft} {format} {invalid}"
            );
            assert!(
                schema.validate(&invalid.into()).is_err(),
                "{draft} {format} {invalid}"
            );
        }
    }

    #[test]
    fn formats_are_asserted_in_every_draft() {
        check("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2eb8aa08");
        check("duration", "P3DT4H", "3 days");
        check("json-pointer", "/a/0", "a/0");
        check("relative-json-pointer", "0/a", "/a");
        check("uri-reference", "../a?b#c", "\\a");
        check(
            "uri-template",
            "http://example.com/{id}",
            "http://example.com/{id",
        );
        check("iri", "http://ƒøø.ßår/", "/ƒøø");
        check("iri-reference", "/ƒøø", "\\ƒøø");
        check("idn-hostname", "실례.테스트", "〮실례.테스트");
        check("date", "2024-02-29", "2023-02-29");
        check("email", "a@example.com", "a");
        check("ipv4", "127.0.0.1", "127.0.0.256");
    }
}
