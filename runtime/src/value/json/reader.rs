//! Reads JSON text step by step.
//!
//! The reader accepts a part of JSON: the part that programs write. It gives up on anything else, valid or not, and the
//! caller parses the text in another way. What it accepts has the same value as with `serde_json`.

use std::borrow::Cow;

use serde_json::Value;

use super::{
    marks::{MarkedText, Places, TextPart},
    node::Node,
};
use crate::{Number, value::normalize_numbers};

/// A position in a JSON text. A method that returns `None` leaves the position undefined.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'t> {
    whole: &'t MarkedText<'t>,
    /// The text up to the end of the part that is read.
    text: &'t str,
    at: usize,
    depth: usize,
    /// Where strings with escape sequences are assembled.
    scratch: String,
    /// The nodes that references point to.
    pub(super) definitions: &'t [Node],
}

/// The text of a number.
enum NumberText<'t> {
    /// An integer that is surely in the range of `i64`.
    Integer(i64),
    /// Few digits and a fraction.
    Decimal(f64),
    /// Digits and a fraction, surely in the range of a float.
    LongDecimal(&'t str),
    /// What a number can consist of.
    Other(&'t str),
}

/// What an escape sequence stands for.
enum Escape {
    /// The character after the backslash, which is the next one.
    Itself,
    Character(char),
}

/// The maximum length of a decimal that is surely in the range of a float.
const LONGEST_DECIMAL: usize = 100;

/// The deepest nesting that is read. It is less than the limit of `serde_json`, 127.
const DEPTH: usize = 100;

/// The maximum number of digits of an integer that is surely in the range of `i64`.
const DIGITS: usize = 18;

/// The maximum number of digits of an integer that surely is a float.
const EXACT_DIGITS: usize = 15;

/// Returns the float that is nearest to a decimal of at most [`EXACT_DIGITS`] digits: both integers are floats, and their
/// quotient is rounded once.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "there are few digits"
)]
const fn decimal(whole: i64, fraction: i64, places: usize) -> f64 {
    let scale = 10_i64.pow(places as u32);
    (whole * scale + fraction) as f64 / scale as f64
}

impl<'t> Reader<'t> {
    pub(crate) fn new(part: TextPart<'t>, definitions: &'t [Node]) -> Self {
        Self {
            whole: part.whole,
            text: &part.whole.text[..part.end],
            at: part.start,
            depth: 0,
            scratch: String::new(),
            definitions,
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
        // Most texts have no whitespace.
        if self.byte(self.at) != Some(byte) && self.peek()? != byte {
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
        let mut places = self.whole.marks.from(start);
        let special = self.pass_special(&mut places)?;
        let text = &self.text[start..self.at - 1];
        if special == b'"' {
            return Some(Cow::Borrowed(text));
        }
        self.unescape(text, places).map(Cow::Owned)
    }

    /// Reads the rest of a string, from its first escape sequence on.
    fn unescape(&mut self, beginning: &str, mut places: Places<'t>) -> Option<String> {
        self.scratch.clear();
        self.scratch.push_str(beginning);
        loop {
            // The escape sequences that texts have most.
            match self.byte(self.at)? {
                b'"' => drop(places.next()),
                b'n' => {
                    self.at += 1;
                    self.scratch.push('\n');
                }
                _ => {
                    let escape;
                    (escape, places) = self.escape(places)?;
                    if let Escape::Character(character) = escape {
                        self.scratch.push(character);
                    }
                }
            }
            let start = self.at;
            let special = self.pass_special(&mut places)?;
            self.scratch.push_str(&self.text[start..self.at - 1]);
            if special == b'"' {
                return Some(self.scratch.as_str().to_owned());
            }
        }
    }

    /// Moves behind the next quote or backslash of a string and returns it.
    fn pass_special(&mut self, places: &mut Places<'t>) -> Option<u8> {
        for place in places {
            match self.byte(place)? {
                byte @ (b'"' | b'\\') => {
                    self.at = place + 1;
                    return Some(byte);
                }
                ..b' ' => return None,
                _ => {}
            }
        }
        None
    }

    /// Reads what follows the backslash of an escape sequence. Returns the places behind it, too.
    fn escape(&mut self, mut places: Places<'t>) -> Option<(Escape, Places<'t>)> {
        let character = match self.byte(self.at)? {
            b'"' | b'\\' => {
                places.next();
                return Some((Escape::Itself, places));
            }
            b'/' => return Some((Escape::Itself, places)),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                let character = self.escaped_character()?;
                let places = self.whole.marks.from(self.at);
                return Some((Escape::Character(character), places));
            }
            _ => return None,
        };
        self.at += 1;
        Some((Escape::Character(character), places))
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
            NumberText::Decimal(float) => Some(float.into()),
            // Both this parser and that of `serde_json` return the nearest float.
            NumberText::LongDecimal(text) => Some(text.parse::<f64>().ok()?.into()),
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
            fraction = Some(self.digits());
        }
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let rest = self.text.as_bytes()[self.at..].iter();
        let more = rest.take_while(|byte| is_part(byte)).count();
        self.at += more;
        let text = || &self.text[start..self.at];
        Some(match fraction {
            _ if !is_canonical || more > 0 => NumberText::Other(text()),
            // `-0` is a float in `serde_json`.
            None if whole <= DIGITS && !(is_negative && value == 0) => {
                NumberText::Integer(if is_negative { -value } else { value })
            }
            Some((places @ 1.., digits)) if whole + places <= EXACT_DIGITS => {
                let float = decimal(value, digits, places);
                NumberText::Decimal(if is_negative { -float } else { float })
            }
            Some((1.., _)) if self.at - start <= LONGEST_DECIMAL => NumberText::LongDecimal(text()),
            _ => NumberText::Other(text()),
        })
    }

