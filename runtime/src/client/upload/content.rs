//! The content of an upload: bytes, a file or a reader.

use std::fmt;
#[cfg(all(feature = "http-client", not(target_family = "wasm")))]
use std::path::PathBuf;

use bytes::Bytes;
use http_body::Body;

use crate::ClientError;
use crate::client::RequestBody;

/// The content of a file that is uploaded. Files and readers are streamed; they are not loaded into
/// memory as a whole.
pub struct FileContent(Source);

enum Source {
    Bytes(Bytes),
    #[cfg(all(feature = "http-client", not(target_family = "wasm")))]
    File(PathBuf),
    /// Can be read only once.
    Stream(Option<RequestBody>, u64),
}

impl FileContent {
    /// Creates content from a local file. The file is opened when the content is sent.
    #[cfg(all(feature = "http-client", not(target_family = "wasm")))]
    #[must_use]
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(Source::File(path.into()))
    }

    /// Creates content from the first `size` bytes of a reader. The upload fails if the reader has
    /// fewer bytes; further bytes are not read.
    #[cfg(all(feature = "http-client", not(target_family = "wasm")))]
    #[must_use]
    pub fn reader(reader: impl tokio::io::AsyncRead + Send + 'static, size: u64) -> Self {
        Self::body(super::reader::ReaderBody::new(reader, size), size)
    }

    /// Creates content from a body of `size` bytes, such as the body of another server's response.
    #[must_use]
    pub fn body<B>(body: B, size: u64) -> Self
    where
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self(Source::Stream(Some(RequestBody::stream(body, size)), size))
    }

    #[cfg_attr(
        not(all(feature = "http-client", not(target_family = "wasm"))),
        expect(
            clippy::unused_async,
            reason = "only the size of a file is read asynchronously"
        )
    )]
    /// Returns the size in bytes. It takes `&mut self` because a stream may be `Send` but not
    /// `Sync`, and the future that holds the borrow must be `Send`.
    pub(super) async fn size(&mut self) -> Result<u64, ClientError> {
        match &mut self.0 {
            Source::Bytes(bytes) => Ok(bytes.len() as u64),
            #[cfg(all(feature = "http-client", not(target_family = "wasm")))]
            Source::File(path) => super::reader::size_of(path).await,
            Source::Stream(_, size) => Ok(*size),
        }
    }

    /// Returns whether the content can be read more than once.
    pub(super) fn is_repeatable(&self) -> bool {
        !matches!(self.0, Source::Stream(..))
    }

    /// Returns the content from the beginning.
    pub(super) fn open(&mut self, size: u64) -> RequestBody {
        match &mut self.0 {
            Source::Bytes(bytes) => RequestBody::from(bytes.clone()),
            #[cfg(all(feature = "http-client", not(target_family = "wasm")))]
            Source::File(path) => {
                RequestBody::stream(super::reader::FileBody::new(path.clone(), size), size)
            }
            Source::Stream(body, _) => {
                let nothing = || RequestBody::stream(http_body_util::Empty::new(), size);
                body.take().unwrap_or_else(nothing)
            }
        }
    }
}

impl From<Bytes> for FileContent {
    fn from(bytes: Bytes) -> Self {
        Self(Source::Bytes(bytes))
    }
}

impl From<Vec<u8>> for FileContent {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for FileContent {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&str> for FileContent {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl fmt::Debug for FileContent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.0 {
            Source::Bytes(_) => "bytes",
            #[cfg(all(feature = "http-client", not(target_family = "wasm")))]
            Source::File(_) => "a file",
            Source::Stream(..) => "a stream",
        };
        formatter.debug_tuple("FileContent").field(&kind).finish()
    }
}
