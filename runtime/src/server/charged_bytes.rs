//! PendingResponses that are on their way: they count as memory until their clients have taken them.

use bytes::Bytes;

use super::limits::Permit;
use crate::panics::discard;

/// The bytes of an answer, with the memory that they take.
struct Held {
    bytes: Bytes,
    _share: Permit,
}

/// Counts an answer until the last of its bytes is gone. It is never refused: its handler has done its work.
pub(super) fn held(bytes: Bytes, mut permit: Permit) -> Bytes {
    if bytes.is_empty() {
        return bytes;
    }
    permit.add_bytes(bytes.len());
    Bytes::from_owner(Held {
        bytes,
        _share: permit,
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
