//! A cursor in a pattern, and the escapes that stand for one character.

use super::units::{LEADS, TRAILS, is_within, pair};

/// The state of rewriting a pattern.
pub(super) struct Reader {
    pub(super) source: Vec<char>,
    pub(super) at: usize,
    pub(super) written: String,
    /// The names of all groups; those without a name are counted, too.
    pub(super) groups: Vec<Option<String>>,
    /// The groups that are open: the number of each one that captures.
    pub(super) open: Vec<Option<usize>>,
    pub(super) closed: Vec<usize>,
    /// Whether the validator's own translation is not enough.
    pub(super) differs: bool,
    /// Whether the validator leaves the pattern to an engine that does not know ECMA-262.
    pub(super) looks_around: bool,
    pub(super) has_class_escape: bool,
}

impl Reader {
    pub(super) fn new(pattern: &str) -> Self {
        let source: Vec<char> = pattern.chars().collect();
        Self {
            groups: groups_of(&source),
            source,
            at: 0,
            written: String::new(),
            open: Vec::new(),
            closed: Vec::new(),
            differs: false,
            looks_around: false,
            has_class_escape: false,
        }
    }

    pub(super) fn peek(&self, ahead: usize) -> Option<char> {
        self.source.get(self.at + ahead).copied()
    }

    pub(super) fn has(&self, text: &str) -> bool {
        let mut rest = self.source[self.at.min(self.source.len())..].iter();
        text.chars().all(|expected| rest.next() == Some(&expected))
    }

    pub(super) fn copy(&mut self, count: usize) {
        let end = (self.at + count).min(self.source.len());
        self.written.extend(&self.source[self.at..end]);
        self.at = end;
    }

    /// Reads `\p{…}`.
    pub(super) fn read_property(&mut self) -> Option<String> {
        let rest = &self.source[self.at..];
        let end = rest.iter().position(|next| *next == '}')?;
        self.at += end + 1;
        Some(rest[..=end].iter().collect())
    }

    /// Reads an escape that stands for one character, or for half of one.
    pub(super) fn read_unit(&mut self) -> Option<(u32, u32)> {
        let next = self.peek(1)?;
        let code = match next {
            't' => self.take(2, 0x09),
            'n' => self.take(2, 0x0A),
            'v' => self.take(2, 0x0B),
            'f' => self.take(2, 0x0C),
            'r' => self.take(2, 0x0D),
            'c' => match self.peek(2).filter(char::is_ascii_alphabetic) {
                Some(letter) => self.take(3, u32::from(letter) % 32),
                // Without a letter the backslash means itself.
                None => self.take_other(1, '\\'),
            },
            '0'..='7' => self.read_octal(),
            'x' => match self.hex(2, 2) {
                Some(code) => self.take(4, code),
                None => self.take_other(2, next),
            },
            'u' => self.read_unicode(),
            other => self.take_other(2, other),
        };
        Some((code, code))
    }

    fn take(&mut self, length: usize, code: u32) -> u32 {
        self.at += length;
        code
    }

    /// Takes a character that means itself. The validator knows that of punctuation.
    fn take_other(&mut self, length: usize, character: char) -> u32 {
        let is_known = character.is_ascii_punctuation() && !"<>".contains(character);
        self.differs |= !is_known || length == 1;
        self.take(length, u32::from(character))
    }

    fn read_octal(&mut self) -> u32 {
        self.differs = true;
        let mut code = 0;
        self.at += 1;
        for _ in 0..3 {
            let Some(digit) = self.peek(0).and_then(|digit| digit.to_digit(8)) else {
                break;
            };
            if code * 8 + digit > 0o377 {
                break;
            }
            code = code * 8 + digit;
            self.at += 1;
        }
        code
    }

    fn read_unicode(&mut self) -> u32 {
        if self.peek(2) == Some('{') {
            let rest = &self.source[self.at + 3..];
            let digits: String = rest.iter().take_while(|next| **next != '}').collect();
            let code = u32::from_str_radix(&digits, 16).ok();
            if let Some(code) = code.filter(|code| *code <= 0x10_FFFF) {
                return self.take(4 + digits.len(), code);
            }
        }
        match self.hex(2, 4) {
            Some(code) => self.take(6, code),
            None => self.take_other(2, 'u'),
        }
    }

    /// The number that some hexadecimal digits ahead are.
    fn hex(&self, ahead: usize, count: usize) -> Option<u32> {
        let digits = self.source.get(self.at + ahead..self.at + ahead + count)?;
        let is_hex = digits.iter().all(char::is_ascii_hexdigit);
        let digits: String = digits.iter().filter(|_| is_hex).collect();
        u32::from_str_radix(&digits, 16).ok()
    }

    /// Reads the second half of a pair behind the first one in a class.
    pub(super) fn read_pair(&mut self, lead: u32) -> Option<u32> {
        let is_lead = is_within((lead, lead), LEADS);
        if !is_lead || self.peek(0) != Some('\\') || self.peek(1) != Some('u') {
            return None;
        }
        let trail = self
            .hex(2, 4)
            .filter(|trail| is_within((*trail, *trail), TRAILS))?;
        self.at += 6;
        Some(pair(lead, trail))
    }
}

/// The names of the capturing groups of a pattern, in order.
fn groups_of(source: &[char]) -> Vec<Option<String>> {
    let mut groups = Vec::new();
    let mut is_in_class = false;
    let mut at = 0;
    while at < source.len() {
        match source[at] {
            '\\' => at += 1,
            '[' => is_in_class = true,
            ']' => is_in_class = false,
            '(' if !is_in_class && captures(&source[at..]) => groups.push(name_of(&source[at..])),
            _ => {}
        }
        at += 1;
    }
    groups
}

/// Whether the group that starts here captures.
pub(super) fn captures(source: &[char]) -> bool {
    match source {
        ['(', '?', '<', next, ..] => *next != '=' && *next != '!',
        ['(', '?', ..] => false,
        _ => true,
    }
}

fn name_of(source: &[char]) -> Option<String> {
    let name = source.strip_prefix(&['(', '?', '<'])?;
    let end = name.iter().position(|next| *next == '>')?;
    Some(name[..end].iter().collect())
}
