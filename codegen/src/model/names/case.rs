//! Words in the case that Rust wants.

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::reserved::{OF_MODULES, step_aside};
use super::words::words;

/// Names by position.
pub(crate) const ORDINALS: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// A type, trait or variant: `createIssue` is `CreateIssue`.
pub(crate) fn upper_camel(source: &str) -> String {
    upper_camel_of(&words(source))
}

/// A field, method or module: `createIssue` is `create_issue`.
pub(crate) fn snake(source: &str) -> String {
    snake_of(&words(source))
}

/// The module of a definition.
pub(crate) fn module(source: &str) -> String {
    step_aside(snake(source), OF_MODULES)
}

/// A type's name that the author chose.
pub(crate) fn chosen(name: &str) -> String {
    upper_camel_of(&chosen_words(name))
}

/// The words of a name that the author chose. If it is an identifier, its letters are kept, whatever their script.
pub(super) fn chosen_words(name: &str) -> String {
    let is_identifier = syn::parse_str::<syn::Ident>(name.trim_start_matches("r#")).is_ok();
    if is_identifier {
        name.trim_start_matches("r#").to_owned()
    } else {
        words(name)
    }
}

/// Words without spaces between them, each with a capital; between two digits stays a `_`.
pub(super) fn upper_camel_of(spaced: &str) -> String {
    let mut name = String::new();
    for word in spaced.split([' ', '_']) {
        let word = word.to_upper_camel_case();
        let are_numbers = name.ends_with(|last: char| last.is_ascii_digit())
            && word.starts_with(|first: char| first.is_ascii_digit());
        if are_numbers {
            name.push('_');
        }
        name.push_str(&word);
    }
    if name == "Self" {
        "Self_".to_owned()
    } else {
        not_leading_digit(name)
    }
}

/// Words with a `_` between them. A keyword is raw (`r#type`), or ends in `_` if it cannot be raw (`self_`).
pub(super) fn snake_of(spaced: &str) -> String {
    let name = not_leading_digit(spaced.to_snake_case());
    if syn::parse_str::<syn::Ident>(&name).is_ok() && name != "gen" {
        name
    } else if matches!(name.as_str(), "self" | "super" | "crate" | "_") {
        format!("{name}_")
    } else {
        format!("r#{name}")
    }
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
    use super::{module, snake, upper_camel};

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
        assert_eq!(module("std"), "std_");
    }

    #[test]
    fn digits_and_symbols_make_identifiers() {
        assert_eq!(upper_camel("12hour"), "_12hour");
        assert_eq!(upper_camel("+"), "Plus");
        assert_eq!(upper_camel(""), "Empty");
        assert_eq!(upper_camel("-1"), "Minus1");
        assert_eq!(upper_camel("1-10"), "_1_10");
        assert_eq!(upper_camel("10,001+"), "_10_001Plus");
        assert_eq!(snake("+1"), "plus_1");
        assert_eq!(snake("@type"), "r#type");
        assert_eq!(upper_camel("Page<User, 2>"), "PageUser2");
        assert_eq!(upper_camel("<5"), "Less5");
    }

    #[test]
    fn every_character_alone_makes_an_identifier() {
        for character in '\0'..='\u{3000}' {
            let source = character.to_string();
            for name in [upper_camel(&source), snake(&source)] {
                let name = name.trim_start_matches("r#");
                let has_letter = name.contains(|c: char| c.is_ascii_alphanumeric());
                assert!(has_letter && name.is_ascii(), "{source:?} is {name:?}");
            }
        }
    }

    #[test]
    fn every_script_is_written_in_ascii() {
        assert_eq!(snake("straße"), "strasse");
        assert_eq!(upper_camel("цена"), "Tsena");
        assert_eq!(upper_camel("τιμή"), "Timi");
        assert_eq!(upper_camel("ภาษา"), "Phasa");
        assert_eq!(upper_camel("👍"), "Thumbsup");
        assert_eq!(upper_camel("❤\u{fe0f}"), "Heart");
        assert_eq!(upper_camel("°C"), "DegreeC");
        assert_eq!(upper_camel("≈"), "ApproximatelyEqual");
        assert_eq!(upper_camel("\u{300}"), "U300");
        assert_eq!(snake("\u{304}\u{1f600}"), "grinning");
    }
}
