//! The anchors of a reference. They follow from names alone, so that links to them stay right.

use std::collections::HashSet;

/// The anchors that are taken.
#[derive(Debug, Default)]
pub(super) struct Anchors(HashSet<String>);

impl Anchors {
    /// An anchor for some names: `action-createTicket`. If it is taken, a number is added.
    pub(super) fn take(&mut self, names: &[&str]) -> String {
        let wanted: Vec<String> = names.iter().map(|name| slug(name)).collect();
        let wanted = wanted.join("-");
        let mut anchor = wanted.clone();
        let mut number = 1;
        while !self.0.insert(anchor.clone()) {
            number += 1;
            anchor = format!("{wanted}-{number}");
        }
        anchor
    }
}

/// A name with the characters that an address has as they are.
fn slug(name: &str) -> String {
    let keep = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    let slug: String = name
        .chars()
        .map(|character| if keep(character) { character } else { '-' })
        .collect();
    if slug.is_empty() {
        "-".to_owned()
    } else {
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_has_the_names_and_is_there_once() {
        let mut anchors = Anchors::default();
        let taken = [
            anchors.take(&["action", "a b"]),
            anchors.take(&["action", "a-b"]),
            anchors.take(&["action", "a\"<b"]),
            anchors.take(&["action", ""]),
        ];
        assert_eq!(
            taken,
            ["action-a-b", "action-a-b-2", "action-a--b", "action--"]
        );
    }
}
