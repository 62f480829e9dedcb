//! Characters that do not show as themselves: they control a terminal, end a line, or turn the direction of a text.
//!
//! A text of a definition may hold any of them. The compiler refuses some in comments and literals, and a terminal
//! obeys others, so no output of the generator holds one.

use std::borrow::Cow;

/// Whether a character has to be escaped or replaced wherever a text is shown.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control() || is_format(character)
}

/// The characters without a glyph that are not controls: line separators, those that turn the direction of all that
/// follows, which the compiler denies, and the byte order mark.
const fn is_format(character: char) -> bool {
    matches!(
        character,
        '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

/// Whether a character ends a line, for Rust, Markdown, or a person who reads the text.
pub(crate) const fn ends_line(character: char) -> bool {
    matches!(
        character,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// A text on one line, with hidden characters as Rust escapes them: `\n`, `\u{1b}`.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn hidden_characters_are_escaped_and_others_stay() {
        assert_eq!(visible("a\n\u{1b}[31m\u{9b}"), "a\\n\\u{1b}[31m\\u{9b}");
        assert_eq!(
            visible("\u{202e}\u{2066}\u{feff}"),
            "\\u{202e}\\u{2066}\\u{feff}"
        );
        let kept = "é \u{5d0}\u{200f} 👩\u{200d}💻 \\";
        assert_eq!(visible(kept), kept);
    }
}
