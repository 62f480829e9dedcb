//! Calls before anything but their headers is read, for authors who answer them by themselves.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, Method, Request, Uri};

/// A call as it came. What is asked for is `operation` of its context.
#[derive(Clone)]
#[non_exhaustive]
pub struct RawRequest {
    /// The HTTP method.
    pub method: Method,
    /// The path and the query that were asked for.
    pub uri: Uri,
    /// The headers, among them the configuration with its secrets.
    pub headers: HeaderMap,
    /// The body; empty unless the method is POST, PUT or PATCH.
    pub body: Bytes,
}

impl RawRequest {
    /// Takes a request as authors see it. The official server does not read the body of any other method.
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

    /// A header's value, unless it is no text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        str::from_utf8(self.headers.get(name)?.as_bytes()).ok()
    }
}

/// Headers and body may hold secrets.
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
