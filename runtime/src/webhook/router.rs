//! Routing of webhook requests.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::{WebhookRequest, WebhookResponse};
use crate::{ApiError, ApiErrorKind};

/// Routes of a webhook, by method and path.
///
/// A route leads to a value of your own type, so the compiler checks that a `match` handles every
/// page:
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
/// The first matching route wins. Trailing slashes are ignored, `HEAD` requests match `GET` routes,
/// and parameters are percent-decoded.
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

/// A matching route and its parameters.
#[derive(Clone, Debug)]
pub struct Found<'r, P> {
    /// The page of the route.
    pub page: P,
    parameters: Vec<(&'static str, Cow<'r, str>)>,
}

impl<P> Found<'_, P> {
    /// Returns the value of a path parameter.
    ///
    /// # Panics
    ///
    /// Panics if the path of the route has no such parameter.
    #[must_use]
    pub fn parameter(&self, name: &str) -> &str {
        let found = self.parameters.iter().find(|(known, _)| *known == name);
        found.map_or_else(
            || panic!("the path of this route has no parameter `{{{name}}}`"),
            |(_, value)| value,
        )
    }
}

impl<P: Clone> Routes<P> {
    /// Creates an empty set of routes.
    #[must_use]
    pub const fn new() -> Self {
        Self { routes: Vec::new() }
    }

    /// Adds a route for `GET` requests.
    #[must_use]
    pub fn get(self, path: &'static str, page: P) -> Self {
        self.on("GET", path, page)
    }

    /// Adds a route for `POST` requests.
    #[must_use]
    pub fn post(self, path: &'static str, page: P) -> Self {
        self.on("POST", path, page)
    }

    /// Adds a route for another method, in upper case.
    #[must_use]
    pub fn on(mut self, method: &'static str, path: &'static str, page: P) -> Self {
        self.routes.push(Route {
            method,
            pattern: path,
            page,
        });
        self
    }

    /// Finds the route of a request.
    ///
    /// # Errors
    ///
    /// Returns an error response: a 404 if no route has this path, or a 405 with the allowed
    /// methods if only the method differs.
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

/// Returns the parameters of a path, or `None` if it does not match the pattern.
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
    let message = format!("method not allowed; allowed methods: {methods}");
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
