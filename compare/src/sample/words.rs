//! Ordinary strings.

use super::Random;

const WORDS: [&str; 12] = [
    "a",
    "name",
    "Grüße, 世界",
    "line\nbreak",
    "\"quoted\"\\",
    "😀",
    " ",
    "2020-01-01",
    "true",
    "null",
    "0",
    "e\u{301}",
];

/// An ordinary string.
fn word(random: &mut Random) -> String {
    (*random.pick(&WORDS)).to_owned()
}

/// A string that is unlikely to repeat.
pub(super) fn text(random: &mut Random) -> String {
    format!("{}{}", word(random), random.below(1000))
}
