//! The transport of HTTP requests.

use std::error::Error;
use std::fmt;
use std::pin::Pin;

use bytes::Bytes;

use super::request_body::RequestBody;

/// The future of [`Transport::send`].
pub type SendFuture =
    Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportError>> + Send>>;

/// Sends HTTP requests and returns the responses, regardless of their status.
///
/// The default transport uses HTTP over TLS (feature `http-client`); `contexture::testing` has a
/// transport that records requests. A transport sends a request once and has no timeout:
/// [`ApiClient`](crate::client::ApiClient) handles timeouts and retries with its
/// [`RetryPolicy`](super::RetryPolicy). A transport must not follow redirects, which could lead to
/// another host or to plain HTTP.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends the request.
    fn send(&self, request: http::Request<RequestBody>) -> SendFuture;
}

/// A request that did not reach the server, or whose response was lost.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct TransportError {
    message: String,
    timed_out: bool,
    unreached: bool,
    #[source]
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl TransportError {
    /// Creates an error for a connection that failed after it was established.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            timed_out: false,
            unreached: false,
            source: None,
        }
    }

    /// Creates an error for a connection that was not established, so the server received nothing.
    #[must_use]
    pub fn unreached(message: impl Into<String>) -> Self {
        Self {
            unreached: true,
            ..Self::new(message)
        }
    }

    /// Creates an error for a timeout.
    #[must_use]
    pub fn timeout(message: impl Into<String>) -> Self {
        Self {
            timed_out: true,
            ..Self::new(message)
        }
    }

    /// Sets the source of the error.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Returns whether the error is a timeout.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.timed_out
    }

    /// Returns whether the server may have received and processed the request although there was no
    /// response.
    #[must_use]
    pub fn may_have_been_received(&self) -> bool {
        !self.unreached
    }
}
