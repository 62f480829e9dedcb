//! How a source is written: what tells it from another one with the same words.

use super::words::is_separator;

/// Words for the way in which a source is written and another with the same words is not, likeliest first.
pub(super) fn styles(source: &str, other: &str) -> Vec<Style> {
    let has_word = |text: &str| text.contains(char::is_alphanumeric);
    match (has_word(source), has_word(other)) {
        (false, true) => return vec![Style::After("symbol")],
        (true, false) => return vec![Style::After("word")],
        (false, false) => {
            let style = if source.is_ascii() {
                "ascii"
            } else {
                "unicode"
            };
            let differ = source.is_ascii() != other.is_ascii();
            return Vec::from_iter(differ.then(|| Style::before(&[style])));
        }
        (true, true) => {}
    }
    let differing = |style: fn(&str) -> Option<&'static str>| {
        style(source).filter(|own| style(other) != Some(own))
    };
    let all = [script, separator, case].map(differing);
    let each = all.into_iter().flatten().map(|style| vec![style]);
    // Of three sources, the third differs from both others in two ways.
    let together = [script, case, separator].map(|style| style(source));
    let together: Vec<_> = together.into_iter().flatten().collect();
    let together = (together.len() > 1).then_some(together);
    each.chain(together)
        .map(|styles| Style::before(&styles))
        .collect()
}

/// A word that is added to the name.
pub(super) enum Style {
    Before(String),
    After(&'static str),
}

impl Style {
    fn before(styles: &[&str]) -> Self {
        Self::Before(styles.join(" "))
    }

    pub(super) fn of(&self, words: &str) -> String {
        match self {
            Self::Before(style) => format!("{style} {words}"),
            Self::After(style) => format!("{words} {style}"),
        }
    }
}

/// The script of letters outside ASCII.
fn script(source: &str) -> Option<&'static str> {
    let foreign = source.chars().find(|letter| !letter.is_ascii())?;
    Some(match u32::from(foreign) {
        0x80..0x370 | 0x1e00..0x1f00 => "accented",
        0x370..0x400 | 0x1f00..0x2000 => "greek",
        0x400..0x530 => "cyrillic",
        0xff00..0xfff0 => "wide",
        _ => "unicode",
    })
}

/// The separator between words, if they all have the same one.
fn separator(source: &str) -> Option<&'static str> {
    let inside = source.trim_matches(is_separator);
    let mut separators = inside.chars().filter(|c| is_separator(*c));
    let first = separators.next()?;
    if separators.any(|other| other != first) {
        return None;
    }
    Some(match first {
        ' ' => "spaced",
        '-' => "kebab",
        '_' => "snake",
        '.' => "dotted",
        '/' => "slashed",
        _ => "colon",
    })
}

/// The case of the letters.
fn case(source: &str) -> Option<&'static str> {
    let is_lower = !source.contains(char::is_uppercase);
    let is_upper = !source.contains(char::is_lowercase);
    let mut words = source
        .split(|character: char| !character.is_alphabetic())
        .filter(|word| !word.is_empty());
    let is_capitalized = words.all(|word| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && !letters.any(char::is_uppercase)
    });
    let mut pairs = source.chars().zip(source.chars().skip(1));
    let has_capitals_apart = !pairs.any(|(one, next)| one.is_uppercase() && next.is_uppercase());
    match (is_lower, is_upper) {
        (true, true) => None,
        (true, false) => Some("lower"),
        (false, true) => Some("upper"),
        (false, false) if is_capitalized => Some("capitalized"),
        (false, false) if !has_capitals_apart || source.contains(is_separator) => Some("mixed"),
        (false, false) if source.starts_with(char::is_uppercase) => Some("pascal"),
        (false, false) => Some("camel"),
    }
}
