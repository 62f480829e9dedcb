//! What carries requests to the API.

use std::error::Error;
use std::fmt;
use std::pin::Pin;

use bytes::Bytes;

use super::request_body::RequestBody;

/// The answer that a [`Transport`] is waiting for.
pub type SendFuture =
    Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportError>> + Send>>;

/// Carries a request to the API and brings back the answer, whatever its status.
///
/// The default one speaks HTTP over TLS (feature `http-client`); `contexture::testing` has one that
/// records. A transport sends once, follows no redirects, which could lead to another host or away from
/// https, and waits as long as it takes: when to give up and when to try
/// again is decided by [`ApiClient`](super::ApiClient), by its [`RetryPolicy`](super::RetryPolicy).
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends the request.
    fn send(&self, request: http::Request<RequestBody>) -> SendFuture;
}

/// Says that a request did not reach the API, or its answer did not come back.
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
    /// Creates an error of a connection that failed after it came about.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            timed_out: false,
            unreached: false,
            source: None,
        }
    }

    /// Creates an error of a connection that did not come about, so that nothing was received.
    #[must_use]
    pub fn unreached(message: impl Into<String>) -> Self {
        Self {
            unreached: true,
            ..Self::new(message)
        }
    }

    /// Creates an error of an answer that did not come in time.
    #[must_use]
    pub fn timeout(message: impl Into<String>) -> Self {
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

    /// Returns whether the answer did not come in time.
    #[must_use]
    pub fn is_time_out(&self) -> bool {
        self.timed_out
    }

    /// Returns whether the request may have been received, and done, although nothing came back.
    #[must_use]
    pub fn may_have_been_received(&self) -> bool {
        !self.unreached
    }
}
