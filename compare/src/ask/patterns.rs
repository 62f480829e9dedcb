//! What patterns say, in other keywords, which the algebra compares.

use regex_syntax::hir::{Hir, HirKind, Look};
use serde_json::{Map, Value, json};

/// Adds to each pattern the lengths that follow from it, and writes alternatives of a pattern as alternatives of the schema.
/// The schema takes the same values.
pub(super) fn spelled_out(schema: &Value) -> Value {
    match schema {
        Value::Object(keywords) => {
            let mut written: Map<_, _> = keywords
                .iter()
                .map(|(name, value)| {
                    let is_value =
                        ["const", "enum", "default", "examples"].contains(&name.as_str());
                    let value = if is_value {
                        value.clone()
                    } else {
                        spelled_out(value)
                    };
                    (name.clone(), value)
                })
                .collect();
            let pattern = keywords.get("pattern").and_then(Value::as_str);
            if let Some(pattern) = pattern {
                spell_out(&mut written, pattern);
            }
            written.into()
        }
        Value::Array(items) => items.iter().map(spelled_out).collect(),
        other => other.clone(),
    }
}

fn spell_out(keywords: &mut Map<String, Value>, pattern: &str) {
    let alternatives = alternatives(pattern);
    if alternatives.len() == 1 {
        add_lengths(keywords, pattern);
        return;
    }
    let branches = alternatives.iter().map(|alternative| {
        let mut branch = Map::from_iter([("pattern".to_owned(), json!(alternative))]);
        add_lengths(&mut branch, alternative);
        Value::from(branch)
    });
    let union = json!({ "anyOf": branches.collect::<Vec<_>>() });
    keywords.shift_remove("pattern");
    match keywords.get_mut("allOf") {
        Some(Value::Array(parts)) => parts.push(union),
        _ => drop(keywords.insert("allOf".to_owned(), json!([union]))),
    }
}

/// Adds the lengths of all texts that match a pattern, unless the schema's own are as narrow.
fn add_lengths(keywords: &mut Map<String, Value>, pattern: &str) {
    // In JSON Schema `{,2}` is text, and in Rust a repetition.
    let parsed = regex_syntax::parse(pattern);
    let Some(parsed) = parsed.ok().filter(|_| !pattern.contains("{,")) else {
        return;
    };
    let (least, most) = length(&parsed);
    let own = |name: &str| keywords.get(name).and_then(Value::as_u64);
    if least > own("minLength").unwrap_or(0) {
        keywords.insert("minLength".to_owned(), least.into());
    }
    let properties = parsed.properties();
    let is_whole = properties.look_set_prefix().contains(Look::Start)
        && properties.look_set_suffix().contains(Look::End);
    let own = keywords.get("maxLength").and_then(Value::as_u64);
    if let Some(most) = most.filter(|most| is_whole && own.is_none_or(|own| *most < own)) {
        keywords.insert("maxLength".to_owned(), most.into());
    }
}

/// The least and the most characters of what matches.
fn length(hir: &Hir) -> (u64, Option<u64>) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => (0, Some(0)),
        HirKind::Literal(literal) => {
            let count = String::from_utf8_lossy(&literal.0).chars().count();
            let count = u64::try_from(count).unwrap_or(u64::MAX);
            (count, Some(count))
        }
        HirKind::Class(_) => (1, Some(1)),
        HirKind::Repetition(repetition) => {
            let (least, most) = length(&repetition.sub);
            let times = repetition.max.map(u64::from);
            let most = most
                .zip(times)
                .and_then(|(most, times)| most.checked_mul(times));
            (least.saturating_mul(repetition.min.into()), most)
        }
        HirKind::Capture(capture) => length(&capture.sub),
        HirKind::Concat(parts) => parts.iter().map(length).fold((0, Some(0)), |sum, part| {
            let most = sum
                .1
                .zip(part.1)
                .and_then(|(one, other)| u64::checked_add(one, other));
            (sum.0.saturating_add(part.0), most)
        }),
        HirKind::Alternation(parts) => {
            let all: Vec<_> = parts.iter().map(length).collect();
            let least = all.iter().map(|(least, _)| *least).min();
            let most = all
                .iter()
                .map(|(_, most)| *most)
                .collect::<Option<Vec<_>>>();
            (
                least.unwrap_or(0),
                most.and_then(|most| most.into_iter().max()),
            )
        }
    }
}

/// The alternatives of a pattern, outside of groups.
fn alternatives(pattern: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut depth, mut is_class, mut is_escaped) = (0, 0_usize, false, false);
    for (index, character) in pattern.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            ']' => is_class = false,
            _ if is_class => {}
            '[' => is_class = true,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                found.push(&pattern[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    found.push(&pattern[start..]);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lengths_of_a_pattern_are_spelled_out() {
        for (pattern, least, most) in [
            ("^[0-9a-f]{24}$", Some(24), Some(24)),
            ("^(a|bcd)?é+$", Some(1), None),
            ("^(ab|c)$", Some(1), Some(2)),
            ("abc", Some(3), None),
            ("^a*", None, None),
            ("^(?!a)b$", None, None),
        ] {
            let schema = spelled_out(&json!({ "pattern": pattern }));
            let found = (schema["minLength"].as_u64(), schema["maxLength"].as_u64());
            assert_eq!(found, (least, most), "{pattern}");
        }
        let narrow = json!({ "pattern": "^a{2,9}$", "minLength": 3, "maxLength": 4 });
        assert_eq!(spelled_out(&narrow), narrow);
    }

    #[test]
    fn alternatives_outside_of_groups_are_those_of_the_schema() {
        assert_eq!(
            alternatives(r"^a\||[|\]|]|(b|c)$"),
            [r"^a\|", r"[|\]|]", "(b|c)$"]
        );
        let schema = spelled_out(
            &json!({ "items": { "pattern": "^$|^a$" }, "const": { "pattern": "a|b" } }),
        );
        assert_eq!(schema["items"]["allOf"][0]["anyOf"][1]["maxLength"], 1);
        assert_eq!(schema["const"]["pattern"], "a|b");
    }
}
