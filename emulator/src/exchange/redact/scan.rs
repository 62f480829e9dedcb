//! Finds secrets in a text in which their characters may be escaped.

use super::reader::Reader;

/// The shortest secret, in bytes, that is found inside of a longer word.
const SHORTEST_INSIDE: usize = 6;

/// The shortest secret, in bytes, that is found as a word.
const SHORTEST_WORD: usize = 3;

/// How many times a text can have been written into JSON.
const LEVELS: u32 = 4;

/// How many times a text can have been percent-encoded.
const PERCENTS: u32 = 2;

/// The bytes with which an escaped character begins.
const ESCAPES: [u8; 3] = *b"%\\+";

/// What has to be around a secret.
#[derive(Clone, Copy)]
enum Around {
    Anything,
    /// No letter and no digit.
    NoWord,
    /// Quotes, the signs of a query, or nothing.
    Delimiters,
}

impl Around {
    /// A short text is a part of other words.
    fn of(secret: &str) -> Self {
        match secret.len() {
            SHORTEST_INSIDE.. => Self::Anything,
            SHORTEST_WORD.. => Self::NoWord,
            _ => Self::Delimiters,
        }
    }

    fn fits(self, text: &[u8], start: usize, end: usize) -> bool {
        let before = text[..start].last().copied();
        let after = text.get(end).copied();
        match self {
            Self::Anything => true,
            Self::NoWord => {
                let begins = !before.is_some_and(is_word) || ends_with_percent(&text[..start]);
                begins && !after.is_some_and(is_word)
            }
            Self::Delimiters => {
                let begins = before.is_none_or(|byte| b"\"'=/".contains(&byte));
                begins && after.is_none_or(|byte| b"\"'&/\\".contains(&byte))
            }
        }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

/// Whether a text ends with a percent-encoded byte, whose digits are no word.
fn ends_with_percent(text: &[u8]) -> bool {
    match text {
        [.., b'%', high, low] => high.is_ascii_hexdigit() && low.is_ascii_hexdigit(),
        _ => false,
    }
}

/// A text of a secret that is being looked for.
struct Wanted<'a> {
    text: &'a str,
    around: Around,
    /// The place of the secret.
    secret: usize,
}

/// All secrets that are being looked for, in the order of their preference.
pub(super) struct Patterns<'a> {
    wanted: Vec<Wanted<'a>>,
    /// The places of the wanted texts that begin with a byte.
    by_first_byte: Vec<Vec<usize>>,
}

impl<'a> Patterns<'a> {
    pub(super) fn new() -> Self {
        Self {
            wanted: Vec::new(),
            by_first_byte: vec![Vec::new(); 256],
        }
    }

    /// Adds a secret, and the texts that it has inside of Base64.
    pub(super) fn add(&mut self, secret: usize, value: &'a str, encoded: &'a [String]) {
        self.add_text(secret, value, Around::of(value));
        for text in encoded {
            self.add_text(secret, text, Around::Anything);
        }
    }

    fn add_text(&mut self, secret: usize, text: &'a str, around: Around) {
        let Some(first) = text.bytes().next() else {
            return;
        };
        self.by_first_byte[usize::from(first)].push(self.wanted.len());
        self.wanted.push(Wanted {
            text,
            around,
            secret,
        });
    }

    /// Returns the end and the place of the secret that starts at `start`. Each of its characters may be written plainly,
    /// escaped as in JSON on any level, or percent-encoded.
    pub(super) fn find(&self, text: &[u8], start: usize) -> Option<(usize, usize)> {
        let byte = *text.get(start)?;
        if !ESCAPES.contains(&byte) {
            return self.find_among(&self.by_first_byte[usize::from(byte)], text, start);
        }
        let bytes = (0..=PERCENTS).flat_map(|percents| Reader::new(text, start, percents).first());
        let places = bytes.flat_map(|byte| &self.by_first_byte[usize::from(byte)]);
        let mut places: Vec<_> = places.copied().collect();
        places.sort_unstable();
        places.dedup();
        self.find_among(&places, text, start)
    }

