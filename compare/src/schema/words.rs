//! Changes in words.

use serde_json::Value;

use super::{Edit, Kind};

/// The most characters of a value in a sentence.
const LONGEST: usize = 60;

impl Edit {
    /// The change as a sentence without a full stop. No value is quoted that was not masked before.
    pub(crate) fn words(&self, masked: &dyn Fn(&Value) -> Value) -> String {
        let place = |name: &str| code(&shown(self.way.iter().map(String::as_str).chain([name])));
        let this = || match self.way.as_slice() {
            [] => "the value".to_owned(),
            way => code(&shown(way.iter().map(String::as_str))),
        };
        let quoted = |values: &[Value]| -> Vec<_> {
            values
                .iter()
                .map(|value| code(&short(&masked(value))))
                .collect()
        };
        match &self.kind {
            Kind::Added {
                name,
                is_required: true,
                ..
            } => format!("{} is new and required", place(name)),
            Kind::Added { name, .. } => format!("{} is new", place(name)),
            Kind::Removed { name, .. } => format!("{} is removed", place(name)),
            Kind::Renamed { from, to } => {
                format!("{} is renamed to {}, as it seems", place(from), place(to))
            }
            Kind::Required {
                name,
                is_required: true,
            } => format!("{} is required now", place(name)),
            Kind::Required { name, .. } => format!("{} is optional now", place(name)),
            Kind::Values { added, removed } => values(&this(), &quoted(added), &quoted(removed)),
            Kind::Alternative {
                name,
                is_added: true,
            } => format!("{} has the new alternative {}", this(), code(name)),
            Kind::Alternative { name, .. } => {
                format!("{} lost the alternative {}", this(), code(name))
            }
            Kind::Shape { old, new } if old == new => format!("{} has another form", this()),
            Kind::Shape { old, new } => format!("{} was {old} and is {new}", this()),
            Kind::Closed { is_closed: true } => {
                format!("{} has no other properties any more", this())
            }
            Kind::Closed { .. } => format!("{} may have other properties now", this()),
            Kind::Keyword { name, old, new } | Kind::Annotation { name, old, new } => {
                let quoted =
                    |value: &Option<Value>| value.as_ref().map(|value| short(&masked(value)));
                keyword(&this(), name, quoted(old), quoted(new))
            }
        }
    }
}

fn values(this: &str, added: &[String], removed: &[String]) -> String {
    let list = |values: &[String]| values.join(", ");
    match (added, removed) {
        ([], []) => format!("the values of {this} have another order"),
        (added, []) => format!("{this} can also be {}", list(added)),
        ([], removed) => format!("{this} can no longer be {}", list(removed)),
        (added, removed) => {
            format!(
                "{this} can also be {}, and no longer {}",
                list(added),
                list(removed)
            )
        }
    }
}

fn keyword(this: &str, name: &str, old: Option<String>, new: Option<String>) -> String {
    let name = code(name);
    match (old, new) {
        (None, Some(new)) => format!("{this} has {name} now: {}", code(&new)),
        (Some(old), None) => format!("{this} has no {name} any more, which was {}", code(&old)),
        (Some(old), Some(new)) if old == new => format!("{name} of {this} is another text"),
        (Some(old), Some(new)) => {
            format!("{name} of {this} was {} and is {}", code(&old), code(&new))
        }
        (None, None) => format!("{name} of {this} is the same"),
    }
}

/// The kind of value that a schema is for.
pub(super) fn shape(schema: &Value) -> String {
    if let Value::Bool(is_any) = schema {
        return if *is_any { "any value" } else { "no value" }.to_owned();
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.as_str().into_iter().collect(),
    };
    if !kinds.is_empty() {
        let kinds: Vec<_> = kinds.into_iter().map(noun).collect();
        return kinds.join(" or ");
    }
    for keyword in ["anyOf", "oneOf"] {
        if let Some(branches) = schema[keyword].as_array() {
            let mut all: Vec<_> = branches.iter().map(shape).collect();
            all.dedup();
            return match all.as_slice() {
                [one] if branches.len() > 1 => format!("one of {} forms of {one}", branches.len()),
                all if all.len() <= 4 => all.join(" or "),
                all => format!("one of {} alternatives", all.len()),
            };
        }
    }
    let implied = match schema {
        _ if schema.get("properties").is_some() => "an object",
        _ if schema.get("enum").is_some() || schema.get("const").is_some() => "one of some values",
        _ if schema.get("allOf").is_some() => "all of several schemas",
        _ if schema.get("$ref").is_some() => "another schema",
        _ => "any value",
    };
    implied.to_owned()
}

fn noun(kind: &str) -> &str {
    match kind {
        "string" => "a string",
        "number" => "a number",
        "integer" => "an integer",
        "boolean" => "a boolean",
        "array" => "a list",
        "object" => "an object",
        other => other,
    }
}

/// A place in a value: `items[].name`, `pair[1]`.
fn shown<'a>(way: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for name in way {
        if !text.is_empty() && !name.starts_with('[') {
            text.push('.');
        }
        text.push_str(name);
    }
    text
}

/// A text as code.
pub(crate) fn code(text: &str) -> String {
    format!("`{}`", within_code(text))
}

/// A text that stays within its code and on its line, and that no terminal obeys.
pub(crate) fn within_code(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '`' => shown.push('\''),
            '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
                shown.extend(character.escape_default());
            }
            character if character.is_control() => shown.extend(character.escape_default()),
            character => shown.push(character),
        }
    }
    shown
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}…")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::schema::edits;

    #[test]
    fn the_name_of_a_property_stays_on_one_line_and_within_its_code() {
        let of = |kind: &str| json!({ "properties": { "a\n\u{1b}[31m`b": { "type": kind } } });
        let edits = edits(&of("string"), &of("integer"));
        let words = edits[0].words(&serde_json::Value::clone);
        assert_eq!(words, "`a\\n\\u{1b}[31m'b` was a string and is an integer");
    }
}
