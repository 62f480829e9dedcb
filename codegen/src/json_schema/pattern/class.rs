//! Classes of characters.

use std::fmt::{self, Display};

use super::units::{LEADS, TRAILS, is_within, literal, without_halves};

/// Any character, and none.
const ANY: &str = r"[\u0000-\u{10FFFF}]";
const NONE: &str = r"[^\u0000-\u{10FFFF}]";

const LAST: u32 = 0x10_FFFF;
const DIGITS: &[(u32, u32)] = &[(0x30, 0x39)];
const WORDS: &[(u32, u32)] = &[(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)];
const SPACES: &[(u32, u32)] = &[
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
];

/// A class: ranges of code points or of halves of them, and properties as they are written.
pub(super) struct Class {
    pub(super) is_negated: bool,
    pub(super) ranges: Vec<(u32, u32)>,
    pub(super) properties: Vec<String>,
    /// Whether the validator would read it in another way.
    pub(super) differs: bool,
    pub(super) has_class_escape: bool,
}

/// An item of a class.
pub(super) enum Item {
    One(u32),
    Several(Vec<(u32, u32)>),
    Property(String),
}

impl Class {
    pub(super) fn of(ranges: Vec<(u32, u32)>) -> Self {
        Self {
            is_negated: false,
            ranges,
            properties: Vec::new(),
            differs: false,
            has_class_escape: false,
        }
    }

    /// The ranges, if they are first halves of surrogate pairs and nothing else.
    pub(super) fn only_leads(&self) -> Option<&[(u32, u32)]> {
        self.only_within(LEADS)
    }

    /// The ranges, if they are second halves of surrogate pairs and nothing else.
    pub(super) fn only_trails(&self) -> Option<&[(u32, u32)]> {
        self.only_within(TRAILS)
    }

    fn only_within(&self, whole: (u32, u32)) -> Option<&[(u32, u32)]> {
        let all_within = self.ranges.iter().all(|range| is_within(*range, whole));
        let is_plain = !self.is_negated && self.properties.is_empty() && !self.ranges.is_empty();
        (is_plain && all_within).then_some(&self.ranges)
    }

    pub(super) fn add(&mut self, item: Item) {
        match item {
            Item::One(code) => self.ranges.push((code, code)),
            Item::Several(ranges) => self.ranges.extend(ranges),
            Item::Property(property) => self.properties.push(property),
        }
    }
}

impl Display for Class {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ranges: Vec<_> = self
            .ranges
            .iter()
            .copied()
            .flat_map(without_halves)
            .collect();
        if ranges.is_empty() && self.properties.is_empty() {
            return formatter.write_str(if self.is_negated { ANY } else { NONE });
        }
        formatter.write_str(if self.is_negated { "[^" } else { "[" })?;
        for (first, last) in ranges {
            formatter.write_str(&literal(first))?;
            if first != last {
                write!(formatter, "-{}", literal(last))?;
            }
        }
        for property in &self.properties {
            formatter.write_str(property)?;
        }
        formatter.write_str("]")
    }
}

/// The characters of `\d` and the like.
pub(super) fn class_escape(letter: char) -> Option<Vec<(u32, u32)>> {
    let ranges = match letter.to_ascii_lowercase() {
        'd' => DIGITS,
        'w' => WORDS,
        's' => SPACES,
        _ => return None,
    };
    if letter.is_ascii_lowercase() {
        return Some(ranges.to_vec());
    }
    let starts = ranges.iter().map(|(_, last)| last + 1);
    let ends = ranges.iter().map(|(first, _)| first - 1);
    let gaps = std::iter::once(0).chain(starts).zip(ends.chain([LAST]));
    Some(gaps.collect())
}
