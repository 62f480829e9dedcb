//! What the keywords of a schema are about.

use contexture::meaning::{Meaning, list};
use serde_json::{Map, Value};

/// The keywords whose schemas are inside of a value.
const NESTING: [&str; 6] = [
    "properties",
    "patternProperties",
    "additionalProperties",
    "items",
    "anyOf",
    "oneOf",
];

/// The types that a schema names, or that its keywords are about. `null` is not among them.
pub(super) fn types<'a>(meaning: &Meaning<'a>) -> Vec<&'a str> {
    let mut allowed: Option<Vec<&str>> = None;
    for value in meaning.all("type") {
        let names: Vec<_> = match value {
            Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
            name => name.as_str().into_iter().collect(),
        };
        allowed = Some(match allowed {
            // All parts count, and an integer is a number.
            Some(before) => {
                let is_both = |name: &&str| {
                    names.contains(name) || *name == "integer" && names.contains(&"number")
                };
                before.into_iter().filter(is_both).collect()
            }
            None => names,
        });
    }
    if let Some(allowed) = allowed {
        return allowed.into_iter().filter(|name| *name != "null").collect();
    }
    let has = |keywords: &[&str]| keywords.iter().any(|name| meaning.first(name).is_some());
    let implied = [
        (
            "object",
            &["properties", "required", "patternProperties"][..],
        ),
        ("array", &["items"]),
    ];
    let implied = implied.into_iter().filter(|(_, keywords)| has(keywords));
    implied.map(|(name, _)| name).collect()
}

/// Whether `null` is the only value that the types leave.
pub(super) fn is_null(meaning: &Meaning<'_>) -> bool {
    let mut named = meaning.all("type").peekable();
    named.peek().is_some()
        && named.all(|names| *names == "null" || list(Some(names)).any(|name| name == "null"))
}

/// Whether an object may have fields that the schema does not name, with any value.
pub(super) fn is_open(meaning: &Meaning<'_>) -> bool {
    let keywords = ["additionalProperties", "unevaluatedProperties"];
    let mut rest = keywords.iter().flat_map(|keyword| meaning.all(keyword));
    rest.all(|rest| *rest != Value::Bool(false) && is_empty(rest))
}

/// Whether a part has schemas of what is inside of a value.
pub(super) fn is_nested(part: &Map<String, Value>) -> bool {
    NESTING
        .iter()
        .any(|name| part.get(*name).is_some_and(|value| !is_empty(value)))
}

/// Whether a keyword says nothing.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => true,
    }
}
