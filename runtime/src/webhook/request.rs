//! Webhook requests.

use std::fmt;

use serde::Serialize;

use super::WebhookHeaders;
#[cfg(feature = "webhook-signatures")]
use super::verification::VerificationNote;

/// A request to the webhook, as forwarded by Botpress.
///
/// Anyone can send one. To read its body, verify the signature: `signature::Verifier` returns a
/// [`Verified`](super::Verified) request, which has methods such as
/// [`json`](super::Verified::json). If there is no signature, use
/// [`assume_verified`](Self::assume_verified).
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
pub struct WebhookRequest {
    /// The HTTP method.
    pub method: String,
    /// The path relative to the webhook's URL.
    pub path: String,
    /// The query, without `?`.
    pub query: String,
    /// The headers.
    pub headers: WebhookHeaders,
    /// The body, which may be absent.
    #[serde(skip_serializing_if = "UnverifiedBody::is_none")]
    pub body: UnverifiedBody,
}

impl WebhookRequest {
    /// Creates a request without query, headers and body, for tests.
    pub fn new(method: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            method: method.into(),
            path: path.into(),
            ..Self::default()
        }
    }

    /// Sets the query, without `?`.
    #[must_use]
    pub fn with_query(mut self, query: impl Into<String>) -> Self {
        self.query = query.into();
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push(name.into(), value.into());
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<UnverifiedBody>) -> Self {
        self.body = body.into();
        self
    }

    /// Returns the value of a header. The case of `name` is ignored.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }
}

/// Leaves out the query, the header values and the body, which may contain secrets.
impl fmt::Debug for WebhookRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("WebhookRequest")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// The body of a request that is not verified yet.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct UnverifiedBody {
    text: Option<String>,
    #[cfg(feature = "webhook-signatures")]
    #[serde(skip)]
    pub(super) verification: VerificationNote,
}

impl UnverifiedBody {
    /// Creates the body of a request that a call has received, and the note of its verification.
    #[cfg(feature = "webhook-signatures")]
    pub(crate) fn received(text: Option<String>) -> (Self, VerificationNote) {
        let verification = VerificationNote::new();
        let note = verification.clone();
        (Self { text, verification }, note)
    }

    /// Returns whether the request has no body.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.text.is_none()
    }

    /// Returns the unverified text, or an empty string if there is no body.
    #[must_use]
    pub fn unverified_text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// Returns the unverified bytes, for the computation of signatures. They are empty if there is
    /// no body.
    #[must_use]
    pub fn unverified_bytes(&self) -> &[u8] {
        self.unverified_text().as_bytes()
    }
}

impl From<Option<String>> for UnverifiedBody {
    fn from(text: Option<String>) -> Self {
        Self {
            text,
            #[cfg(feature = "webhook-signatures")]
            verification: VerificationNote::default(),
        }
    }
}

impl From<String> for UnverifiedBody {
    fn from(body: String) -> Self {
        Some(body).into()
    }
}

impl From<&str> for UnverifiedBody {
    fn from(body: &str) -> Self {
        body.to_owned().into()
    }
}

impl fmt::Debug for UnverifiedBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.text {
            Some(body) => write!(formatter, "{} bytes", body.len()),
            None => formatter.write_str("none"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_what_a_log_may_hold() {
        let request = WebhookRequest::new("POST", "/in")
            .with_query("code=hunter2")
            .with_header("x-token", "hunter2")
            .with_body("hunter2");
        let shown = format!("{request:?}");
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(
            shown.contains("x-token") && shown.contains("7 bytes"),
            "{shown}"
        );
    }
}
