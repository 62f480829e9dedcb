//! Reads JSON text step by step.
//!
//! The reader accepts a part of JSON: the part that programs write. It gives up on anything else, valid or not, and the
//! caller parses the text in another way. What it accepts has the same value as with `serde_json`.

use std::borrow::Cow;

use serde_json::Value;

use super::node::Node;
use crate::{Number, value::normalize_numbers};

/// A position in a JSON text. A method that returns `None` leaves the position undefined.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    /// The nodes that references point to.
    pub(super) definitions: &'t [Node],
}

/// The deepest nesting that is read. It is less than the limit of `serde_json`, 127.
const DEPTH: usize = 100;

/// The initial capacity of a string with escape sequences, beyond what is known of it.
const MORE: usize = 48;

/// The maximum length of an integer that is surely in the range of `i64`, with its sign.
const INTEGER: usize = 18;

impl<'t> Reader<'t> {
    pub(crate) const fn new(text: &'t str, definitions: &'t [Node]) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            definitions,
        }
    }

    /// Returns the next byte that is not whitespace, without reading it.
    pub(super) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            let byte = *bytes.get(self.at)?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        if self.peek()? != byte {
            return None;
        }
        self.at += 1;
        Some(())
    }

    /// Checks that nothing follows.
    pub(crate) fn end(&mut self) -> Option<()> {
        self.peek().is_none().then_some(())
    }

    /// Reads `true`, `false` or `null`.
    pub(super) fn word(&mut self, word: &str) -> Option<()> {
        self.peek()?;
        let is_next = self.text.as_bytes()[self.at..].starts_with(word.as_bytes());
        self.at += word.len();
        is_next.then_some(())
    }

    pub(super) fn boolean(&mut self) -> Option<bool> {
        let is_true = self.peek()? == b't';
        self.word(if is_true { "true" } else { "false" })?;
        Some(is_true)
    }

    /// Reads a string.
    pub(crate) fn string(&mut self) -> Option<Cow<'t, str>> {
        self.eat(b'"')?;
        let start = self.at;
        if self.find_special()? == b'"' {
            let text = &self.text[start..self.at];
            self.at += 1;
            return Some(Cow::Borrowed(text));
        }
        // Most texts with an escape sequence have several.
        let mut text = String::with_capacity(MORE + 2 * (self.at - start));
        text.push_str(&self.text[start..self.at]);
        loop {
            text.push(self.escape()?);
            let start = self.at;
            let special = self.find_special()?;
            text.push_str(&self.text[start..self.at]);
            if special == b'"' {
                self.at += 1;
                return Some(Cow::Owned(text));
            }
        }
    }

    /// Moves to the next quote or backslash of a string and returns it.
    fn find_special(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let (words, last) = rest.as_chunks::<8>();
        for word in words {
            let found = specials(u64::from_le_bytes(*word));
            if found != 0 {
                let index = (found.trailing_zeros() / 8) as usize;
                self.at += index;
                return Some(word[index]).filter(|byte| *byte >= b' ');
            }
            self.at += 8;
        }
        let index = last
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\\' | 0..b' '))?;
        self.at += index;
        Some(last[index]).filter(|byte| *byte >= b' ')
    }

    /// Reads an escape sequence.
    fn escape(&mut self) -> Option<char> {
        let escaped = *self.text.as_bytes().get(self.at + 1)?;
        self.at += 2;
        Some(match escaped {
            b'"' | b'\\' | b'/' => char::from(escaped),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.escaped_character()?,
            _ => return None,
        })
    }

    /// Reads the digits of a character, which are those of two surrogates beyond the first 65,536 characters.
    fn escaped_character(&mut self) -> Option<char> {
        let code = self.unit()?;
        if !(0xd800..0xdc00).contains(&code) {
            return char::from_u32(code.into());
        }
        let rest = self.text.as_bytes().get(self.at..)?;
        if !rest.starts_with(br"\u") {
            return None;
        }
        self.at += 2;
        let mut pair = char::decode_utf16([code, self.unit()?]);
        pair.next()?.ok()
    }

    /// Reads four hexadecimal digits.
    fn unit(&mut self) -> Option<u16> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4)?;
        self.at += 4;
        let mut digits = digits.iter().map(|digit| char::from(*digit).to_digit(16));
        let code = digits.try_fold(0, |code, digit| Some(code * 16 + digit?))?;
        u16::try_from(code).ok()
    }

    /// Reads the text of a number. Only [`integer`] and `serde_json` check its grammar.
    fn number_text(&mut self) -> Option<&'t str> {
        self.peek()?;
        let rest = &self.text[self.at..];
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let length = rest
            .as_bytes()
            .iter()
            .take_while(|byte| is_part(byte))
            .count();
        self.at += length;
        Some(&rest[..length])
    }

    /// Reads a number.
    pub(super) fn number(&mut self) -> Option<Number> {
        let text = self.number_text()?;
        if let Some(integer) = integer(text) {
            return Some(integer.into());
        }
        if is_short_decimal(text) {
            // Both this parser and that of `serde_json` return the nearest float.
            return Some(text.parse::<f64>().ok()?.into());
        }
        let mut value = serde_json::from_str(text).ok()?;
        normalize_numbers(&mut value);
        value.as_number().map(Number::from)
    }

    /// Reads an integer.
    pub(super) fn integer(&mut self) -> Option<i64> {
        integer(self.number_text()?)
    }

    /// Begins to read an object.
    pub(crate) fn object(&mut self) -> Option<()> {
        self.eat(b'{')?;
        self.enter()
    }

    /// Begins to read an array.
    pub(super) fn array(&mut self) -> Option<()> {
        self.eat(b'[')?;
        self.enter()
    }

    fn enter(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= DEPTH).then_some(())
    }

    /// Reads the separator before the next member or item. Returns `false` at the end of the object or array, which
    /// `close` ends.
    fn goes_on(&mut self, is_first: bool, close: u8) -> Option<bool> {
        let next = self.peek()?;
        if next == close {
            self.at += 1;
            self.depth -= 1;
            return Some(false);
        }
        if !is_first {
            self.eat(b',')?;
        }
        Some(true)
    }

    /// Returns whether the object has another member, whose name is next.
    pub(crate) fn has_member(&mut self, is_first: bool) -> Option<bool> {
        self.goes_on(is_first, b'}')
    }

    /// Reads the name of a member.
    pub(crate) fn name(&mut self) -> Option<Cow<'t, str>> {
        let name = self.string()?;
        self.eat(b':')?;
        Some(name)
    }

    /// Returns whether the array has another item, which is next.
    pub(super) fn has_item(&mut self, is_first: bool) -> Option<bool> {
        self.goes_on(is_first, b']')
    }

    /// Reads a value and returns its text. The value is valid JSON.
    pub(crate) fn raw(&mut self) -> Option<&'t str> {
        self.peek()?;
        let start = self.at;
        self.skip()?;
        Some(&self.text[start..self.at])
    }

    /// Reads a value of any type.
    pub(super) fn value(&mut self) -> Option<Value> {
        serde_json::from_str(self.raw()?).ok()
    }

    /// Reads a value without keeping it.
    pub(super) fn skip(&mut self) -> Option<()> {
        match self.peek()? {
            b'"' => self.skip_string(),
            b'{' => {
                self.object()?;
                let mut is_first = true;
                while self.has_member(is_first)? {
                    self.skip_string()?;
                    self.eat(b':')?;
                    self.skip()?;
                    is_first = false;
                }
                Some(())
            }
            b'[' => {
                self.array()?;
                let mut is_first = true;
                while self.has_item(is_first)? {
                    self.skip()?;
                    is_first = false;
                }
                Some(())
            }
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => self.skip_number(),
        }
    }

    fn skip_number(&mut self) -> Option<()> {
        let text = self.number_text()?;
        if integer(text).is_some() || is_short_decimal(text) {
            return Some(());
        }
        serde_json::from_str::<serde_json::Number>(text)
            .ok()
            .map(drop)
    }

    fn skip_string(&mut self) -> Option<()> {
        self.eat(b'"')?;
        while self.find_special()? == b'\\' {
            match self.text.as_bytes().get(self.at + 1)? {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 2,
                _ => drop(self.escape()?),
            }
        }
        self.at += 1;
        Some(())
    }
}

