//! Size limits and memory costs of request heads.

use http::{Request, StatusCode};

use super::settings::Settings;
use crate::{ApiError, ApiErrorKind};

/// The approximate overhead of a header in the header map, in bytes.
const HEADER: usize = 128;

/// The size of a request head.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct HeadSize {
    /// The number of headers.
    headers: usize,
    /// The total length of the URI and of the header names and values, in bytes.
    bytes: usize,
}

impl HeadSize {
    pub(super) fn of<B>(request: &Request<B>) -> Self {
        let uri = request.uri();
        let path = uri.path_and_query().map_or(0, |path| path.as_str().len());
        let authority = uri
            .authority()
            .map_or(0, |authority| authority.as_str().len());
        let headers = request.headers().iter();
        let headers = headers.map(|(name, value)| name.as_str().len() + value.len());
        Self {
            headers: request.headers().len(),
            bytes: path + authority + headers.sum::<usize>(),
        }
    }

    /// Returns whether the head exceeds the limits.
    ///
    /// hyper has already rejected much longer heads, but it reads in large chunks and does not check
    /// the size of a complete head. For HTTP/2 hyper does not limit the number of headers, and an
    /// indexed header takes a single byte on the wire.
    pub(super) fn exceeds(self, settings: &Settings) -> bool {
        self.headers > settings.max_headers || self.bytes > settings.max_header_bytes
    }

    /// Returns the approximate memory use of the head, in bytes.
    pub(super) fn cost(self) -> usize {
        self.bytes + self.headers * HEADER
    }
}

/// Returns the error for a request head that exceeds the limits.
pub(super) fn too_large() -> ApiError {
    let mut error = ApiError::new(ApiErrorKind::LimitExceeded, "the headers are too large");
    error.code = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE.as_u16();
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(headers: usize) -> Request<()> {
        let mut request = Request::new(());
        *request.uri_mut() = "http://a/bc".parse().unwrap();
        for _ in 0..headers {
            let value = http::HeaderValue::from_static("b");
            request.headers_mut().append("x-a", value);
        }
        request
    }

    #[test]
    fn a_head_is_as_large_as_its_address_and_its_headers() {
        assert_eq!(HeadSize::of(&request(0)).bytes, 4);
        assert_eq!(HeadSize::of(&request(2)).bytes, 12);
        assert_eq!(HeadSize::of(&request(2)).cost(), 12 + 2 * HEADER);
    }

    #[test]
    fn a_head_is_refused_for_its_headers_or_for_its_size() {
        let is_too_large = |count, limit| {
            let settings = Settings {
                max_header_bytes: limit,
                max_headers: count,
                ..Settings::default()
            };
            HeadSize::of(&request(2)).exceeds(&settings)
        };
        assert!(!is_too_large(2, 12));
        assert!(is_too_large(1, 12));
        assert!(is_too_large(2, 11));
    }
}
