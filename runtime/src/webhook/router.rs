//! Which page of a webhook a request is for.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::{WebhookRequest, WebhookResponse};
use crate::{ApiError, ApiErrorKind};

/// The pages of a webhook, by method and path.
///
/// A page is a value of a type of yours, so that a `match` handles every one, or does not compile:
///
/// ```
/// use contexture::webhook::{Routes, WebhookRequest, WebhookResponse};
///
/// #[derive(Clone, Copy)]
/// enum Page { Event, Callback, Step }
///
/// fn handle(request: &WebhookRequest) -> WebhookResponse {
///     let routes = Routes::new()
///         .post("/", Page::Event)
///         .get("/oauth/callback", Page::Callback)
///         .get("/setup/{step}", Page::Step);
///     let found = match routes.find(request) {
///         Ok(found) => found,
///         Err(refusal) => return refusal,
///     };
///     match found.page {
///         Page::Event => WebhookResponse::text("an event"),
///         Page::Callback => WebhookResponse::text("back from the provider"),
///         Page::Step => WebhookResponse::text(found.parameter("step")),
///     }
/// }
/// assert_eq!(handle(&WebhookRequest::new("GET", "/setup/two")).body, "two");
/// assert_eq!(handle(&WebhookRequest::new("GET", "/setup")).status, 404);
/// assert_eq!(handle(&WebhookRequest::new("PUT", "/")).status, 405);
/// ```
///
/// The first that fits is found. A slash at the end does not matter, a `HEAD` is for the page of a `GET`, and what a
/// place in braces stands for is decoded.
#[derive(Clone, Debug)]
pub struct Routes<P> {
    routes: Vec<Route<P>>,
}

#[derive(Clone, Debug)]
struct Route<P> {
    method: &'static str,
    pattern: &'static str,
    page: P,
}

/// The page that a request is for.
#[derive(Clone, Debug)]
pub struct Found<'r, P> {
    /// The page.
    pub page: P,
    parameters: Vec<(&'static str, Cow<'r, str>)>,
}

impl<P> Found<'_, P> {
    /// What stands in the path for a place in braces.
    ///
    /// # Panics
    ///
    /// The path of the page has no such place.
    #[must_use]
    pub fn parameter(&self, name: &str) -> &str {
        let found = self.parameters.iter().find(|(known, _)| *known == name);
        found.map_or_else(
            || panic!("the path of this page has no place `{{{name}}}`"),
            |(_, value)| value,
        )
    }
}

impl<P: Clone> Routes<P> {
    /// Makes routes that lead nowhere.
    #[must_use]
    pub const fn new() -> Self {
        Self { routes: Vec::new() }
    }

    /// Adds a page that is asked for with `GET`.
    #[must_use]
    pub fn get(self, path: &'static str, page: P) -> Self {
        self.on("GET", path, page)
    }

    /// Adds a page that something is posted to.
    #[must_use]
    pub fn post(self, path: &'static str, page: P) -> Self {
        self.on("POST", path, page)
    }

    /// Adds a page with another method, in capitals.
    #[must_use]
    pub fn on(mut self, method: &'static str, path: &'static str, page: P) -> Self {
        self.routes.push(Route {
            method,
            pattern: path,
            page,
        });
        self
    }

    /// Finds the page that a request is for.
    ///
    /// # Errors
    ///
    /// The refusal to answer with: a 404 when no page has the path, and a 405 that names the methods when the page has
    /// others.
    pub fn find<'r>(&self, request: &'r WebhookRequest) -> Result<Found<'r, P>, WebhookResponse> {
        let mut methods: Vec<&str> = Vec::new();
        for route in &self.routes {
            let Some(parameters) = parameters(route.pattern, &request.path) else {
                continue;
            };
            if has_method(request, route.method) {
                return Ok(Found {
                    page: route.page.clone(),
                    parameters,
                });
            }
            if !methods.contains(&route.method) {
                methods.push(route.method);
            }
        }
        Err(refuse(&methods))
    }
}

impl<P: Clone> Default for Routes<P> {
    fn default() -> Self {
        Self::new()
    }
}

fn has_method(request: &WebhookRequest, method: &str) -> bool {
    let sent = request.method.as_str();
    sent.eq_ignore_ascii_case(method) || (method == "GET" && sent.eq_ignore_ascii_case("HEAD"))
}

/// What stands in a path for the places of a pattern; none when the path is another one.
fn parameters<'r>(
    pattern: &'static str,
    path: &'r str,
) -> Option<Vec<(&'static str, Cow<'r, str>)>> {
    let mut expected = segments(pattern);
    let mut found = segments(path);
    let mut parameters = Vec::new();
    loop {
        match (expected.next(), found.next()) {
            (None, None) => return Some(parameters),
            (Some(expected), Some(found)) => {
                let value = percent_decode_str(found).decode_utf8_lossy();
                let place = expected
                    .strip_prefix('{')
                    .and_then(|name| name.strip_suffix('}'));
                match place {
                    Some(_) if value.is_empty() => return None,
                    Some(name) => parameters.push((name, value)),
                    None if value == expected => {}
                    None => return None,
                }
            }
            _ => return None,
        }
    }
}

fn segments(path: &str) -> std::str::Split<'_, char> {
    path.trim_start_matches('/')
        .trim_end_matches('/')
        .split('/')
}

fn refuse(methods: &[&str]) -> WebhookResponse {
    if methods.is_empty() {
        let error = ApiError::new(
            ApiErrorKind::ResourceNotFound,
            "the webhook has no such page",
        );
        return WebhookResponse::error(&error);
    }
    let methods = methods.join(", ");
    let message = format!("the page takes {methods}");
    let error = ApiError::new(ApiErrorKind::MethodNotFound, message);
    WebhookResponse::error(&error).with_header("allow", methods)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn routes() -> Routes<u8> {
        Routes::new()
            .get("/", 1)
            .post("", 2)
            .get("/a/{name}/c", 3)
            .get("/a/b/c", 4)
            .on("DELETE", "/a/{other}/c", 5)
    }

    fn page(method: &str, path: &str) -> Result<u8, u16> {
        let found = routes()
            .find(&WebhookRequest::new(method, path))
            .map(|found| found.page);
        found.map_err(|refusal| refusal.status)
    }

    #[test]
    fn the_first_page_that_fits_is_found() {
        assert_eq!(page("GET", ""), Ok(1));
        assert_eq!(page("head", "/"), Ok(1));
        assert_eq!(page("post", "/"), Ok(2));
        assert_eq!(page("GET", "/a/b/c/"), Ok(3));
        assert_eq!(page("DELETE", "/a/b/c"), Ok(5));
        assert_eq!(page("GET", "/a//c"), Err(404));
        assert_eq!(page("GET", "/a/b"), Err(404));
        assert_eq!(page("GET", "/a/b/c/d"), Err(404));
    }

    #[test]
    fn what_stands_for_a_place_is_decoded() {
        let request = WebhookRequest::new("GET", "/a/b%2Fc%20d/c");
        assert_eq!(routes().find(&request).unwrap().parameter("name"), "b/c d");
    }

    #[test]
    fn another_method_is_told_which_ones_there_are() {
        let refusal = routes()
            .find(&WebhookRequest::new("PUT", "/a/b/c"))
            .unwrap_err();
        assert_eq!(refusal.status, 405);
        assert!(
            refusal
                .headers
                .contains(&("allow".to_owned(), "GET, DELETE".to_owned()))
        );
        let error: serde_json::Value = serde_json::from_slice(&refusal.body).unwrap();
        assert_eq!(error["type"], "MethodNotFound");
    }
}
