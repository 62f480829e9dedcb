//! Recorded bodies.

use std::fmt;

use super::Secrets;

/// A recorded body, without secrets.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RecordedBody {
    bytes: Vec<u8>,
    size: u64,
    is_cut: bool,
}

impl RecordedBody {
    /// Records a body without its secrets. Bytes beyond `limit` are left out, and not searched for secrets.
    pub(super) fn new(body: &[u8], secrets: &Secrets, limit: usize) -> Self {
        let (mut bytes, recorded) = secrets.redact_beginning(body, boundary(body, limit));
        let is_longer = bytes.len() > limit;
        // Placeholders can be longer than their secrets.
        bytes.truncate(boundary(&bytes, limit));
        Self {
            bytes,
            size: body.len() as u64,
            is_cut: is_longer || recorded < body.len(),
        }
    }

    /// Restores a stored body.
    pub(super) fn stored(bytes: Vec<u8>, size: u64, is_cut: bool) -> Self {
        Self {
            bytes,
            size,
            is_cut,
        }
    }

    /// Records that there was a body of `size` bytes, without its content.
    #[must_use]
    pub fn left_out(size: u64) -> Self {
        Self {
            bytes: Vec::new(),
            size,
            is_cut: size > 0,
        }
    }

    /// The recorded bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The recorded text; `None` if the body is not UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        str::from_utf8(&self.bytes).ok()
    }

    /// The size of the whole body in bytes, before secrets were replaced.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Whether the end of the body was not recorded.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// A note for the reader of a body that was cut.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        self.is_cut.then(|| {
            format!(
                "the first {} of {} bytes were recorded",
                self.bytes.len(),
                self.size
            )
        })
    }
}

/// The largest length up to `limit` that does not split a character.
fn boundary(bytes: &[u8], limit: usize) -> usize {
    if bytes.len() <= limit {
        return bytes.len();
    }
    let is_inside = |at: &usize| bytes.get(*at).is_some_and(|byte| byte & 0xC0 == 0x80);
    let nearest = limit.saturating_sub(3)..=limit;
    nearest.rev().find(|at| !is_inside(at)).unwrap_or(limit)
}

impl fmt::Debug for RecordedBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} bytes", self.size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded(body: &[u8], limit: usize) -> RecordedBody {
        let secrets = Secrets::new().with("/key", "correct-horse");
        RecordedBody::new(body, &secrets, limit)
    }

    #[test]
    fn a_long_body_is_cut_between_characters_and_says_so() {
        let text = "aé✓".as_bytes();
        let body = recorded(text, 4);
        assert_eq!(body.text(), Some("aé"));
        assert_eq!(
            body.note().as_deref(),
            Some("the first 3 of 6 bytes were recorded")
        );
        let whole = recorded(text, 6);
        assert_eq!((whole.text(), whole.note()), (Some("aé✓"), None));
    }

    #[test]
    fn bytes_that_are_no_text_are_kept() {
        let body = recorded(&[0xFF, 0xFE, 0x80], 3);
        assert_eq!(body.text(), None);
        assert_eq!(body.bytes(), [0xFF, 0xFE, 0x80]);
    }

    #[test]
    fn a_secret_over_the_end_is_not_recorded_in_part() {
        let text = b"<correct-horse> <correct-horse>";
        for limit in 0..text.len() {
            let body = recorded(text, limit);
            let shown = body.text().unwrap();
            assert!(!shown.contains("co") && shown.len() <= limit, "{shown}");
            assert!(body.is_cut(), "{limit}");
            assert_eq!(body.size(), text.len() as u64);
        }
        let whole = recorded(text, 40);
        assert_eq!(whole.text(), Some("<[secret /key]> <[secret /key]>"));
        assert!(!whole.is_cut());
    }
}
