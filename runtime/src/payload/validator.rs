//! The rules of schemas that `jsonschema` leaves to its users or has otherwise.

use contexture_validator::{BoxedKeyword, Rules, Validator};
use jsonschema::{Draft, ValidationError};
use jsonschema_regex::is_valid_ecma_regex;
use serde_json::{Map, Value};

use super::{pattern::Pattern, unique_items::UniqueItems};
use crate::value::{is_date, is_date_time, is_time};

const RULES: Rules = Rules {
    draft: Draft::Draft7,
    formats: &[
        ("regex", is_regex),
        // The validator's own checks take some signs for digits: `20*1-01-01`.
        ("date", is_date),
        ("date-time", is_date_time),
        ("time", is_time),
    ],
    keywords: &[
        ("pattern", pattern),
        ("uniqueItems", |_, value| Ok(unique_items(value))),
    ],
    // Property names have no shared budget: the limit bounds each match.
    backtracks: 2000,
};

/// Compiles a schema for the given draft, or for the draft that its `$schema` names.
pub(super) fn build(
    schema: &Value,
    draft: Option<Draft>,
) -> Result<Validator, ValidationError<'static>> {
    Validator::new(schema, draft, &RULES)
}

fn pattern(keywords: &Map<String, Value>, source: &Value) -> Result<BoxedKeyword, &'static str> {
    let pattern = Pattern::of(source, keywords).ok_or("is not a regular expression")?;
    Ok(Box::new(pattern))
}

fn unique_items(value: &Value) -> BoxedKeyword {
    let is_required = *value == Value::Bool(true);
    Box::new(UniqueItems { is_required })
}

/// The maximum size of a string of the format `regex` in bytes. The parser compares the names of groups with each
/// other, so its time is quadratic in the length.
const LONGEST_REGEX: usize = 4096;

fn is_regex(text: &str) -> bool {
    text.len() <= LONGEST_REGEX && is_valid_ecma_regex(text)
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
