//! Finds a secret in a text in which its characters may be escaped.

/// The shortest secret, in bytes, that is found inside of a longer word.
const SHORTEST_INSIDE: usize = 6;

/// How many times a text can have been written into JSON.
const LEVELS: u32 = 4;

/// A secret that is being looked for.
pub(super) struct Pattern<'a> {
    secret: &'a str,
    /// Whether it has to stand alone, because so short a text is a part of other words.
    stands_alone: bool,
}

impl<'a> Pattern<'a> {
    /// Creates a pattern of a secret that is not empty.
    pub(super) fn new(secret: &'a str) -> Self {
        Self {
            secret,
            stands_alone: secret.len() < SHORTEST_INSIDE,
        }
    }

    /// Returns the end of the secret if it starts at `start`. Each character may be written plainly, escaped as in JSON
    /// on any level, or percent-encoded.
    pub(super) fn end(&self, text: &[u8], start: usize) -> Option<usize> {
        let mut ends = (0..=LEVELS).filter_map(|level| self.end_on(level, text, start));
        let end = ends.next()?;
        let is_found = !self.stands_alone || is_delimited(text, start, end);
        is_found.then_some(end)
    }

    /// Returns the end of the secret in JSON on a level: 0 is none, 2 is JSON in JSON.
    fn end_on(&self, level: u32, text: &[u8], start: usize) -> Option<usize> {
        let mut at = start;
        for character in self.secret.chars() {
            at += character_length(text.get(at..)?, character, level)?;
        }
        Some(at)
    }
}

/// Whether quotes, the signs of a query, or nothing is around a part of a text.
fn is_delimited(text: &[u8], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).and_then(|at| text.get(at));
    let begins = before.is_none_or(|byte| matches!(byte, b'"' | b'\'' | b'=' | b'/'));
    let after = text.get(end);
    begins && after.is_none_or(|byte| matches!(byte, b'"' | b'\'' | b'&' | b'/' | b'\\'))
}

/// Returns the length of a character at the start of a text.
fn character_length(text: &[u8], character: char, level: u32) -> Option<usize> {
    let mut buffer = [0; 4];
    let plain = character.encode_utf8(&mut buffer).as_bytes();
    if character != '\\' && text.starts_with(plain) {
        return Some(plain.len());
    }
    match text.first()? {
        b'%' => percent_length(text, plain),
        b'\\' => escape_length(text, character, level),
        b'+' if character == ' ' => Some(1),
        _ => None,
    }
}

/// The length of a percent-encoded character.
fn percent_length(text: &[u8], plain: &[u8]) -> Option<usize> {
    let encoded = plain.iter().zip(text.chunks(3));
    let is_encoded = text.len() >= plain.len() * 3
        && encoded
            .into_iter()
            .all(|(byte, part)| part[0] == b'%' && hex(&part[1..]) == Some(u32::from(*byte)));
    is_encoded.then_some(plain.len() * 3)
}

/// The length of a character that is escaped as in JSON. Each level doubles the backslashes.
fn escape_length(text: &[u8], character: char, level: u32) -> Option<usize> {
    let backslashes = text.iter().take_while(|byte| **byte == b'\\').count();
    let doubled = 1_usize << level;
    if character == '\\' && backslashes >= doubled {
        return Some(doubled);
    }
    if level == 0 || !(doubled / 2..doubled).contains(&backslashes) {
        return None;
    }
    let after = text.get(backslashes..)?;
    let sign = match character {
        '\n' => Some(b'n'),
        '\r' => Some(b'r'),
        '\t' => Some(b't'),
        '\u{8}' => Some(b'b'),
        '\u{c}' => Some(b'f'),
        '"' => Some(b'"'),
        '/' => Some(b'/'),
        _ => None,
    };
    if sign.is_some() && after.first().copied() == sign {
        return Some(backslashes + 1);
    }
    let mut units = [0; 2];
    let units = character.encode_utf16(&mut units);
    unicode_length(after, backslashes, units).map(|length| backslashes + length)
}

/// The length of the escapes `uXXXX` of UTF-16 units, with backslashes between two of them.
fn unicode_length(text: &[u8], backslashes: usize, units: &[u16]) -> Option<usize> {
    let mut at = 0;
    for (index, unit) in units.iter().enumerate() {
        if index > 0 {
            let between = text.get(at..at + backslashes)?;
            if between.iter().any(|byte| *byte != b'\\') {
                return None;
            }
            at += backslashes;
        }
        let escape = text.get(at..at + 5)?;
        if escape[0] != b'u' || hex(&escape[1..]) != Some(u32::from(*unit)) {
            return None;
        }
        at += 5;
    }
    Some(at)
}

fn hex(digits: &[u8]) -> Option<u32> {
    let is_hex = !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
    let digits = str::from_utf8(digits).ok().filter(|_| is_hex)?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_found(secret: &str, text: &str) -> bool {
        Pattern::new(secret).end(text.as_bytes(), 0) == Some(text.len())
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
    }

    #[test]
    fn another_text_is_not_found() {
        for text in ["secreu", "secre", "secre%7", "secre\\u0075", "%73ecre"] {
            assert_eq!(
                Pattern::new("secret").end(text.as_bytes(), 0),
                None,
                "{text}"
            );
        }
    }

    #[test]
    fn a_short_secret_has_to_stand_alone() {
        let find = |text: &str, at| Pattern::new("abc").end(text.as_bytes(), at);
        assert_eq!(find("abc", 0), Some(3));
        assert_eq!(find(r#"{"key":"abc"}"#, 8), Some(11));
        assert_eq!(find("?key=abc&b", 5), Some(8));
        assert_eq!(find("alphabc", 4), None);
        assert_eq!(find("abcde", 0), None);
    }
}
