//! What is known about a value beside its kind.

use contexture::meaning::Meaning;
use serde_json::Value;

use super::data::Fact;
use crate::docs::prose::Prose;

/// The most characters of a default that are shown.
const LONGEST: usize = 400;

/// Keywords that only a schema can say.
const FURTHER: [&str; 9] = [
    "not",
    "if",
    "contains",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "propertyNames",
    "unevaluatedProperties",
    "additionalItems",
];

/// The facts about the values of a schema. The values of a secret are never shown.
pub(super) fn describe_facts(meaning: &Meaning<'_>, root: &Value) -> Vec<Fact> {
    let is_shown = !meaning.has_secret(root);
    let facts = [
        is_shown.then(|| choices(meaning)).flatten(),
        is_shown.then(|| default(meaning)).flatten(),
        format(meaning),
        range(meaning, "minLength", "maxLength", "character").map(|text| fact("Length", text)),
        values_range(meaning),
        all(meaning, "multipleOf").map(|text| fact("Multiple of", text)),
        all(meaning, "pattern").map(|text| fact("Pattern", text)),
        range(meaning, "minItems", "maxItems", "item").map(|text| fact("Items", text)),
        meaning
            .all("uniqueItems")
            .any(|unique| *unique == Value::Bool(true))
            .then(|| fact("Unique", Prose::ours("no two items are equal"))),
        range(meaning, "minProperties", "maxProperties", "field").map(|text| fact("Fields", text)),
        FURTHER
            .iter()
            .any(|keyword| meaning.first(keyword).is_some())
            .then(|| fact("Further rules", Prose::ours("the schema has more to say"))),
    ];
    facts.into_iter().flatten().collect()
}

/// The values that a schema names.
pub(super) fn values(meaning: &Meaning<'_>) -> Vec<Value> {
    let options = meaning.options().unwrap_or_default();
    let options = options.into_iter().map(|option| option.value);
    meaning.constant().into_iter().chain(options).collect()
}

fn fact(label: &str, text: Prose) -> Fact {
    Fact {
        label: label.to_owned(),
        text,
    }
}

fn choices(meaning: &Meaning<'_>) -> Option<Fact> {
    if let Some(constant) = meaning.constant() {
        return Some(fact("Always", json(&constant)));
    }
    let options = meaning.options()?;
    let options: Vec<_> = options
        .iter()
        .map(|option| {
            let value = json(&option.value);
            // A text is its own label.
            match Prose::line(Some(&option.label)).filter(|_| option.label != option.text()) {
                Some(label) => format!("{value} ({label})"),
                None => value.to_string(),
            }
        })
        .collect();
    Some(fact("One of", Prose::ours(options.join(", "))))
}

fn default(meaning: &Meaning<'_>) -> Option<Fact> {
    let text = meaning.first("default")?.to_string();
    let text = match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    };
    Some(fact("Default", Prose::code(&text)))
}

fn format(meaning: &Meaning<'_>) -> Option<Fact> {
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
        other => return Some(fact("Format", Prose::code(other))),
    };
    Some(fact("Format", Prose::ours(words)))
}

/// The tightest bounds of a count.
fn range(meaning: &Meaning<'_>, least: &str, most: &str, noun: &str) -> Option<Prose> {
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
fn values_range(meaning: &Meaning<'_>) -> Option<Fact> {
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
    (!bounds.is_empty()).then(|| fact("Range", Prose::ours(bounds.join(", "))))
}

/// All values of a keyword, as code.
fn all(meaning: &Meaning<'_>, keyword: &str) -> Option<Prose> {
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

fn json(value: &Value) -> Prose {
    Prose::code(&value.to_string())
}
