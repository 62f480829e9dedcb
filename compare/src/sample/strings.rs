//! Strings with a length, format and pattern.

use serde_json::{Map, Value};

use super::words::text;
use super::{Random, formats, pattern};

/// A string for a schema.
pub(super) fn string(schema: &Map<String, Value>, random: &mut Random) -> String {
    let text = match (
        schema.get("pattern").and_then(Value::as_str),
        schema.get("format").and_then(Value::as_str),
    ) {
        (Some(pattern), _) if random.percent(90) => pattern::text(pattern, random),
        (_, Some(name)) if random.percent(90) => formats::text(name, random),
        _ if random.percent(15) => String::new(),
        _ => text(random),
    };
    with_length(text, schema, random)
}

fn with_length(mut text: String, schema: &Map<String, Value>, random: &mut Random) -> String {
    let limit = |keyword| {
        schema
            .get(keyword)
            .and_then(Value::as_u64)
            .and_then(|limit| usize::try_from(limit).ok())
    };
    // The cap bounds the memory for a minimum of millions of characters.
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
