//! Items in words.

use serde_json::Value;

use crate::pointer::names;
use crate::schema::{code, within_code};

/// The most characters of a value that a sentence quotes.
const LONGEST: usize = 60;

/// The item at a place: "the input of the action `createIssue`".
pub(super) fn item(at: &str) -> String {
    let names: Vec<_> = names(at).map(|name| within_code(&name)).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    words(&names)
}

/// The item that a place is in, and the rest of its names.
pub(super) fn parts(at: &str) -> (String, String) {
    let names: Vec<_> = names(at).map(|name| within_code(&name)).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let depth = match names.as_slice() {
        ["channels", _, "messages", _, ..] => 4,
        ["channels", _, "conversation" | "message", "tags", _, ..] => 5,
        ["user", "tags", _, ..] => 3,
        ["configuration" | "identifier" | "user", ..] => 1,
        ["attributes" | "secrets", _] | [_, _, _, ..] => 2,
        _ => 0,
    };
    (words(&names[..depth]), names[depth..].join("."))
}

fn words(names: &[&str]) -> String {
    match names {
        [] => "the integration".to_owned(),
        ["configuration", "schema"] | ["configuration"] => "the primary configuration".to_owned(),
        ["configurations", name, ..] => format!("the configuration `{name}`"),
        ["actions", name, "input", ..] => format!("the input of the action `{name}`"),
        ["actions", name, "output", ..] => format!("the output of the action `{name}`"),
        ["channels", channel, "messages", name, ..] => {
            format!("the message `{name}` of the channel `{channel}`")
        }
        ["channels", channel, "conversation", "tags", name] => {
            format!("the tag `{name}` of conversations of the channel `{channel}`")
        }
        ["channels", channel, "message", "tags", name] => {
            format!("the tag `{name}` of messages of the channel `{channel}`")
        }
        ["user", "tags", name] => format!("the tag `{name}` of users"),
        ["user", ..] => "users".to_owned(),
        ["identifier", ..] => "the identifier of installations".to_owned(),
        ["extraOperations", name, ..] => format!("the additional operation `{name}`"),
        ["entities", name, ..] => format!("the entity `{name}`"),
        [section, name, ..] => {
            format!(
                "the {} `{name}`",
                section.strip_suffix('s').unwrap_or(section)
            )
        }
        [other] => format!("`{other}`"),
    }
}

/// The change of a value in words.
pub(super) fn value_words(name: &str, old: Option<&Value>, new: Option<&Value>) -> String {
    let name = match name {
        "" => "it".to_owned(),
        name => code(name),
    };
    let quoted = |value: &Value| {
        let text = value.to_string();
        (text.chars().count() <= LONGEST).then(|| code(&text))
    };
    match (old.map(quoted), new.map(quoted)) {
        (None, Some(Some(new))) => format!("{name} is new: {new}"),
        (None, _) => format!("{name} is new"),
        (Some(Some(old)), None) => format!("{name} is removed, which was {old}"),
        (Some(_), None) => format!("{name} is removed"),
        (Some(Some(old)), Some(Some(new))) => format!("{name} was {old} and is {new}"),
        _ => format!("{name} is another text"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{item, parts, value_words};

    #[test]
    fn a_name_and_a_value_stay_within_their_code() {
        let hidden = "a`b\u{1b}[31m\u{202e}\n";
        let shown = "a'b\\u{1b}[31m\\u{202e}\\n";
        let at = format!("/actions/{hidden}/input/schema");
        assert_eq!(item(&at), format!("the input of the action `{shown}`"));
        let (item, name) = parts(&format!("/actions/{hidden}/title"));
        assert_eq!(
            (item, name.as_str()),
            (format!("the action `{shown}`"), "title")
        );
        let words = value_words(&name, None, Some(&json!("\u{202e}`")));
        assert_eq!(words, "`title` is new: `\"\\u{202e}'\"`");
    }
}
