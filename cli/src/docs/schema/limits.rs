//! The limits of texts, numbers, lists and objects.

use contexture::meaning::Meaning;
use serde_json::Value;

use super::data::Fact;
use crate::docs::prose::Prose;

/// The format, in words if they are known.
pub(super) fn format(meaning: &Meaning<'_>) -> Option<Fact> {
    let name = meaning.first("format")?.as_str()?;
    let words = match name {
        "date-time" => "date and time, as in `2026-01-15T09:30:00Z`",
        "date" => "date, as in `2026-01-15`",
        "time" => "time of day, as in `09:30:00Z`",
        "duration" => "duration, as in `PT15M`",
        "email" | "idn-email" => "email address",
        "uri" | "iri" => "address, as in `https://example.com`",
        "uuid" => "UUID",
        "hostname" | "idn-hostname" => "name of a host",
        "ipv4" => "IPv4 address",
        "ipv6" => "IPv6 address",
        "regex" => "regular expression",
        other => return Some(Fact::new("Format", Prose::code(other))),
    };
    Some(Fact::new("Format", Prose::ours(words)))
}

/// The tightest bounds of a count.
pub(super) fn range(meaning: &Meaning<'_>, least: &str, most: &str, noun: &str) -> Option<Prose> {
    let bounds = |keyword| meaning.all(keyword).filter_map(Value::as_u64);
    let least = bounds(least).max().filter(|least| *least > 0);
    let nouns = |count: u64| {
        if count == 1 {
            noun.to_owned()
        } else {
            format!("{noun}s")
        }
    };
    Some(Prose::ours(match (least, bounds(most).min()) {
        (Some(least), Some(most)) if least == most => format!("exactly {least} {}", nouns(least)),
        (Some(least), Some(most)) => format!("{least} to {most} {}", nouns(most)),
        (Some(least), None) => format!("at least {least} {}", nouns(least)),
        (None, Some(most)) => format!("at most {most} {}", nouns(most)),
        (None, None) => return None,
    }))
}

/// The bounds of a number, each as the schema has it.
pub(super) fn values_range(meaning: &Meaning<'_>) -> Option<Fact> {
    let words = [
        ("minimum", "at least"),
        ("exclusiveMinimum", "more than"),
        ("maximum", "at most"),
        ("exclusiveMaximum", "less than"),
    ];
    let bounds = words.into_iter().flat_map(|(keyword, words)| {
        let values = meaning.all(keyword).filter(|value| value.is_number());
        values.map(move |value| format!("{words} {value}"))
    });
    let bounds: Vec<_> = bounds.collect();
    (!bounds.is_empty()).then(|| Fact::new("Range", Prose::ours(bounds.join(", "))))
}

/// All values of a keyword, as code.
pub(super) fn all(meaning: &Meaning<'_>, keyword: &str) -> Option<Prose> {
    let mut texts: Vec<String> = Vec::new();
    for value in meaning.all(keyword) {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        let text = Prose::code(&text).to_string();
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    (!texts.is_empty()).then(|| Prose::ours(texts.join(" and ")))
}
