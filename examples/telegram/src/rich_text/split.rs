//! The split of a text that is too long for Telegram.

use super::{Entity, RichText, utf16_len};

impl RichText {
    /// Splits the text after at most this many UTF-16 units. Returns the first part and the rest, if there is one.
    ///
    /// The split is at the end of a line or of a word, unless the first part would be less than half full.
    /// The white space at the split is removed.
    pub(crate) fn split_off(self, limit: usize) -> (Self, Option<Self>) {
        let Some(fitting) = prefix(&self.text, limit) else {
            return (self, None);
        };
        let end = cut(&self.text, fitting);
        let first = self.part(0, self.text[..end].trim_end().len());
        let begin = self.text.len() - self.text[end..].trim_start().len();
        let rest = self.part(begin, self.text.len());
        (first, (!rest.text.is_empty()).then_some(rest))
    }

    /// Splits the text into one or more parts of at most this many UTF-16 units.
    pub(crate) fn split(self, limit: usize) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut rest = Some(self);
        while let Some(text) = rest {
            let (part, after) = text.split_off(limit);
            parts.push(part);
            rest = after;
        }
        parts
    }

    /// The part between two byte offsets, with its formatting.
    fn part(&self, begin: usize, end: usize) -> Self {
        let text = &self.text[begin..end];
        let (begin, length) = (utf16_len(&self.text[..begin]), utf16_len(text));
        let clip = |place: usize| place.clamp(begin, begin + length) - begin;
        let entities = self.entities.iter().map(|entity| {
            let offset = clip(entity.offset);
            Entity {
                style: entity.style.clone(),
                offset,
                length: clip(entity.offset + entity.length) - offset,
            }
        });
        Self {
            text: text.to_owned(),
            entities: entities.filter(|entity| entity.length > 0).collect(),
        }
    }
}

/// The number of bytes that fit into this many UTF-16 units. `None` if all fit.
fn prefix(text: &str, limit: usize) -> Option<usize> {
    let mut units = 0;
    for (place, character) in text.char_indices() {
        units += character.len_utf16();
        if units > limit {
            return Some(place);
        }
    }
    None
}

/// The byte offset of the split, for a text of which this many bytes fit.
fn cut(text: &str, fitting: usize) -> usize {
    let head = &text[..fitting];
    let far_enough = |place: &usize| *place >= fitting / 2;
    let line = head.rfind('\n').filter(far_enough);
    let word = || head.rfind(char::is_whitespace).filter(far_enough);
    // A word may end exactly at the limit.
    let is_whole = text[fitting..].starts_with(char::is_whitespace);
    let whole = || is_whole.then_some(fitting);
    line.or_else(whole).or_else(word).unwrap_or(fitting)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rich_text::Style;

    fn texts(parts: &[RichText]) -> Vec<&str> {
        parts.iter().map(|part| part.text.as_str()).collect()
    }

    #[test]
    fn a_text_that_fits_is_not_split() {
        let parts = RichText::plain("12345").split(5);
        assert_eq!(texts(&parts), ["12345"]);
        assert_eq!(texts(&RichText::default().split(5)), [""]);
    }

    #[test]
    fn a_text_is_cut_at_lines_then_at_words_then_anywhere() {
        let parts = RichText::plain("one two\nthree four five sixseveneight").split(11);
        assert_eq!(
            texts(&parts),
            ["one two", "three four", "five sixsev", "eneight"]
        );
    }

    #[test]
    fn no_character_is_cut_and_each_counts_as_telegram_counts() {
        let parts = RichText::plain("😀😀😀").split(3);
        assert_eq!(texts(&parts), ["😀", "😀", "😀"]);
    }

    #[test]
    fn formatting_goes_on_after_the_cut() {
        let parts = RichText::bold("😀 one two three").split(6);
        assert_eq!(texts(&parts), ["😀 one", "two", "three"]);
        for part in &parts {
            let [bold] = part.entities.as_slice() else {
                panic!("{part:?}");
            };
            assert_eq!(bold.style, Style::Bold);
            assert_eq!((bold.offset, bold.length), (0, utf16_len(&part.text)));
        }
    }

    #[test]
    fn nothing_but_white_space_is_lost_wherever_the_cuts_are() {
        let text = "a bc\n\ndéf 😀ghi jk   lmnop\nq";
        let visible = |text: &str| text.split_whitespace().collect::<String>();
        for limit in 2..40 {
            let parts = RichText::plain(text).split(limit);
            let joined: String = parts.iter().map(|part| visible(&part.text)).collect();
            assert_eq!(joined, visible(text), "{limit}");
            let fits = |part: &RichText| utf16_len(&part.text) <= limit;
            assert!(parts.iter().all(fits), "{limit}: {parts:?}");
        }
    }
}
