//! The bodies of answers that are on their way over HTTP/2, and how long they have been.
//!
//! In HTTP/1.1 an answer that is not taken holds up its socket (see `write_timeout`). In HTTP/2 a client
//! says of each stream how much it takes, and the socket is idle when it says nothing.

use std::{
    collections::BTreeSet,
    convert::Infallible,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, sleep_until};

/// How much of a body is given to a stream at once: so much of it may be left when it counts as
/// taken.
const PIECE: usize = 16 * 1024;

/// The answers of one connection that are being written, by when they were begun.
#[derive(Default)]
pub(super) struct PendingResponses(Mutex<Begun>);

#[derive(Default)]
struct Begun {
    next: u64,
    unwritten: BTreeSet<(Instant, u64)>,
}

impl PendingResponses {
    /// Ends when an answer has not been taken for so long.
    pub(super) async fn late(&self, limit: Duration) {
        loop {
            let first = self.lock().unwritten.first().copied();
            let begun = first.map_or_else(Instant::now, |(begun, _)| begun);
            if first.is_some() && begun.elapsed() >= limit {
                return;
            }
            sleep_until(begun + limit).await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Begun> {
        // Nothing panics while it is locked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The body of an answer.
pub(super) struct ResponseBody {
    bytes: Bytes,
    /// None in HTTP/1.1, where the socket tells.
    _writing: Option<Writing>,
    piece: usize,
}

/// Counts as being written until it is dropped, as bodies are when the last of them is given away.
struct Writing {
    answers: Arc<PendingResponses>,
    key: (Instant, u64),
}

impl ResponseBody {
    /// The body of an answer that its socket holds up.
    pub(super) fn whole(bytes: Bytes) -> Self {
        Self {
            bytes,
            _writing: None,
            piece: usize::MAX,
        }
    }

    /// The body of an answer over HTTP/2.
    pub(super) fn of_stream(bytes: Bytes, answers: Arc<PendingResponses>) -> Self {
        let key = {
            let mut begun = answers.lock();
            begun.next += 1;
            let key = (Instant::now(), begun.next);
            begun.unwritten.insert(key);
            key
        };
        Self {
            bytes,
            _writing: Some(Writing { answers, key }),
            piece: PIECE,
        }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        self.answers.lock().unwritten.remove(&self.key);
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
