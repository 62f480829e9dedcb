//! Formats, as the runtime checks them.
//!
//! The checks of `jsonschema` take some signs for digits: `20*1-01-01`. The runtime refuses such a text, so a default
//! must not be one.

use std::sync::{LazyLock, OnceLock};

use jsonschema::{Draft, ValidationOptions, Validator};
use serde_json::{Value, json};

/// The formats that some draft does not define, and that the runtime checks in every draft.
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

static DATE: LazyLock<Validator> = LazyLock::new(|| validator("date"));
static TIME: LazyLock<Validator> = LazyLock::new(|| validator("time"));
static DATE_TIME: LazyLock<Validator> = LazyLock::new(|| validator("date-time"));

fn is_date(text: &str) -> bool {
    has_digits(text) && DATE.is_valid(&Value::from(text))
}

fn is_time(text: &str) -> bool {
    has_digits(text) && TIME.is_valid(&Value::from(text))
}

fn is_date_time(text: &str) -> bool {
    has_digits(text) && DATE_TIME.is_valid(&Value::from(text))
}

/// Lets a validator of any draft check all formats.
pub(super) fn with_formats(options: ValidationOptions<'_>) -> ValidationOptions<'_> {
    let options = options
        .with_format("date", is_date)
        .with_format("date-time", is_date_time)
        .with_format("time", is_time);
    LATER.into_iter().fold(options, |options, format| {
        options.with_format(format, move |text| has_format(format, text))
    })
}

/// Whether a text has a format, by the newest draft.
fn has_format(format: &str, text: &str) -> bool {
    static VALIDATORS: OnceLock<Vec<Validator>> = OnceLock::new();
    let validators = VALIDATORS.get_or_init(|| LATER.map(validator).into_iter().collect());
    let mut known = LATER.iter().zip(validators);
    known
        .find(|(name, _)| **name == format)
        .is_none_or(|(_, validator)| validator.is_valid(&Value::from(text)))
}

fn validator(format: &str) -> Validator {
    let options = jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true);
    let built = options.build(&json!({ "format": format }));
    built.expect("a format is a schema")
}

/// Whether a text has digits where a date, a time or both have digits.
fn has_digits(text: &str) -> bool {
    let zeros: String = text
        .chars()
        .map(|sign| if sign.is_ascii_digit() { '0' } else { sign })
        .collect();
    let time = zeros.strip_prefix("0000-00-00");
    let time = time.map_or(zeros.as_str(), |time| time.trim_start_matches(['T', 't']));
    let zone = time.strip_prefix("00:00:00").unwrap_or(time);
    let zone = match zone.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches('0'),
        None => zone,
    };
    matches!(zone, "" | "Z" | "z" | "+00:00" | "-00:00")
}

#[cfg(test)]
mod tests {
    use super::{is_date, is_date_time, is_time};

    #[test]
    fn a_sign_is_not_a_digit() {
        assert!(is_date("2024-02-29") && !is_date("2025-02-29") && !is_date("20*1-01-01"));
        assert!(is_time("08:30:00.25Z") && is_time("23:59:60+00:00") && !is_time("08:3/:00Z"));
        assert!(is_date_time("2026-01-31t08:30:00-05:30"));
        assert!(!is_date_time("2026-01-31T08:30:00-0*:30"));
    }
}
