//! Request bodies: bytes or a stream.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

type BoxError = Box<dyn std::error::Error + Send + Sync>;
type BoxBody = Pin<Box<dyn Body<Data = Bytes, Error = BoxError> + Send>>;

/// The body of a request, with a known size. A [`Transport`](super::Transport) reads it as an
/// `http_body::Body`.
pub struct RequestBody {
    content: Content,
    /// The number of bytes that have not been read yet.
    left: u64,
}

enum Content {
    Whole(Bytes),
    Streamed(BoxBody),
}

/// The size of a body differs from the declared size.
#[derive(Debug, thiserror::Error)]
#[error("the size of the content differs from the declared size")]
struct WrongSize;

impl RequestBody {
    /// Creates a streamed body of `size` bytes. If the stream has another size, reading the body
    /// returns an error.
    pub fn stream<B>(body: B, size: u64) -> Self
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let body = http_body_util::BodyExt::map_err(body, Into::into);
        Self {
            content: Content::Streamed(Box::pin(body)),
            left: size,
        }
    }

    /// Returns the bytes, unless the body is a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Whole(bytes) => Some(bytes),
            Content::Streamed(_) => None,
        }
    }
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Self {
            left: bytes.len() as u64,
            content: Content::Whole(bytes),
        }
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        let frame = match &mut this.content {
            Content::Whole(bytes) if bytes.is_empty() => None,
            Content::Whole(bytes) => Some(Ok(Frame::data(std::mem::take(bytes)))),
            Content::Streamed(body) => std::task::ready!(body.as_mut().poll_frame(context)),
        };
        let size = match &frame {
            None if this.left > 0 => return Poll::Ready(Some(Err(WrongSize.into()))),
            Some(Ok(frame)) => frame.data_ref().map_or(0, Bytes::len) as u64,
            _ => 0,
        };
        match this.left.checked_sub(size) {
            Some(left) => this.left = left,
            None => return Poll::Ready(Some(Err(WrongSize.into()))),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0 && self.as_bytes().is_some()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// Leaves out the content, which may be confidential.
impl fmt::Debug for RequestBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RequestBody")
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}
