//! Names that Botpress accepts in camelCase only, and of ASCII letters and digits only.

use serde_json::Value;

use crate::definition::DefinitionSet;
use crate::diagnostic::{Diagnostic, catalog};
use crate::sections::SECTIONS;

/// Finds names that are not in camelCase.
pub(super) fn check(set: &DefinitionSet, definition: &Value) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let named = SECTIONS.iter().flat_map(|section| {
        let patterns = section.in_camel_case.iter();
        patterns.flat_map(|pattern| section.places(definition, pattern))
    });
    for (pointer, _) in named {
        let name = pointer.last().unwrap_or_default();
        let place = || set.key_location(pointer.clone());
        let length = name.chars().count();
        if !is_identifier(&name) || camel_case(&name) != name {
            let suggestion = suggest(&name);
            let suggestion = suggestion.as_deref();
            findings.push(catalog::server::not_camel_case(
                place(),
                &pointer,
                suggestion,
            ));
        } else if !LENGTHS.contains(&length) {
            findings.push(catalog::server::name_length(place(), &pointer, length));
        }
    }
    findings
}

/// How many characters a name has.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=100;

/// Whether Botpress takes the characters of a name.
fn is_identifier(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric())
}

/// A name that Botpress takes, if the letters of another one give it.
fn suggest(name: &str) -> Option<String> {
    let separated: String = name
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .collect();
    let camel = camel_case(&separated);
    is_identifier(&camel).then_some(camel)
}

/// The name in the official command line's camelCase: words end at hyphens, at underscores, and
/// where a small letter of ASCII meets a capital one; nothing else ends a word.
fn camel_case(name: &str) -> String {
    let mut camel = String::new();
    for word in words(name) {
        let lower = word.to_lowercase();
        let mut letters = lower.chars();
        match letters.next() {
            Some(first) if !camel.is_empty() => {
                camel.extend(first.to_uppercase());
                camel.push_str(letters.as_str());
            }
            _ => camel.push_str(&lower),
        }
    }
    camel
}

fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut follows_small = false;
    for letter in name.chars() {
        let ends = matches!(letter, '-' | '_');
        if ends || (follows_small && letter.is_ascii_uppercase()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| !ends) {
            word.push(letter);
        }
        follows_small = letter.is_ascii_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_camel_case_stay() {
        for name in ["run", "createIssue", "getV2", "a1", "straße", ""] {
            assert_eq!(camel_case(name), name);
        }
    }

    #[test]
    fn a_name_is_suggested_where_its_letters_give_one() {
        for (name, suggestion) in [
            ("create-issue", Some("createIssue")),
            ("my channel", Some("myChannel")),
            ("do.it!", Some("doIt")),
            ("3d print", None),
            ("日本", None),
            ("straße", None),
            ("__", None),
        ] {
            assert_eq!(suggest(name).as_deref(), suggestion, "{name}");
            assert!(!is_identifier(name), "{name}");
        }
    }

    #[test]
    fn other_names_get_another_one() {
        for (name, camel) in [
            ("create_issue", "createIssue"),
            ("create-issue", "createIssue"),
            ("CreateIssue", "createIssue"),
            ("getURL", "getUrl"),
            ("v2Get", "v2get"),
            ("_private", "private"),
            ("__", ""),
        ] {
            assert_eq!(camel_case(name), camel);
        }
    }
}
