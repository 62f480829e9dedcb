//! Reads JSON text step by step.
//!
//! The reader accepts a part of JSON: the part that programs write. It gives up on anything else, valid or not, and the
//! caller parses the text in another way. What it accepts has the same value as with `serde_json`.

use std::borrow::Cow;

use serde_json::Value;

use super::{node::Node, specials::Specials};
use crate::{Number, value::normalize_numbers};

/// A position in a JSON text. A method that returns `None` leaves the position undefined.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    specials: Specials,
    /// Where strings with escape sequences are assembled.
    scratch: String,
    /// The nodes that references point to.
    pub(super) definitions: &'t [Node],
}

/// The text of a number.
enum NumberText<'t> {
    /// An integer that is surely in the range of `i64`.
    Integer(i64),
    /// Digits and a fraction, surely in the range of a float.
    Decimal(&'t str),
    /// What a number can consist of.
    Other(&'t str),
}

/// The maximum length of a decimal that is surely in the range of a float.
const LONGEST_DECIMAL: usize = 100;

/// The deepest nesting that is read. It is less than the limit of `serde_json`, 127.
const DEPTH: usize = 100;

/// The maximum number of digits of an integer that is surely in the range of `i64`.
const DIGITS: usize = 18;

impl<'t> Reader<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            specials: Specials::of(text),
            scratch: String::new(),
            definitions: &[],
        }
    }

    /// Sets the nodes that references point to.
    pub(crate) fn with_definitions(self, definitions: &'t [Node]) -> Self {
        Self {
            definitions,
            ..self
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// Returns the next byte that is not whitespace, without reading it.
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = self.byte(self.at)?;
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
        self.scratch.clear();
        self.scratch.push_str(&self.text[start..self.at]);
        loop {
            let character = self.escape()?;
            self.scratch.push(character);
            let start = self.at;
            let special = self.find_special()?;
            self.scratch.push_str(&self.text[start..self.at]);
            if special == b'"' {
                self.at += 1;
                return Some(Cow::Owned(self.scratch.as_str().to_owned()));
            }
        }
    }

    /// Moves to the next quote or backslash of a string and returns it.
    fn find_special(&mut self) -> Option<u8> {
        self.at = self.specials.next(self.at)?;
        self.byte(self.at).filter(|byte| *byte >= b' ')
    }

    /// Reads an escape sequence.
    fn escape(&mut self) -> Option<char> {
        let escaped = self.byte(self.at + 1)?;
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

    /// Reads a number.
    pub(super) fn number(&mut self) -> Option<Number> {
        match self.number_text()? {
            NumberText::Integer(integer) => Some(integer.into()),
            // Both this parser and that of `serde_json` return the nearest float.
            NumberText::Decimal(text) => Some(text.parse::<f64>().ok()?.into()),
            NumberText::Other(text) => {
                let mut value = serde_json::from_str(text).ok()?;
                normalize_numbers(&mut value);
                value.as_number().map(Number::from)
            }
        }
    }

    /// Reads an integer.
    pub(super) fn integer(&mut self) -> Option<i64> {
        match self.number_text()? {
            NumberText::Integer(integer) => Some(integer),
            _ => None,
        }
    }

    /// Reads the text of a number. The grammar of [`NumberText::Other`] is not checked.
    fn number_text(&mut self) -> Option<NumberText<'t>> {
        let is_negative = self.peek()? == b'-';
        let start = self.at;
        self.at += usize::from(is_negative);
        let (whole, value) = self.digits();
        let is_canonical = whole == 1 || whole > 1 && self.byte(self.at - whole) != Some(b'0');
        let mut fraction = None;
        if self.byte(self.at) == Some(b'.') {
            self.at += 1;
            fraction = Some(self.digits().0);
        }
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let rest = self.text.as_bytes()[self.at..].iter();
        let more = rest.take_while(|byte| is_part(byte)).count();
        self.at += more;
        let text = &self.text[start..self.at];
        Some(match fraction {
            _ if !is_canonical || more > 0 => NumberText::Other(text),
            // `-0` is a float in `serde_json`.
            None if whole <= DIGITS && !(is_negative && value == 0) => {
                NumberText::Integer(if is_negative { -value } else { value })
            }
            Some(1..) if self.at - start <= LONGEST_DECIMAL => NumberText::Decimal(text),
            _ => NumberText::Other(text),
        })
    }

    /// Reads digits. Returns how many there are and, if there are not too many, their value.
    fn digits(&mut self) -> (usize, i64) {
        let start = self.at;
        let mut value: i64 = 0;
        while let Some(digit @ b'0'..=b'9') = self.byte(self.at) {
            value = value.wrapping_mul(10).wrapping_add((digit - b'0').into());
            self.at += 1;
        }
        (self.at - start, value)
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

    /// Finds the end of a value and returns a reader of it. If it is not valid JSON, then neither is the text of which it
    /// is a part.
    pub(crate) fn part(&mut self) -> Option<Self> {
        let first = self.peek()?;
        let start = self.at;
        match first {
            b'{' | b'[' => self.find_close()?,
            _ => self.skip()?,
        }
        Some(Self {
            text: &self.text[..self.at],
            at: start,
            depth: 0,
            specials: self.specials.clone(),
            scratch: String::new(),
            definitions: &[],
        })
    }

    /// Moves behind the end of an object or array. Only strings are read.
    fn find_close(&mut self) -> Option<()> {
        let mut depth: usize = 0;
        loop {
            match self.byte(self.at)? {
                b'"' => {
                    self.skip_string()?;
                    continue;
                }
                b'{' | b'[' if depth == DEPTH => return None,
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Returns the text that is not read yet.
    pub(crate) fn rest(&self) -> &'t str {
        &self.text[self.at..]
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
        match self.number_text()? {
            NumberText::Other(text) => serde_json::from_str::<serde_json::Number>(text)
                .ok()
                .map(drop),
            _ => Some(()),
        }
    }

    fn skip_string(&mut self) -> Option<()> {
        self.eat(b'"')?;
        while self.find_special()? == b'\\' {
            match self.byte(self.at + 1)? {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 2,
                _ => drop(self.escape()?),
            }
        }
        self.at += 1;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Value> {
        let mut reader = Reader::new(text);
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
