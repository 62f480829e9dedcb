//! Reads a text as if its escapes were undone.

use std::ops::RangeInclusive;

/// How many backslashes are counted. More are not told apart.
const BACKSLASHES: usize = 16;

/// Characters with an escape of their own, and its sign.
const ESCAPED: [(u8, u8); 7] = [
    (b'\n', b'n'),
    (b'\r', b'r'),
    (b'\t', b't'),
    (0x08, b'b'),
    (0x0c, b'f'),
    (b'"', b'"'),
    (b'/', b'/'),
];

/// A place in a text.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    text: &'t [u8],
    at: usize,
    /// How many times the text may have been percent-encoded.
    percents: u32,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t [u8], at: usize, percents: u32) -> Self {
        Self { text, at, percents }
    }

    pub(super) fn at(self) -> usize {
        self.at
    }

    /// Reads a character that is written into JSON `level` times: 0 is none, 2 is JSON in JSON.
    pub(super) fn character(self, character: char, level: u32) -> Option<Self> {
        if character != '\\' {
            let mut buffer = [0; 4];
            let plain = character.encode_utf8(&mut buffer).as_bytes();
            let read = self.bytes(plain);
            // A form has a plus in the place of a space.
            let read = read.or_else(|| self.bytes(b"+").filter(|_| character == ' '));
            if read.is_some() {
                return read;
            }
        }
        self.escape(character, level)
    }

    /// The bytes with which a character can begin that is written here.
    pub(super) fn first(self) -> impl Iterator<Item = u8> {
        let read = self.byte();
        let plus = read.filter(|(byte, _)| *byte == b'+');
        let escaped = match read {
            Some((b'\\', _)) => self.backslashes(BACKSLASHES).1.escaped_first(),
            _ => None,
        };
        let plain = read.map(|(byte, _)| byte);
        plain
            .into_iter()
            .chain(plus.map(|_| b' '))
            .chain(escaped.into_iter().flatten())
    }

    /// The first bytes of what is written behind a backslash. A half of a pair of UTF-16 units has several.
    fn escaped_first(self) -> Option<RangeInclusive<u8>> {
        let (sign, after) = self.byte()?;
        if sign != b'u' {
            let mut characters = ESCAPED.iter();
            let (character, _) = characters.find(|(_, known)| *known == sign)?;
            return Some(*character..=*character);
        }
        match char::from_u32(after.hex()?.0) {
            Some(character) => {
                let first = *character.encode_utf8(&mut [0; 4]).as_bytes().first()?;
                Some(first..=first)
            }
            None => Some(0xF0..=0xF4),
        }
    }

    /// Reads a character that is escaped as in JSON. Each level doubles the backslashes.
    fn escape(self, character: char, level: u32) -> Option<Self> {
        let (backslashes, after) = self.backslashes(BACKSLASHES);
        let doubled = 1_usize << level;
        if character == '\\' && backslashes >= doubled {
            return Some(self.backslashes(doubled).1);
        }
        if level == 0 || !(doubled / 2..doubled).contains(&backslashes) {
            return None;
        }
        let short = short_escape(character).and_then(|sign| after.bytes(&[sign]));
        short.or_else(|| after.units(character, backslashes))
    }

    /// Reads the escapes `uXXXX` of the UTF-16 units of a character, with backslashes between two of them.
    fn units(self, character: char, backslashes: usize) -> Option<Self> {
        let mut units = [0; 2];
        let mut reader = self;
        for (index, unit) in character.encode_utf16(&mut units).iter().enumerate() {
            if index > 0 {
                let (count, after) = reader.backslashes(backslashes);
                reader = Some(after).filter(|_| count == backslashes)?;
            }
            reader = reader.unit(*unit)?;
        }
        Some(reader)
    }

    fn unit(self, unit: u16) -> Option<Self> {
        let (value, after) = self.bytes(b"u")?.hex()?;
        (value == u32::from(unit)).then_some(after)
    }

    /// Reads four hexadecimal digits.
    fn hex(self) -> Option<(u32, Self)> {
        (0..4).try_fold((0, self), |(value, reader), _| {
            let (byte, after) = reader.byte()?;
            let digit = char::from(byte).to_digit(16)?;
            Some((value * 16 + digit, after))
        })
    }

    fn bytes(self, bytes: &[u8]) -> Option<Self> {
        bytes.iter().try_fold(self, |reader, expected| {
            let (byte, after) = reader.byte()?;
            (byte == *expected).then_some(after)
        })
    }

    /// Reads up to `most` backslashes. Returns their number.
    fn backslashes(self, most: usize) -> (usize, Self) {
        let mut reader = self;
        for count in 0..most {
            match reader.bytes(b"\\") {
                Some(after) => reader = after,
                None => return (count, reader),
            }
        }
        (most, reader)
    }

    /// Reads a byte, which may be percent-encoded.
    fn byte(self) -> Option<(u8, Self)> {
        let rest = self.text.get(self.at..)?;
        let mut percents = (1..=self.percents).rev();
        let encoded = percents.find_map(|percents| percent_byte(rest, percents));
        let (byte, length) = match encoded {
            Some(encoded) => encoded,
            None => (*rest.first()?, 1),
        };
        let at = self.at + length;
        Some((byte, Self { at, ..self }))
    }
}

/// Reads a byte that was percent-encoded a number of times. Returns its length.
fn percent_byte(text: &[u8], percents: u32) -> Option<(u8, usize)> {
    let mut rest = text.strip_prefix(b"%")?;
    for _ in 1..percents {
        rest = rest.strip_prefix(b"25")?;
    }
    let (high, low) = (*rest.first()?, *rest.get(1)?);
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let byte = u8::try_from(digit(high)? * 16 + digit(low)?).ok()?;
    Some((byte, text.len() - rest.len() + 2))
}

fn short_escape(character: char) -> Option<u8> {
    let mut escapes = ESCAPED.iter();
    let (_, sign) = escapes.find(|(known, _)| char::from(*known) == character)?;
    Some(*sign)
}
