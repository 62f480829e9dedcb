//! Numbers. Those of a usual form are read without another parser.

use super::Reader;
use crate::{Number, value::normalize_numbers};

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

/// The maximum length of a decimal that is surely in the range of a float.
const LONGEST_DECIMAL: usize = 100;

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
    /// Reads a number.
    pub(in crate::value::json) fn number(&mut self) -> Option<Number> {
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
    pub(in crate::value::json) fn integer(&mut self) -> Option<i64> {
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

    /// Reads a number without keeping it.
    pub(super) fn skip_number(&mut self) -> Option<()> {
        match self.number_text()? {
            NumberText::Other(text) => serde_json::from_str::<serde_json::Number>(text)
                .ok()
                .map(drop),
            _ => Some(()),
        }
    }
}
