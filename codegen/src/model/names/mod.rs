//! Where every Rust name comes from.
//!
//! One rule makes a name: the words of the source, in the case that Rust wants.
//!
//! - `createIssue` is `CreateIssue` as a type and `create_issue` as a field or method.
//! - A name that Rust reserves is raw (`r#type`); the four that cannot be raw end in `_` (`self_`).
//! - A field with a default ends in `_` if every payload has a method of its name (`new`, `decode`).
//! - An optional field has a setter (`with_body`). The method of a field `with_body` that has a default is
//!   `get_with_body`, so that a setter never meets it.
//! - A name that starts with a digit starts with `_` (`_12hour`).
//! - Numbers that stand apart stay apart (`1-10` is `_1_10`).
//! - A source without a letter or a digit is spelled (`+` is `Plus`, `!=` is `NotEqual`, the empty text is `Empty`).
//! - Values of one enum with the same name are distinguished by the rules of [`variants()`].
//! - The type of a nested object has the name of the outer type and of its property (`CreateIssueInputLabel`);
//!   where two would have one name, the properties on the way are added from the inside out.
//!
//! A collision after that is a diagnostic, and `x-rust-name` resolves it.

mod allocate;
mod variants;

use heck::{ToSnakeCase, ToUpperCamelCase};

pub(crate) use allocate::{FixedName, allocate};
pub(crate) use variants::variants;

/// A type, trait or variant: `createIssue` is `CreateIssue`.
pub(crate) fn upper_camel(source: &str) -> String {
    identifier(&joined(&words(source)))
}

/// Words without spaces between them, each with a capital; between two digits stays a `_`.
fn joined(words: &str) -> String {
    let mut name = String::new();
    for word in words.split([' ', '_']) {
        let word = word.to_upper_camel_case();
        let are_numbers = name.ends_with(|last: char| last.is_ascii_digit())
            && word.starts_with(|first: char| first.is_ascii_digit());
        if are_numbers {
            name.push('_');
        }
        name.push_str(&word);
    }
    name
}

/// Makes a name a valid identifier for a type or a variant.
fn identifier(name: &str) -> String {
    if name == "Self" {
        "Self_".to_owned()
    } else {
        not_leading_digit(name.to_owned())
    }
}

/// A field, method or module: `createIssue` is `create_issue`.
pub(crate) fn snake(source: &str) -> String {
    let name = not_leading_digit(words(source).to_snake_case());
    if syn::parse_str::<syn::Ident>(&name).is_ok() && name != "gen" {
        name
    } else if matches!(name.as_str(), "self" | "super" | "crate" | "_") {
        format!("{name}_")
    } else {
        format!("r#{name}")
    }
}

/// A field whose method of the same name gives the default. It must not hide a method that every payload has.
pub(crate) fn accessor(source: &str) -> String {
    const EVERY_PAYLOAD: &[&str] = &["clone", "decode", "default", "encode", "from_value", "new"];
    let name = snake(source);
    if EVERY_PAYLOAD.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// The method that returns a field or its default. A name that could be a setter's starts with `get_`.
pub(crate) fn default_method(field: &str) -> String {
    if field.trim_start_matches("get_").starts_with("with_") {
        format!("get_{field}")
    } else {
        field.to_owned()
    }
}

/// The method that sets an optional field: `body` has `with_body`.
pub(crate) fn setter(field: &str) -> String {
    format!(
        "with_{}",
        field.trim_start_matches("r#").trim_start_matches('_')
    )
}

/// The singular: `labels` holds a `label`; a name without a singular holds an `item`.
pub(crate) fn singular(plural: &str, item: &str) -> String {
    let is_plural = |ending: &str| plural.len() > ending.len() + 1 && plural.ends_with(ending);
    if is_plural("ies") {
        format!("{}y", &plural[..plural.len() - 3])
    } else if ["sses", "shes", "ches", "xes"].into_iter().any(is_plural) {
        plural[..plural.len() - 2].to_owned()
    } else if is_plural("s")
        && !["ss", "us", "is"]
            .into_iter()
            .any(|ending| plural.ends_with(ending))
    {
        plural[..plural.len() - 1].to_owned()
    } else {
        format!("{plural} {item}")
    }
}

/// Keeps the characters of identifiers; a source without any is spelled.
fn words(source: &str) -> String {
    if source.contains(is_of_word) {
        source
            .chars()
            .map(|c| {
                if unicode_ident::is_xid_continue(c) {
                    c
                } else {
                    ' '
                }
            })
            .collect()
    } else {
        spelled(source)
    }
}

/// Whether a character is a letter or a digit of a name. A combining mark alone is not: an identifier needs a letter.
fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() && unicode_ident::is_xid_continue(character)
}

