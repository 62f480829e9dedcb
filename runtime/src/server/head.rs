//! Size limits and memory costs of request heads.

use http::{Request, StatusCode};

use super::settings::Settings;
use crate::{ApiError, ApiErrorKind};

/// The approximate overhead of a header in the header map, in bytes.
const HEADER: usize = 128;

/// Returns whether a request head exceeds the limits.
///
/// hyper has already rejected much longer heads, but it reads in large chunks and does not check
/// the size of a complete head. For HTTP/2 hyper does not limit the number of headers, and an
/// indexed header takes a single byte on the wire.
pub(super) fn is_too_large<B>(request: &Request<B>, settings: &Settings) -> bool {
    request.headers().len() > settings.max_headers || size(request) > settings.max_header_bytes
}

/// Returns the error for a request head that exceeds the limits.
pub(super) fn too_large() -> ApiError {
    let mut error = ApiError::new(ApiErrorKind::LimitExceeded, "the headers are too large");
    error.code = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE.as_u16();
    error
}

/// Returns the approximate memory use of a request head, in bytes.
pub(super) fn cost<B>(request: &Request<B>) -> usize {
    size(request) + request.headers().len() * HEADER
}

/// Returns the total length of the URI and of the header names and values, in bytes.
fn size<B>(request: &Request<B>) -> usize {
    let uri = request.uri();
    let path = uri.path_and_query().map_or(0, |path| path.as_str().len());
    let authority = uri
        .authority()
        .map_or(0, |authority| authority.as_str().len());
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| name.as_str().len() + value.len());
    path + authority + headers.sum::<usize>()
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
        assert_eq!(size(&request(0)), 4);
        assert_eq!(size(&request(2)), 12);
        assert_eq!(cost(&request(2)), 12 + 2 * HEADER);
    }

    #[test]
    fn a_head_is_refused_for_its_headers_or_for_its_size() {
        let is_too_large = |count, limit| {
            let settings = Settings {
                max_header_bytes: limit,
                max_headers: count,
                ..Settings::default()
            };
            is_too_large(&request(2), &settings)
        };
        assert!(!is_too_large(2, 12));
        assert!(is_too_large(1, 12));
        assert!(is_too_large(2, 11));
    }
}