    /// Reads digits. Returns how many there are and, if there are not too many, their value.
    fn digits(&mut self) -> (usize, i64) {
        let (mut count, mut value): (_, i64) = (0, 0);
        for byte in &self.text.as_bytes()[self.at..] {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            value = value.wrapping_mul(10).wrapping_add(digit.into());
            count += 1;
        }
        self.at += count;
        (count, value)
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

    /// Reads the name of a member with its colon, if it is written like this.
    pub(super) fn eat_key(&mut self, key: &str) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let is_next = rest.starts_with(key.as_bytes());
        if is_next {
            self.at += key.len();
        }
        is_next
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

    /// Finds the end of a value and returns its text. If it is not valid JSON, then neither is the text of which it
    /// is a part.
    pub(crate) fn part(&mut self) -> Option<TextPart<'t>> {
        let first = self.peek()?;
        let start = self.at;
        match first {
            b'{' | b'[' => self.at = self.find_close()? + 1,
            _ => self.skip()?,
        }
        Some(TextPart {
            whole: self.whole,
            start,
            end: self.at,
        })
    }

    /// Returns the place of the bracket that closes the next object or array. Nothing in it is checked.
    fn find_close(&self) -> Option<usize> {
        let mut depth: usize = 0;
        let mut places = self.whole.marks.from(self.at);
        while let Some(place) = places.next() {
            match self.byte(place)? {
                b'"' => self.find_quote(&mut places)?,
                b'{' | b'[' if depth == DEPTH => return None,
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth <= 1 => return Some(place),
                b'}' | b']' => depth -= 1,
                _ => {}
            }
        }
        None
    }

    /// Moves behind the quote that ends a string.
    fn find_quote(&self, places: &mut Places<'t>) -> Option<()> {
        loop {
            let place = places.next()?;
            match self.byte(place)? {
                b'"' => return Some(()),
                b'\\' if matches!(self.byte(place + 1)?, b'"' | b'\\') => drop(places.next()),
                _ => {}
            }
        }
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
        let mut places = self.whole.marks.from(self.at);
        while self.pass_special(&mut places)? == b'\\' {
            (_, places) = self.escape(places)?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Value> {
        let text = MarkedText::of(text.as_bytes())?;
        let mut reader = Reader::new(text.all(), &[]);
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
    fn a_string_is_read_with_its_escape_sequences() {
        let long = format!(
            r#""{}\"{}\\{}""#,
            "a".repeat(100),
            "{[]}".repeat(20),
            "b".repeat(100)
        );
        for text in [
            r#""""#,
            r#""plain {}[]|é""#,
            r#""\"\\\/\b\f\n\r\t""#,
            r#""a\"b\\c\/d\be\nf""#,
            r#""\\\"\"\\""#,
            r#""\u0041\u00e9\u20ac\ud83d\ude00\"\u005c\u0022""#,
            &long,
        ] {
            let marked = MarkedText::of(text.as_bytes()).unwrap();
            let mut reader = Reader::new(marked.all(), &[]);
            let expected: String = serde_json::from_str(text).unwrap();
            assert_eq!(reader.string().as_deref(), Some(&*expected), "{text}");
            assert_eq!(reader.end(), Some(()), "{text}");
        }
    }

    #[test]
    fn what_is_read_of_a_changed_text_has_the_value_of_serde_json() {
        let text =
            r#"{"a\"\\b\n":[1,"{[\u00e9]}\\"],"é\/":{"c":"\\\"","d":[]},"e":"\ud83d\ude00|"}"#;
        let bytes = br#""\{}[],:nu0 "#;
        let mut seed: usize = 1;
        let mut next = |limit: usize| {
            seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
            (seed >> 33) % limit
        };
        for _ in 0..100_000 {
            let mut changed = text.as_bytes().to_vec();
            for _ in 0..=next(2) {
                let place = next(changed.len());
                changed[place] = bytes[next(bytes.len())];
            }
            let Some(marked) = MarkedText::of(&changed) else {
                continue;
            };
            let mut reader = Reader::new(marked.all(), &[]);
            let read = reader.raw().filter(|_| reader.end().is_some());
            let value = serde_json::from_slice::<Value>(&changed);
            assert_eq!(read.is_some(), value.is_ok(), "{:?}", marked.text);
            if value.is_ok() {
                let part = Reader::new(marked.all(), &[]).part();
                assert_eq!(part.map(TextPart::text), read, "{:?}", marked.text);
            }
            let start = next(changed.len());
            if let Some(rest) = marked
                .text
                .get(start..)
                .filter(|rest| rest.starts_with('"'))
            {
                let mut reader = Reader::new(marked.all(), &[]);
                reader.at = start;
                let mut values = serde_json::Deserializer::from_str(rest).into_iter::<String>();
                let string = values.next().and_then(Result::ok);
                assert_eq!(reader.string().as_deref(), string.as_deref(), "{rest:?}");
            }
        }
    }

    #[test]
    fn a_decimal_is_the_nearest_float() {
        for index in 0_u64..20_000 {
            let digits = index.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (index % 60);
            let mut text = format!("{digits:02}");
            text.insert(1 + usize::try_from(index).unwrap() % (text.len() - 1), '.');
            if index % 2 == 1 {
                text.insert(0, '-');
            }
            let marked = MarkedText::of(text.as_bytes()).unwrap();
            let read = Reader::new(marked.all(), &[]).number();
            let expected = serde_json::from_str::<f64>(&text).ok().map(Number::from);
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn a_deep_text_is_left_to_another_parser() {
        let deep = format!("{}{}", "[".repeat(DEPTH + 1), "]".repeat(DEPTH + 1));
        assert!(serde_json::from_str::<Value>(&deep).is_ok());
        assert_eq!(read(&deep), None);
    }
}
