//! Requests that reach an integration's webhook, and what is answered.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode, header};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, error::Category};

use crate::{Error, Result};

/// A request to the webhook, as Botpress passes it on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

impl WebhookRequest {
    /// A header's value, whatever the case of its name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }

    /// The body's bytes, as signatures are made of; empty when there is no body.
    #[must_use]
    pub fn body_bytes(&self) -> &[u8] {
        self.body.as_deref().unwrap_or_default().as_bytes()
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// There is no body, or it is not JSON of this form: a 400 that does not quote the body.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(self.body_bytes()).map_err(|error| {
            let problem = match error.classify() {
                Category::Data => "does not have the expected form",
                Category::Syntax | Category::Eof | Category::Io => "is not JSON",
            };
            let (line, column) = (error.line(), error.column());
            Error::invalid_payload(format!(
                "the webhook's body {problem} (line {line}, column {column})"
            ))
        })
    }
}

/// The headers of a webhook request: names are looked up whatever their case, each has one value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebhookHeaders(Vec<(String, String)>);

impl WebhookHeaders {
    /// A header's value, whatever the case of its name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// All headers, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Reads headers tolerantly: several values are joined, what has no text is left out.
    pub(crate) fn from_wire(headers: &Value) -> Self {
        let fields = headers.as_object().into_iter().flatten();
        fields
            .filter_map(|(name, value)| Some((name.clone(), header_text(value)?)))
            .collect()
    }
}

fn header_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Array(values) => {
            let texts: Vec<_> = values.iter().filter_map(header_text).collect();
            Some(texts.join(", "))
        }
        Value::Null | Value::Object(_) => None,
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for WebhookHeaders {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(headers: I) -> Self {
        let texts = headers.into_iter();
        Self(
            texts
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

impl Serialize for WebhookHeaders {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

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
    pub fn html(page: impl Into<String>) -> Self {
        Self::ok()
            .with_header("content-type", "text/html; charset=utf-8")
            .with_body(page.into())
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
    use serde_json::json;

    use super::*;

    #[test]
    fn headers_are_found_in_any_case_and_have_one_value() {
        let headers = json!({ "X-A": "1", "x-b": ["2", "3"], "x-c": null, "x-d": 4 });
        let headers = WebhookHeaders::from_wire(&headers);
        assert_eq!(headers.get("x-a"), Some("1"));
        assert_eq!(headers.get("X-B"), Some("2, 3"));
        assert_eq!(headers.get("x-c"), None);
        assert_eq!(headers.get("x-d"), Some("4"));
    }

    #[test]
    fn a_body_that_is_not_json_is_not_quoted() {
        let request = WebhookRequest {
            body: Some("hunter2".to_owned()),
            ..WebhookRequest::default()
        };
        let error = request.json::<Value>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "the webhook's body is not JSON (line 1, column 1)"
        );
    }

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