    fn find_among(&self, places: &[usize], text: &[u8], start: usize) -> Option<(usize, usize)> {
        let mut wanted = places.iter().map(|place| &self.wanted[*place]);
        wanted.find_map(|wanted| {
            let end = end_of(wanted.text, text, start)?;
            let is_alone = wanted.around.fits(text, start, end);
            is_alone.then_some((end, wanted.secret))
        })
    }
}

/// Returns the end of a text that starts at `start`, in whatever way it is escaped. The longest way counts, because a
/// backslash at the end of the text can be written as several.
fn end_of(wanted: &str, text: &[u8], start: usize) -> Option<usize> {
    if is_plainly_other(wanted, &text[start..]) {
        return None;
    }
    let ways = (0..=PERCENTS).flat_map(|percents| (0..=LEVELS).map(move |level| (percents, level)));
    let ends = ways.filter_map(|(percents, level)| {
        let reader = Reader::new(text, start, percents);
        let mut characters = wanted.chars();
        let end = characters.try_fold(reader, |reader, character| {
            reader.character(character, level)
        });
        Some(end?.at())
    });
    ends.max()
}

/// Whether a text differs from the wanted one before any escape.
fn is_plainly_other(wanted: &str, text: &[u8]) -> bool {
    let mut both = wanted.bytes().zip(text);
    let different = both.find(|(wanted, byte)| wanted != *byte || ESCAPES.contains(byte));
    different.is_some_and(|(_, byte)| !ESCAPES.contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end_in(secret: &str, text: &str, at: usize) -> Option<usize> {
        let mut patterns = Patterns::new();
        patterns.add(0, secret, &[]);
        Some(patterns.find(text.as_bytes(), at)?.0)
    }

    fn is_found(secret: &str, text: &str) -> bool {
        end_in(secret, text, 0) == Some(text.len())
    }

    #[test]
    fn a_secret_is_found_in_each_form() {
        let secret = "a/é \"\\\n😀";
        let json = serde_json::to_string(secret).unwrap();
        let json = &json[1..json.len() - 1];
        assert!(is_found(secret, secret));
        assert!(is_found(secret, json));
        let nested = serde_json::to_string(json).unwrap();
        assert!(is_found(secret, &nested[1..nested.len() - 1]));
        assert!(is_found(secret, r"a\/\u00e9 \u0022\\\u000a\ud83d\ude00"));
        assert!(is_found(secret, "a%2F%C3%A9%20%22%5C%0a%f0%9f%98%80"));
        assert!(is_found(secret, "a%2F%C3%A9+%22%5C%0a%f0%9f%98%80"));
        assert!(is_found(
            secret,
            "a%252F%25C3%25A9%2520%2522%255C%250a%25f0%259f%2598%2580"
        ));
        assert!(is_found(secret, "a/%C3%A9+%5C%22%5C%5C%5Cn%F0%9F%98%80"));
    }

    #[test]
    fn another_text_is_not_found() {
        for text in ["secreu", "secre", "secre%7", "secre\\u0075", "%73ecre"] {
            assert_eq!(end_in("secret", text, 0), None, "{text}");
        }
    }

    #[test]
    fn a_short_secret_is_found_as_a_word() {
        let find = |text: &str, at| end_in("1234", text, at);
        assert_eq!(find("1234", 0), Some(4));
        assert_eq!(find(r#"{"pin":1234}"#, 7), Some(11));
        assert_eq!(find("%3D1234%26", 3), Some(7));
        assert_eq!(find("it is 1234.", 6), Some(10));
        assert_eq!(find("a1234", 1), None);
        assert_eq!(find("12345", 0), None);
        assert_eq!(find("é1234", 2), None);
    }

    #[test]
    fn the_shortest_secrets_have_to_stand_alone() {
        let find = |text: &str, at| end_in("ab", text, at);
        assert_eq!(find("ab", 0), Some(2));
        assert_eq!(find(r#"{"key":"ab"}"#, 8), Some(10));
        assert_eq!(find("?key=ab&b", 5), Some(7));
        assert_eq!(find("an ab is", 3), None);
    }
}
