//! Response bodies that count towards the buffer limit until the client has received them.

use bytes::Bytes;

use super::limits::Permit;
use crate::panics::discard;

/// The bytes of a response, with the permit that accounts for them.
struct Held {
    bytes: Bytes,
    _permit: Permit,
}

/// Accounts for a response body until its last byte is dropped. A response is never rejected for
/// the buffer limit: its handler has already run.
pub(super) fn held(bytes: Bytes, mut permit: Permit) -> Bytes {
    if bytes.is_empty() {
        return bytes;
    }
    permit.add_bytes(bytes.len());
    Bytes::from_owner(Held {
        bytes,
        _permit: permit,
    })
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // The bytes may have an owner from the author's code. They are dropped in the connection's
        // task, so a panic must not escape.
        discard(std::mem::take(&mut self.bytes));
    }
}
