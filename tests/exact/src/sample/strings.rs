//! Strings, by their length, format and pattern.

use serde_json::{Map, Value};

use super::{Random, pattern};

const WORDS: [&str; 12] = [
    "a",
    "name",
    "Grüße, 世界",
    "line\nbreak",
    "\"quoted\"\\",
    "😀",
    " ",
    "2020-01-01",
    "true",
    "null",
    "0",
    "e\u{301}",
];

/// A string like any other.
pub(super) fn word(random: &mut Random) -> String {
    (*random.pick(&WORDS)).to_owned()
}

/// A string for a schema.
pub(super) fn string(schema: &Map<String, Value>, random: &mut Random) -> String {
    let text = match (
        schema.get("pattern").and_then(Value::as_str),
        format(schema),
    ) {
        (Some(pattern), _) if random.percent(90) => pattern::text(pattern, random),
        (_, [_, ..]) if random.percent(90) => (*random.pick(format(schema))).to_owned(),
        _ if random.percent(15) => String::new(),
        _ => format!("{}{}", word(random), random.below(1000)),
    };
    with_length(text, schema, random)
}

/// Texts of a format that is known; none otherwise.
fn format(schema: &Map<String, Value>) -> &'static [&'static str] {
    match schema
        .get("format")
        .and_then(Value::as_str)
        .unwrap_or_default()
    {
        "date-time" => &[
            "2020-01-01T00:00:00Z",
            "2020-02-29T23:59:59.123456789+02:00",
            "1985-04-12T23:20:50.52Z",
            "2026-12-31T12:00:00-11:30",
            "1937-01-01T12:00:27.870+00:20",
            "2020-01-01t00:00:00z",
            "2016-12-31T23:59:60Z",
        ],
        "date" => &["2020-02-29", "1999-12-31", "2026-01-01"],
        "time" => &["08:30:06Z", "23:59:60Z", "12:00:00.25+01:00"],
        "email" => &[
            "a@example.com",
            "first.last+tag@sub.example.org",
            "\"joe bloggs\"@example.com",
        ],
        "uri" => &[
            "https://example.com/a?b=c#d",
            "urn:isbn:0451450523",
            "mailto:a@example.com",
            "http://[::1]:80/",
        ],
        "uuid" => &[
            "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
            "2EB8AA08-AA98-11EA-B4AA-73B441D16380",
        ],
        "ipv4" => &["127.0.0.1", "255.255.255.255"],
        "ipv6" => &["::1", "2001:db8::ff00:42:8329"],
        "hostname" => &["example.com", "a", "xn--4gbwdl.xn--wgbh1c"],
        _ => &[],
    }
}

fn with_length(mut text: String, schema: &Map<String, Value>, random: &mut Random) -> String {
    let limit = |keyword| {
        schema
            .get(keyword)
            .and_then(Value::as_u64)
            .and_then(|limit| usize::try_from(limit).ok())
    };
    // Whoever asks for millions of characters gets none.
    let least = limit("minLength").unwrap_or(0).min(100_000);
    let most = limit("maxLength").unwrap_or(usize::MAX);
    while text.chars().count() < least {
        text.push(*random.pick(&['x', 'é', '7', '漢']));
    }
    if text.chars().count() > most {
        text = text.chars().take(most).collect();
    }
    text
}
