//! What is answered to a webhook request.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use serde_json::{Value, json};

use super::Html;
use crate::{ApiError, Result};

/// The answer to a webhook request: it becomes the HTTP response as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookResponse {
    /// The HTTP status.
    pub status: u16,
    /// The headers, in order. Those that frame a message on its connection, such as
    /// `content-length`, are the server's to write and are left out.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl WebhookResponse {
    /// A 200 without a body.
    #[must_use]
    pub fn ok() -> Self {
        Self {
            status: 200,
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    /// What the official SDK answers when a handler returns nothing: a 200 with the body `{}`.
    #[must_use]
    pub fn none() -> Self {
        Self::ok().with_body("{}")
    }

    /// A 200 with a plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::ok()
            .with_header("content-type", "text/plain; charset=utf-8")
            .with_body(text.into())
    }

    /// A 200 with an HTML page.
    pub fn html(page: impl Into<Html>) -> Self {
        Self::ok()
            .with_header("content-type", "text/html; charset=utf-8")
            .with_body(String::from(page.into()))
    }

    /// Leads a browser to another page: a 303. Botpress is told to let it go there, without a page of its own between.
    pub fn redirect(location: impl Into<String>) -> Self {
        Self::ok()
            .with_status(303)
            .with_header("location", location)
            .with_header("x-bp-disable-interstitial", "true")
    }

    /// A refusal in the shape of the Botpress API, with the status of its kind.
    #[must_use]
    pub fn error(error: &ApiError) -> Self {
        Self::from(json!(error)).with_status(error.code)
    }

    /// A 200 with a value as JSON.
    ///
    /// # Errors
    ///
    /// The value cannot be written as JSON.
    pub fn json(value: &impl Serialize) -> Result<Self> {
        let body = serde_json::to_vec(value)?;
        Ok(Self::ok()
            .with_header("content-type", "application/json")
            .with_body(body))
    }

    /// Changes the status.
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

    /// Tells Botpress which installation of the integration the request belongs to, as the
    /// definition's `identifier` would: the header `x-bp-integration-identifier`.
    #[must_use]
    pub fn with_integration_identifier(self, identifier: impl Into<String>) -> Self {
        self.with_header("x-bp-integration-identifier", identifier)
    }

    /// Changes the body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// The response as HTTP has it.
    ///
    /// # Errors
    ///
    /// The status or a header is none that HTTP allows.
    pub(crate) fn into_http(self) -> Result<Response<Bytes>> {
        let status = StatusCode::from_u16(self.status)?;
        if status.is_informational() {
            return Err("an answer cannot have an informational status".into());
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

/// Whether a header is about the connection. A handler that hands on what another server answered
/// has headers of that connection, which would break ours.
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

/// Answers with a value that was put together by hand.
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
