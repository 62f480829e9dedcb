//! Answers that are on their way: they count as memory until their clients have taken them.

use bytes::Bytes;

use super::means::Share;
use crate::panics::discard;

/// The bytes of an answer, with the memory that they take.
struct Held {
    bytes: Bytes,
    _share: Share,
}

/// Counts an answer until the last of its bytes is gone. It is never refused: its handler has done its work.
pub(super) fn held(bytes: Bytes, mut share: Share) -> Bytes {
    if bytes.is_empty() {
        return bytes;
    }
    share.add_bytes(bytes.len());
    Bytes::from_owner(Held {
        bytes,
        _share: share,
    })
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // The bytes may have an owner of the author's, and are dropped in the task of their connection.
        discard(std::mem::take(&mut self.bytes));
    }
}
