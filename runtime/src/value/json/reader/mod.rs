//! Reads JSON text step by step.
//!
//! The reader accepts a part of JSON: the part that programs write. It gives up on anything else, valid or not, and the
//! caller parses the text in another way. What it accepts has the same value as with `serde_json`.

mod number;
mod string;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde_json::Value;

use super::{
    marks::{MarkedText, Places, TextPart},
    node::Node,
};

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

/// The deepest nesting that is read. It is less than the limit of `serde_json`, 127.
const DEPTH: usize = 100;

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
}
