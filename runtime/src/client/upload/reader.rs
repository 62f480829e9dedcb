//! Bodies that read their content in chunks while they are sent.

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame};
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

use crate::ClientError;

/// The maximum size of a chunk, in bytes.
const PIECE: usize = 64 * 1024;

/// A body that reads from a reader.
pub(super) struct ReaderBody<R> {
    reader: Pin<Box<R>>,
    left: u64,
}

impl<R: AsyncRead> ReaderBody<R> {
    /// Creates a body from the first `size` bytes of the reader.
    pub(super) fn new(reader: R, size: u64) -> Self {
        Self {
            reader: Box::pin(reader),
            left: size,
        }
    }
}

impl<R: AsyncRead> Body for ReaderBody<R> {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        let room = usize::try_from(self.left).unwrap_or(PIECE).min(PIECE);
        if room == 0 {
            return Poll::Ready(None);
        }
        let mut piece = BytesMut::zeroed(room);
        let mut buffer = ReadBuf::new(&mut piece);
        ready!(self.reader.as_mut().poll_read(context, &mut buffer))?;
        let read = buffer.filled().len();
        if read == 0 {
            // `RequestBody` compares the number of bytes with the size and reports missing bytes.
            return Poll::Ready(None);
        }
        piece.truncate(read);
        self.left -= read as u64;
        Poll::Ready(Some(Ok(Frame::data(piece.freeze()))))
    }
}

/// A body that reads from a file, which is opened when the body is first polled.
pub(super) struct FileBody {
    state: FileState,
    size: u64,
}

enum FileState {
    Opening(Pin<Box<dyn Future<Output = std::io::Result<File>> + Send>>),
    Open(ReaderBody<File>),
}

impl FileBody {
    #[expect(
        clippy::disallowed_methods,
        reason = "the application names the file that it uploads"
    )]
    pub(super) fn new(path: PathBuf, size: u64) -> Self {
        Self {
            state: FileState::Opening(Box::pin(File::open(path))),
            size,
        }
    }
}

impl Body for FileBody {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if let FileState::Opening(opening) = &mut self.state {
            let file = ready!(opening.as_mut().poll(context))?;
            self.state = FileState::Open(ReaderBody::new(file, self.size));
        }
        match &mut self.state {
            FileState::Open(body) => Pin::new(body).poll_frame(context),
            FileState::Opening(_) => Poll::Pending,
        }
    }
}

/// Returns the size of a file in bytes.
#[expect(
    clippy::disallowed_methods,
    reason = "the application names the file that it uploads"
)]
pub(super) async fn size_of(path: &Path) -> Result<u64, ClientError> {
    let metadata = tokio::fs::metadata(path).await;
    let metadata = metadata.map_err(|error| {
        ClientError::Request(format!("cannot read the file {}: {error}", path.display()))
    })?;
    Ok(metadata.len())
}
