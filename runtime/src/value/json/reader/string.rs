//! Strings and their escape sequences.

use std::borrow::Cow;

use super::Reader;
use crate::value::json::marks::Places;

/// What an escape sequence stands for.
enum Escape {
    /// The character after the backslash, which is the next one.
    Itself,
    Character(char),
}

impl<'t> Reader<'t> {
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

    /// Reads a string without keeping it.
    pub(super) fn skip_string(&mut self) -> Option<()> {
        self.eat(b'"')?;
        let mut places = self.whole.marks.from(self.at);
        while self.pass_special(&mut places)? == b'\\' {
            (_, places) = self.escape(places)?;
        }
        Some(())
    }
}
