//! Where the quotes, the backslashes and the control characters of a JSON text are.

use smallvec::SmallVec;

/// The bytes of a text that are special in a string: a bit for each byte. They are found many at once, since most strings
/// are short and texts with escape sequences have many of them.
#[derive(Clone, Debug)]
pub(super) struct Specials(SmallVec<[u64; INLINE]>);

/// The number of words without an allocation.
const INLINE: usize = 8;

/// The bytes of a word of bits.
const BITS: usize = u64::BITS as usize;

impl Specials {
    pub(super) fn of(text: &str) -> Self {
        let (blocks, last) = text.as_bytes().as_chunks::<BITS>();
        let mut words: SmallVec<_> = blocks.iter().map(marks).collect();
        if !last.is_empty() {
            let mut block = [b' '; BITS];
            block[..last.len()].copy_from_slice(last);
            words.push(marks(&block));
        }
        Self(words)
    }

    /// Returns the place of the next special byte.
    pub(super) fn next(&self, at: usize) -> Option<usize> {
        let mut index = at / BITS;
        let mut word = self.0.get(index)? & (u64::MAX << (at % BITS));
        while word == 0 {
            index += 1;
            word = *self.0.get(index)?;
        }
        Some(index * BITS + word.trailing_zeros() as usize)
    }
}

/// Marks the special bytes of a block.
fn marks(block: &[u8; BITS]) -> u64 {
    let (words, _) = block.as_chunks::<8>();
    let mut marks = 0;
    for (index, word) in words.iter().enumerate() {
        marks |= marks_of_eight(u64::from_le_bytes(*word)) << (8 * index);
    }
    marks
}

/// Marks the special bytes among eight, a bit for each.
const fn marks_of_eight(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const LOW: u64 = 0x7f * ONES;

    /// Sets the highest bit of each byte that is not zero.
    const fn not_zero(word: u64) -> u64 {
        ((word & LOW) + LOW) | word
    }
    let others = not_zero(word ^ (b'"' as u64 * ONES))
        & not_zero(word ^ (b'\\' as u64 * ONES))
        // Control characters are below 0x20.
        & not_zero(word & (0xe0 * ONES));
    // The product moves the lowest bits of all bytes into the highest byte.
    (((!others >> 7) & ONES).wrapping_mul(0x0102_0408_1020_4080)) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_bytes_are_found_at_every_place() {
        for length in [1, 7, 8, 9, 63, 64, 65, 128, 130] {
            for special in ['"', '\\', '\n', '\0', '\u{1f}'] {
                for place in 0..length {
                    let plain = |index| {
                        if index == place {
                            special
                        } else {
                            ['a', '~', ' ', '!', '#'][index % 5]
                        }
                    };
                    let text: String = (0..length).map(plain).collect();
                    let specials = Specials::of(&text);
                    for at in 0..=length {
                        let expected = (at <= place).then_some(place);
                        assert_eq!(specials.next(at), expected, "{text:?} at {at}");
                    }
                }
            }
        }
    }

    #[test]
    fn other_bytes_are_not_special() {
        let others = (' '..='\u{17f}').filter(|character| !matches!(character, '"' | '\\'));
        let text: String = others.collect();
        assert_eq!(Specials::of(&text).next(0), None);
    }
}
