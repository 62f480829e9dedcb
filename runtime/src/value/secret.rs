//! Values that are redacted in `Debug` output.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A secret value. `Debug` redacts it, and it has no `Display`. Use [`expose`](Secret::expose) to
/// access it.
///
/// It serializes as the plain value, so that it can be sent to other services. `==` is for tests
/// and caches only: it does not run in constant time, so do not compare secrets with untrusted
/// input.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret<T = String>(T);

impl<T> Secret<T> {
    /// Creates a secret from a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// Returns a reference to the plain value. Keep it out of logs and messages.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// Returns the plain value.
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

/// Returns whether a text is unusable as a secret: it is empty, or contains only whitespace,
/// control characters and zero-width characters. Templates and forms produce such texts for unset
/// secrets, and anyone can guess them.
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
