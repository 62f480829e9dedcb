//! A request that reaches an integration's webhook.

use std::fmt;

use serde::Serialize;

use super::WebhookHeaders;

/// A request to the webhook, as Botpress passes it on.
///
/// Anybody can send one. Its body is read after a signature was checked: `signature::Verifier` gives a
/// [`Verified`](super::Verified) request, which has [`json`](super::Verified::json) and the like. Where
/// there is nothing to check, [`assume_verified`](Self::assume_verified) says so.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
pub struct WebhookRequest {
    /// The HTTP method.
    pub method: String,
    /// The path after the webhook's own.
    pub path: String,
    /// The query, without its question mark.
    pub query: String,
    /// The headers.
    pub headers: WebhookHeaders,
    /// The body; none when the request had none.
    #[serde(skip_serializing_if = "UnverifiedBody::is_none")]
    pub body: UnverifiedBody,
}

impl WebhookRequest {
    /// Creates a request without a query, headers and a body, as a test sends it.
    pub fn new(method: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            method: method.into(),
            path: path.into(),
            ..Self::default()
        }
    }

    /// Changes the query, which has no question mark.
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

    /// Changes the body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<UnverifiedBody>) -> Self {
        self.body = body.into();
        self
    }

    /// A header's value, whatever the case of its name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }
}

/// Neither the query, nor the values of headers, nor the body, which may all hold secrets.
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

/// The body of a request whose sender is not known yet.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct UnverifiedBody(Option<String>);

impl UnverifiedBody {
    /// Whether the request had no body.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// The text, which anybody may have sent; empty when there is no body.
    #[must_use]
    pub fn unverified_text(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }

    /// The bytes, which anybody may have sent, as signatures are made of; empty when there is no body.
    #[must_use]
    pub fn unverified_bytes(&self) -> &[u8] {
        self.unverified_text().as_bytes()
    }
}

impl From<Option<String>> for UnverifiedBody {
    fn from(body: Option<String>) -> Self {
        Self(body)
    }
}

impl From<String> for UnverifiedBody {
    fn from(body: String) -> Self {
        Self(Some(body))
    }
}

impl From<&str> for UnverifiedBody {
    fn from(body: &str) -> Self {
        Self(Some(body.to_owned()))
    }
}

impl fmt::Debug for UnverifiedBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
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