/// Marks the quotes, the backslashes and the control characters among eight bytes, by the highest bit of each. What is
/// marked after the first one is not certain. <https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord>
const fn specials(word: u64) -> u64 {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;

    const fn zeros(word: u64) -> u64 {
        word.wrapping_sub(LOW) & !word
    }
    let quotes = zeros(word ^ (LOW * b'"' as u64));
    let backslashes = zeros(word ^ (LOW * b'\\' as u64));
    let controls = word.wrapping_sub(LOW * b' ' as u64) & !word;
    (quotes | backslashes | controls) & HIGH
}

/// Whether a text is a number that is surely in the range of a float: digits and a fraction.
fn is_short_decimal(text: &str) -> bool {
    const LONGEST: usize = 100;

    let digits = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    let number = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let point = number.iter().position(|byte| *byte == b'.');
    let (whole, fraction) = number.split_at(point.unwrap_or(number.len()));
    let is_canonical = digits(whole) && (whole == b"0" || whole[0] != b'0');
    is_canonical && fraction.get(1..).is_some_and(digits) && text.len() <= LONGEST
}

/// Reads a short integer. `-0` is a float in `serde_json`, and is not read here.
fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_canonical = match digits.as_bytes() {
        [b'0'] => digits.len() == text.len(),
        [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    (is_canonical && text.len() <= INTEGER).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Value> {
        let mut reader = Reader::new(text, &[]);
        let value = reader.value()?;
        reader.end()?;
        Some(value)
    }

    #[test]
    fn a_text_of_the_usual_form_is_read() {
        for text in [
            r#" { "a" : [ 1 , -2.5e3 , true , null ] , "b" : { } } "#,
            r#""\"\\\/\b\f\n\r\t\u00e9 é 💥 \ud83d\ude00\uD83D\uDE00""#,
            &format!("\"{}\\n{}\"", "a".repeat(100), "b".repeat(100)),
            &format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH)),
            "18446744073709551615",
            "-0.0",
            "[-0, 1e5, 0.5e-3, 100000000000000000000000000000.5]",
        ] {
            assert_eq!(read(text), serde_json::from_str(text).ok(), "{text}");
            assert!(read(text).is_some(), "{text}");
        }
    }

    #[test]
    fn what_serde_json_refuses_is_not_read() {
        for text in [
            "",
            "{",
            "[1,]",
            "[,1]",
            "[1 2]",
            r#"{"a":1,}"#,
            r#"{"a"}"#,
            "{1:2}",
            "01",
            "-",
            "1.",
            "+1",
            ".5",
            "1e999",
            "tru",
            "nulll",
            "[1]]",
            "\"a",
            "\"a\u{1}\"",
            &format!("\"{}\u{1f}{}\"", "a".repeat(50), "b".repeat(50)),
            r#""\x""#,
            r#""\u12""#,
            r#""\ud800""#,
            r#""\udc00""#,
            r#""\ud83d\u0041""#,
            r#""\ud83d\ud83d""#,
            r#""\ud83d\n""#,
            r#""\u+123""#,
        ] {
            assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_deep_text_is_left_to_another_parser() {
        let deep = format!("{}{}", "[".repeat(DEPTH + 1), "]".repeat(DEPTH + 1));
        assert!(serde_json::from_str::<Value>(&deep).is_ok());
        assert_eq!(read(&deep), None);
    }
}
