//! What is given to the recorder: requests and responses as they are, with their secrets.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;

use super::{ExchangeKind, Secrets};

/// An exchange that begins.
#[derive(Clone, Debug)]
pub struct NewExchange {
    pub(super) kind: ExchangeKind,
    pub(super) name: String,
    pub(super) subject: Option<String>,
    pub(super) instance: Option<String>,
    pub(super) parent: Option<String>,
    pub(super) source: Option<String>,
    pub(super) trace: Option<String>,
    pub(super) note: Option<String>,
    pub(super) request: SentRequest,
    pub(super) secrets: Secrets,
}

impl NewExchange {
    /// Creates an exchange with its request, and the secrets that are replaced in it.
    #[must_use]
    pub fn new(
        kind: ExchangeKind,
        name: impl Into<String>,
        request: SentRequest,
        secrets: Secrets,
    ) -> Self {
        Self {
            kind,
            name: name.into(),
            subject: None,
            instance: None,
            parent: None,
            source: None,
            trace: None,
            note: None,
            request,
            secrets,
        }
    }

    /// Sets what the operation is about.
    #[must_use]
    pub fn about(mut self, subject: Option<String>) -> Self {
        self.subject = subject;
        self
    }

    /// Sets the webhook id of the instance.
    #[must_use]
    pub fn of_instance(mut self, webhook_id: Option<String>) -> Self {
        self.instance = webhook_id;
        self
    }

    /// Sets the exchange that this one belongs to.
    #[must_use]
    pub fn within(mut self, parent: Option<String>) -> Self {
        self.parent = parent;
        self
    }

    /// Sets the exchange that this one replays.
    #[must_use]
    pub fn replaying(mut self, source: Option<String>) -> Self {
        self.source = source;
        self
    }

    /// Sets the id of the trace.
    #[must_use]
    pub fn in_trace(mut self, trace: Option<String>) -> Self {
        self.trace = trace;
        self
    }

    /// Sets what a reader has to know.
    #[must_use]
    pub fn noting(mut self, note: Option<String>) -> Self {
        self.note = note;
        self
    }
}

/// A request as it was sent.
#[derive(Clone, Default)]
pub struct SentRequest {
    /// The HTTP method.
    pub method: String,
    /// The path and the query.
    pub path: String,
    /// The headers, in their order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: SentBody,
}

/// A response as it was sent.
#[derive(Clone, Default)]
pub struct SentResponse {
    /// The HTTP status.
    pub status: u16,
    /// The headers, in their order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: SentBody,
}

/// A body as it was sent.
#[derive(Clone)]
pub enum SentBody {
    /// The whole body.
    Whole(Bytes),
    /// A body of this size, whose content was not read.
    LeftOut(u64),
}

impl Default for SentBody {
    fn default() -> Self {
        Self::Whole(Bytes::new())
    }
}

impl From<Bytes> for SentBody {
    fn from(bytes: Bytes) -> Self {
        Self::Whole(bytes)
    }
}

/// Reads headers as texts. Bytes that are no UTF-8 are replaced.
#[must_use]
pub fn header_texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let texts = headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.to_string(), value)
    });
    texts.collect()
}

/// Leaves out what may be secret.
impl fmt::Debug for SentRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SentRequest")
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

/// Leaves out what may be secret.
impl fmt::Debug for SentResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SentResponse")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// Shows the size.
impl fmt::Debug for SentBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(bytes) => write!(formatter, "{} bytes", bytes.len()),
            Self::LeftOut(size) => write!(formatter, "{size} bytes, left out"),
        }
    }
}
