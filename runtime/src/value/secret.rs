//! Values that do not show themselves.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A value that `Debug` hides and that has no `Display`: it is read with [`expose`](Secret::expose).
///
/// It serializes as the value itself, so that what was read can be sent on. Equality is for tests and caches: it
/// takes no constant time, so nothing that a stranger sent is to be compared with it.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret<T = String>(T);

impl<T> Secret<T> {
    /// Hides a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Keep it out of logs and messages.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// The value itself, no longer hidden.
    pub fn into_exposed(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

/// Whether a text is no secret, since there is nothing in it to keep: it is empty, or has nothing but
/// blanks, control characters and characters without a width. Such a text is what a template or a form
/// leaves in place of a secret that nobody set, and anybody can guess it.
pub(crate) fn is_blank(text: &str) -> bool {
    let is_invisible =
        |character: char| matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    text.chars().all(|character| {
        character.is_whitespace() || character.is_control() || is_invisible(character)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides_the_value() {
        assert_eq!(format!("{:?}", Secret::from("hunter2")), "Secret(…)");
    }

    #[test]
    fn a_text_without_a_visible_character_is_no_secret() {
        for blank in ["", " ", "\t\r\n", "\u{a0}", "\u{feff}", "\u{200b}\0"] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for secret in ["x", " x ", ".", "é"] {
            assert!(!is_blank(secret), "{secret:?}");
        }
    }
}
