//! Response bodies on HTTP/2 connections, and the time that clients take to read them.
//!
//! On HTTP/1.1, an unread response blocks the socket (see `write_timeout`). On HTTP/2, flow control
//! is per stream: the socket stays idle while a client grants no window.

use std::{
    collections::BTreeSet,
    convert::Infallible,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::Instant;

/// The maximum size of a data frame, in bytes. Up to this much may be unread when a body counts as
/// written.
const PIECE: usize = 16 * 1024;

/// The pending responses of one connection, ordered by their start time.
#[derive(Default)]
pub(super) struct PendingResponses(Mutex<Begun>);

#[derive(Default)]
struct Begun {
    next: u64,
    unwritten: BTreeSet<(Instant, u64)>,
}

impl PendingResponses {
    /// Returns since when the oldest response is pending.
    pub(super) fn first(&self) -> Option<Instant> {
        self.lock().unwritten.first().map(|(begun, _)| *begun)
    }

    fn lock(&self) -> MutexGuard<'_, Begun> {
        // No code panics while the lock is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A response body.
pub(super) struct ResponseBody {
    bytes: Bytes,
    /// `None` on HTTP/1.1, where the socket's write timeout applies.
    _writing: Option<Writing>,
    piece: usize,
}

/// Marks a response as pending until it is dropped. hyper drops a body after its last frame.
struct Writing {
    pending: Arc<PendingResponses>,
    key: (Instant, u64),
}

impl ResponseBody {
    /// Creates an HTTP/1.1 response body, sent as one frame.
    pub(super) fn whole(bytes: Bytes) -> Self {
        Self {
            bytes,
            _writing: None,
            piece: usize::MAX,
        }
    }

    /// Creates an HTTP/2 response body, sent in frames of at most [`PIECE`] bytes.
    pub(super) fn of_stream(bytes: Bytes, pending: Arc<PendingResponses>) -> Self {
        let key = {
            let mut begun = pending.lock();
            begun.next += 1;
            let key = (Instant::now(), begun.next);
            begun.unwritten.insert(key);
            key
        };
        Self {
            bytes,
            _writing: Some(Writing { pending, key }),
            piece: PIECE,
        }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        self.pending.lock().unwritten.remove(&self.key);
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.bytes.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.piece.min(self.bytes.len());
        let piece = self.bytes.split_to(length);
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.len() as u64)
    }
}
