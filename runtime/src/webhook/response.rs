//! Responses to webhook requests.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use serde_json::{Value, json};

use super::Html;
use crate::{ApiError, Result};

/// The response to a webhook request. It becomes the HTTP response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookResponse {
    /// The HTTP status.
    pub status: u16,
    /// The headers, in order. Connection headers such as `content-length` are ignored, because the
    /// server writes them.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl WebhookResponse {
    /// Creates a response with status 200 and no body.
    #[must_use]
    pub fn ok() -> Self {
        Self {
            status: 200,
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    /// Creates the response that the official SDK sends if a handler returns nothing: status 200
    /// with the body `{}`.
    #[must_use]
    pub fn none() -> Self {
        Self::ok().with_body("{}")
    }

    /// Creates a plain text response with status 200.
    pub fn text(text: impl Into<String>) -> Self {
        Self::ok()
            .with_header("content-type", "text/plain; charset=utf-8")
            .with_body(text.into())
    }

    /// Creates an HTML response with status 200.
    pub fn html(page: impl Into<Html>) -> Self {
        Self::ok()
            .with_header("content-type", "text/html; charset=utf-8")
            .with_body(String::from(page.into()))
    }

    /// Redirects the browser to another page, with status 303. A header tells Botpress not to show
    /// its interstitial page.
    pub fn redirect(location: impl Into<String>) -> Self {
        Self::ok()
            .with_status(303)
            .with_header("location", location)
            .with_header("x-bp-disable-interstitial", "true")
    }

    /// Creates an error response in the form of the Botpress API, with the error's status.
    #[must_use]
    pub fn error(error: &ApiError) -> Self {
        Self::from(json!(error)).with_status(error.code)
    }

    /// Creates a JSON response with status 200.
    ///
    /// # Errors
    ///
    /// Returns an error if the value cannot be serialized.
    pub fn json(value: &impl Serialize) -> Result<Self> {
        let body = serde_json::to_vec(value)?;
        Ok(Self::ok()
            .with_header("content-type", "application/json")
            .with_body(body))
    }

    /// Sets the status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the identifier of the installation that the request belongs to, in the header
    /// `x-bp-integration-identifier`. The script `identifier` of the definition has the same
    /// purpose.
    #[must_use]
    pub fn with_integration_identifier(self, identifier: impl Into<String>) -> Self {
        self.with_header("x-bp-integration-identifier", identifier)
    }

    /// Sets the body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// Converts the response to an HTTP response.
    ///
    /// # Errors
    ///
    /// Returns an error if the status or a header is invalid in HTTP.
    pub(crate) fn into_http(self) -> Result<Response<Bytes>> {
        let status = StatusCode::from_u16(self.status)?;
        if status.is_informational() {
            return Err("a response cannot have an informational status".into());
        }
        let mut response = Response::new(self.body);
        *response.status_mut() = status;
        for (name, value) in self.headers {
            let name = HeaderName::from_bytes(name.as_bytes())?;
            let value = HeaderValue::from_bytes(value.as_bytes())?;
            if !frames(&name) {
                response.headers_mut().append(name, value);
            }
        }
        Ok(response)
    }
}

/// Returns whether a header belongs to the connection. A handler may forward the headers of another
/// server's response; its connection headers would break this connection.
fn frames(name: &HeaderName) -> bool {
    const FRAMING: [HeaderName; 6] = [
        header::CONNECTION,
        header::CONTENT_LENGTH,
        header::TE,
        header::TRAILER,
        header::TRANSFER_ENCODING,
        header::UPGRADE,
    ];
    FRAMING.contains(name) || name == "keep-alive"
}

impl Default for WebhookResponse {
    fn default() -> Self {
        Self::none()
    }
}

/// Creates a JSON response with status 200.
impl From<Value> for WebhookResponse {
    fn from(value: Value) -> Self {
        Self::ok()
            .with_header("content-type", "application/json")
            .with_body(value.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_or_header_that_http_does_not_allow_is_an_error() {
        for status in [42, 101, 1000] {
            let response = WebhookResponse::ok().with_status(status);
            assert!(response.into_http().is_err(), "{status}");
        }
        let split = WebhookResponse::ok().with_header("x-a", "1\r\nx-b: 2");
        assert!(split.into_http().is_err());
    }

    #[test]
    fn headers_of_another_connection_are_left_out() {
        let response = WebhookResponse::text("four")
            .with_header("Content-Length", "400")
            .with_header("transfer-encoding", "chunked")
            .with_header("x-a", "1");
        let response = response.into_http().unwrap();
        let names: Vec<_> = response.headers().keys().map(HeaderName::as_str).collect();
        assert_eq!(names, ["content-type", "x-a"]);
    }
}
