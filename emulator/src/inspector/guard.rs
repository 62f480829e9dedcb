//! Who may use the pages: a browser on this machine, from the pages themselves.
//!
//! A page of another site could send requests here, or give this machine a name of its own (DNS rebinding). The first is
//! told by `Origin` and `Sec-Fetch-Site`, the second by `Host`.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::{CONTENT_TYPE, HOST, ORIGIN};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use crate::host::is_local;

const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; media-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-frame-options", "DENY"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cache-control", "no-store"),
];

/// Refuses requests of other sites, and sets the headers that protect a page.
pub(super) async fn protect(request: Request, next: Next) -> Response {
    let mut response = match refusal(request.method(), request.headers()) {
        Some(reason) => forbidden(reason),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        let name = HeaderName::from_static(name);
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

pub(super) fn forbidden(reason: &'static str) -> Response {
    let text = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
    (StatusCode::FORBIDDEN, text, reason).into_response()
}

/// Why a request is refused.
fn refusal(method: &Method, headers: &HeaderMap) -> Option<&'static str> {
    if !headers.contains_key(HOST) || !is_local(headers) {
        return Some("The inspector answers on this machine only, such as at http://127.0.0.1.\n");
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let is_read = matches!(*method, Method::GET | Method::HEAD);
    let is_foreign = match text("sec-fetch-site") {
        None | Some("same-origin" | "none") => false,
        // A link of another site opens a page, which that site cannot read.
        Some(_) => !(is_read && text("sec-fetch-dest") == Some("document")),
    };
    let is_foreign = is_foreign
        || text(ORIGIN.as_str())
            .is_some_and(|origin| origin.strip_prefix("http://") != text(HOST.as_str()));
    is_foreign.then_some("The inspector refuses requests of other sites.\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(method: &Method, headers: &[(&'static str, &'static str)]) -> bool {
        let mut map = HeaderMap::new();
        map.insert(HOST, HeaderValue::from_static("127.0.0.1:8090"));
        for (name, value) in headers {
            map.insert(*name, HeaderValue::from_static(value));
        }
        refusal(method, &map).is_some()
    }

    #[test]
    fn requests_of_the_pages_are_accepted() {
        assert!(!refused(&Method::GET, &[]));
        let own = [
            ("origin", "http://127.0.0.1:8090"),
            ("sec-fetch-site", "same-origin"),
        ];
        assert!(!refused(&Method::POST, &own));
        assert!(!refused(&Method::GET, &[("sec-fetch-site", "none")]));
    }

    #[test]
    fn requests_of_other_sites_are_refused() {
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "http://evil.test"),
            ("origin", "http://127.0.0.1:9999"),
            ("origin", "null"),
            ("host", "evil.test"),
            ("host", "evil.test:8090"),
        ] {
            assert!(refused(&Method::POST, &[(name, value)]), "{name}: {value}");
            assert!(refused(&Method::GET, &[(name, value)]), "{name}: {value}");
        }
    }

    #[test]
    fn a_link_of_another_site_opens_a_page_and_sends_no_form() {
        let link = [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-dest", "document"),
        ];
        assert!(!refused(&Method::GET, &link));
        assert!(refused(&Method::POST, &link));
    }

    #[test]
    fn a_request_without_a_host_is_refused() {
        assert!(refusal(&Method::GET, &HeaderMap::new()).is_some());
    }
}