/// Operators of two characters that are read as one.
const OPERATORS: &[(&str, &str)] = &[
    ("!=", "not equal"),
    ("<=", "less or equal"),
    (">=", "greater or equal"),
];

fn spelled(source: &str) -> String {
    if source.is_empty() {
        return "empty".to_owned();
    }
    if let Some((_, name)) = OPERATORS.iter().find(|(operator, _)| *operator == source) {
        return (*name).to_owned();
    }
    let mut spelled = String::new();
    for character in source.chars() {
        if is_of_word(character) {
            spelled.push(character);
        } else {
            spelled.extend([" ", &symbol_name(character), " "]);
        }
    }
    spelled
}

fn symbol_name(symbol: char) -> String {
    let name = match symbol {
        ' ' => "space",
        '!' => "bang",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '\'' => "apostrophe",
        '(' => "open",
        ')' => "close",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '\\' => "backslash",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '|' => "pipe",
        '~' => "tilde",
        other => return format!("u{:x}", u32::from(other)),
    };
    name.to_owned()
}

fn not_leading_digit(name: String) -> String {
    if name.starts_with(unicode_ident::is_xid_start) {
        name
    } else {
        format!("_{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::{default_method, setter, singular, snake, upper_camel};

    #[test]
    fn a_name_takes_the_case_of_its_place() {
        assert_eq!(upper_camel("createIssue"), "CreateIssue");
        assert_eq!(upper_camel("manualPAT"), "ManualPat");
        assert_eq!(snake("issueOpened"), "issue_opened");
        assert_eq!(snake("image_24"), "image_24");
        assert_eq!(upper_camel("sharepoint-excel"), "SharepointExcel");
    }

    #[test]
    fn a_reserved_word_is_raw_where_it_can_be() {
        assert_eq!(snake("type"), "r#type");
        assert_eq!(snake("gen"), "r#gen");
        assert_eq!(snake("self"), "self_");
        assert_eq!(upper_camel("self"), "Self_");
    }

    #[test]
    fn digits_and_symbols_make_identifiers() {
        assert_eq!(upper_camel("12hour"), "_12hour");
        assert_eq!(upper_camel("+"), "Plus");
        assert_eq!(upper_camel(""), "Empty");
        assert_eq!(upper_camel("-1"), "_1");
        assert_eq!(snake("@type"), "r#type");
        assert_eq!(upper_camel("\u{300}"), "U300");
        assert_eq!(snake("\u{304}\u{1f600}"), "u304_u1f600");
    }

    #[test]
    fn a_setter_has_the_name_of_no_other_method() {
        assert_eq!(setter("body"), "with_body");
        assert_eq!(setter("r#type"), "with_type");
        assert_eq!(setter("_12hour"), "with_12hour");
        let methods = ["body", "with_body", "get_with_body"].map(default_method);
        assert_eq!(methods, ["body", "get_with_body", "get_get_with_body"]);
    }

    #[test]
    fn an_item_is_called_by_the_singular() {
        assert_eq!(singular("labels", "item"), "label");
        assert_eq!(singular("entries", "item"), "entry");
        assert_eq!(singular("boxes", "item"), "box");
        assert_eq!(singular("status", "item"), "status item");
    }
}
