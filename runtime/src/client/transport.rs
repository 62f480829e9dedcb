//! What carries requests to the API.

use std::error::Error;
use std::fmt;
use std::pin::Pin;

use bytes::Bytes;

/// The answer that a [`Transport`] is waiting for.
pub type SendFuture =
    Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportError>> + Send>>;

/// Carries a request to the API and brings back the answer, whatever its status.
///
/// The default one speaks HTTP over TLS (feature `transport`); `contexture::testing` has one that
/// records. A transport sends once: when to try again is decided by
/// [`ApiClient`](super::ApiClient).
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends the request.
    fn send(&self, request: http::Request<Bytes>) -> SendFuture;
}

/// Says that a request did not reach the API, or its answer did not come back.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct TransportError {
    message: String,
    timed_out: bool,
    #[source]
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl TransportError {
    /// Makes an error of a connection that failed.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            timed_out: false,
            source: None,
        }
    }

    /// Makes an error of an answer that did not come in time.
    #[must_use]
    pub fn time_out(message: impl Into<String>) -> Self {
        Self {
            timed_out: true,
            ..Self::new(message)
        }
    }

    /// Adds the cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Tells whether the answer did not come in time.
    #[must_use]
    pub fn is_time_out(&self) -> bool {
        self.timed_out
    }
}
