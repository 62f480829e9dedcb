//! A call with only its headers parsed, for authors who answer calls themselves.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, Method, Request, Uri};

/// A call as it was received. The operation is in the field `operation` of the context.
#[derive(Clone)]
#[non_exhaustive]
pub struct RawRequest {
    /// The HTTP method.
    pub method: Method,
    /// The path and the query of the request.
    pub uri: Uri,
    /// The headers, including the configuration with its secrets.
    pub headers: HeaderMap,
    /// The body. It is empty unless the method is POST, PUT or PATCH.
    pub body: Bytes,
}

impl RawRequest {
    /// Converts an HTTP request. As in the official server, only POST, PUT and PATCH requests have
    /// a body.
    pub(crate) fn new(request: Request<Bytes>) -> Self {
        let (head, body) = request.into_parts();
        let has_body = matches!(head.method, Method::POST | Method::PUT | Method::PATCH);
        Self {
            method: head.method,
            uri: head.uri,
            headers: head.headers,
            body: if has_body { body } else { Bytes::new() },
        }
    }

    /// Returns the value of a header, or `None` if it is missing or not UTF-8.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        str::from_utf8(self.headers.get(name)?.as_bytes()).ok()
    }
}

/// Omits the values of headers and the body, because they may contain secrets.
impl fmt::Debug for RawRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers.keys().map(HeaderName::as_str).collect();
        formatter
            .debug_struct("RawRequest")
            .field("method", &self.method)
            .field("path", &self.uri.path())
            .field("headers", &headers)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_value_of_a_header_and_no_body() {
        let mut headers = HeaderMap::new();
        headers.insert("x-bp-configuration", "hunter2".parse().unwrap());
        let request = RawRequest {
            method: Method::POST,
            uri: Uri::from_static("/a?b=hunter2"),
            headers,
            body: Bytes::from_static(b"hunter2"),
        };
        let shown = format!("{request:?}");
        assert!(shown.contains("x-bp-configuration"), "{shown}");
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
