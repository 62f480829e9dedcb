//! The places in a JSON text by which strings, objects and arrays are found.

use smallvec::SmallVec;

/// A JSON text that can be read.
#[derive(Clone, Debug)]
pub(crate) struct MarkedText<'t> {
    pub(super) text: &'t str,
    pub(super) marks: Marks,
}

impl<'t> MarkedText<'t> {
    /// Returns `None` if the bytes are not UTF-8.
    pub(crate) fn of(bytes: &'t [u8]) -> Option<Self> {
        let text = simdutf8::basic::from_utf8(bytes).ok()?;
        let marks = Marks::of(bytes);
        Some(Self { text, marks })
    }

    /// Returns all of the text.
    pub(crate) const fn all(&self) -> TextPart<'_> {
        TextPart {
            whole: self,
            start: 0,
            end: self.text.len(),
        }
    }
}

/// A part of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextPart<'t> {
    pub(super) whole: &'t MarkedText<'t>,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'t> TextPart<'t> {
    /// Returns the text of the part.
    pub(crate) fn text(self) -> &'t str {
        &self.whole.text[self.start..self.end]
    }

    /// Returns the text of which this is a part.
    pub(crate) const fn whole(self) -> &'t str {
        self.whole.text
    }
}

/// The places of quotes, backslashes, control characters and brackets, and of `|`: a bit for each byte. They are found
/// many at once, since most strings are short and texts with escape sequences have many of them.
#[derive(Clone, Debug)]
pub(super) struct Marks(SmallVec<[u64; INLINE]>);

/// The number of words without an allocation.
const INLINE: usize = 8;

/// The bytes of a word of bits.
const BITS: usize = u64::BITS as usize;

impl Marks {
    fn of(text: &[u8]) -> Self {
        let (blocks, last) = text.as_chunks::<BITS>();
        let mut words = SmallVec::with_capacity(text.len().div_ceil(BITS));
        words.extend(blocks.iter().map(marks));
        if !last.is_empty() {
            let mut block = [b' '; BITS];
            block[..last.len()].copy_from_slice(last);
            words.push(marks(&block));
        }
        Self(words)
    }

    /// Returns the places from this one on.
    pub(super) fn from(&self, at: usize) -> Places<'_> {
        let mut words = self.0.get(at / BITS..).unwrap_or_default().iter();
        let first = words.next().copied().unwrap_or_default();
        Places {
            start: at - at % BITS,
            word: first & (u64::MAX << (at % BITS)),
            words,
        }
    }
}

/// The places of marks, in order.
pub(super) struct Places<'m> {
    /// The place of the word's first bit.
    start: usize,
    /// The marks that are left of the word.
    word: u64,
    words: std::slice::Iter<'m, u64>,
}

impl Iterator for Places<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while self.word == 0 {
            self.word = *self.words.next()?;
            self.start += BITS;
        }
        let place = self.start + self.word.trailing_zeros() as usize;
        self.word &= self.word - 1;
        Some(place)
    }
}

/// Marks the bytes of a block.
fn marks(block: &[u8; BITS]) -> u64 {
    // The compiler compares many bytes at once.
    let are_marked = block.map(|byte| u8::from(is_marked(byte)));
    let (words, _) = are_marked.as_chunks::<8>();
    let mut marks = 0;
    for (index, word) in words.iter().enumerate() {
        // The product moves the lowest bits of all bytes into the highest byte.
        let bits = u64::from_le_bytes(*word).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        marks |= bits << (8 * index);
    }
    marks
}

fn is_marked(byte: u8) -> bool {
    // `[\]` and `{|}` follow each other and differ in one bit.
    let is_bracket = (b'{'..=b'}').contains(&(byte | 0x20));
    byte < b' ' || byte == b'"' || is_bracket
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str, at: usize) -> Vec<usize> {
        let marked = MarkedText::of(text.as_bytes()).unwrap();
        marked.marks.from(at).collect()
    }

    #[test]
    fn marks_are_found_at_every_place() {
        for length in [1, 7, 8, 9, 63, 64, 65, 128, 130] {
            for mark in ['"', '\\', '\n', '\0', '\u{1f}', '{', '}', '[', ']'] {
                for place in 0..length {
                    let plain = |index| {
                        if index == place {
                            mark
                        } else {
                            ['a', '~', ' ', '!', '#', 'Z', '^'][index % 7]
                        }
                    };
                    let text: String = (0..length).map(plain).collect();
                    for at in 0..=length {
                        let expected: Vec<_> = (at <= place).then_some(place).into_iter().collect();
                        assert_eq!(places(&text, at), expected, "{text:?} at {at}");
                    }
                }
            }
        }
    }

    #[test]
    fn other_bytes_have_no_mark() {
        let others = (' '..='\u{17f}').filter(|character| !"\"\\[]{|}".contains(*character));
        let text: String = others.collect();
        assert_eq!(places(&text, 0), [] as [usize; 0]);
    }

    #[test]
    fn all_marks_of_a_text_are_found_in_order() {
        let text = "\"{".repeat(100);
        assert_eq!(places(&text, 0), (0..200).collect::<Vec<_>>());
        assert_eq!(places(&text, 150), (150..200).collect::<Vec<_>>());
        assert_eq!(places(&text, 200), [] as [usize; 0]);
    }
}
