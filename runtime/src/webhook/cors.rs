//! Cross-origin requests (CORS).

use std::time::Duration;

use super::{WebhookRequest, WebhookResponse};

/// A CORS policy: the origins, methods and headers that browsers allow for cross-origin requests to
/// the webhook.
///
/// ```
/// use contexture::webhook::{Cors, WebhookRequest, WebhookResponse};
///
/// fn handle(request: &WebhookRequest) -> WebhookResponse {
///     let cors = Cors::origins(["https://shop.test"]).methods(["POST"]).headers(["content-type"]);
///     if let Some(answer) = cors.preflight(request) {
///         return answer;
///     }
///     cors.apply(request, WebhookResponse::text("hello"))
/// }
/// # let ask = WebhookRequest::new("POST", "/").with_header("origin", "https://shop.test");
/// # assert!(handle(&ask).headers.iter().any(|(name, _)| name == "access-control-allow-origin"));
/// ```
#[derive(Clone, Debug)]
pub struct Cors {
    /// `None` allows all origins.
    origins: Option<Vec<String>>,
    methods: Vec<String>,
    headers: Vec<String>,
    exposed: Vec<String>,
    credentials: bool,
    max_age: Duration,
}

impl Cors {
    /// Creates a policy that allows all origins, without credentials.
    #[must_use]
    pub fn any() -> Self {
        Self {
            origins: None,
            methods: vec!["GET".to_owned(), "POST".to_owned()],
            headers: Vec::new(),
            exposed: Vec::new(),
            credentials: false,
            max_age: Duration::from_mins(10),
        }
    }

    /// Creates a policy that allows these origins, such as `https://shop.test`.
    #[must_use]
    pub fn origins<T: Into<String>>(origins: impl IntoIterator<Item = T>) -> Self {
        Self {
            origins: Some(texts(origins)),
            ..Self::any()
        }
    }

    /// Sets the allowed methods. The default is `GET` and `POST`.
    #[must_use]
    pub fn methods<T: Into<String>>(mut self, methods: impl IntoIterator<Item = T>) -> Self {
        self.methods = texts(methods);
        self
    }

    /// Sets the allowed request headers, in addition to the CORS-safelisted ones.
    #[must_use]
    pub fn headers<T: Into<String>>(mut self, headers: impl IntoIterator<Item = T>) -> Self {
        self.headers = texts(headers);
        self
    }

    /// Sets the response headers that pages can read, in addition to the CORS-safelisted ones.
    #[must_use]
    pub fn expose<T: Into<String>>(mut self, headers: impl IntoIterator<Item = T>) -> Self {
        self.exposed = texts(headers);
        self
    }

    /// Allows credentials such as cookies. This has no effect if all origins are allowed, because
    /// browsers reject that combination.
    #[must_use]
    pub fn credentials(mut self) -> Self {
        self.credentials = true;
        self
    }

    /// Sets how long browsers may cache the response to a preflight request. The default is 10
    /// minutes.
    #[must_use]
    pub fn max_age(mut self, max_age: Duration) -> Self {
        self.max_age = max_age;
        self
    }

    /// Responds to a preflight request. Returns `None` if the request is not one.
    #[must_use]
    pub fn preflight(&self, request: &WebhookRequest) -> Option<WebhookResponse> {
        let asks = request.method.eq_ignore_ascii_case("OPTIONS")
            && request.header("access-control-request-method").is_some();
        if !asks {
            return None;
        }
        let response = WebhookResponse::ok().with_status(204);
        if self.allowed(request).is_none() {
            return Some(response.with_header("vary", "origin"));
        }
        let response = self
            .apply(request, response)
            .with_header("access-control-allow-methods", self.methods.join(", "))
            .with_header("access-control-max-age", self.max_age.as_secs().to_string());
        Some(if self.headers.is_empty() {
            response
        } else {
            response.with_header("access-control-allow-headers", self.headers.join(", "))
        })
    }

    /// Adds the CORS headers to a response, if the origin of the request is allowed.
    #[must_use]
    pub fn apply(
        &self,
        request: &WebhookRequest,
        mut response: WebhookResponse,
    ) -> WebhookResponse {
        if self.origins.is_some() {
            response = response.with_header("vary", "origin");
        }
        let Some(origin) = self.allowed(request) else {
            return response;
        };
        response = response.with_header("access-control-allow-origin", origin);
        if self.credentials && self.origins.is_some() {
            response = response.with_header("access-control-allow-credentials", "true");
        }
        if !self.exposed.is_empty() {
            let exposed = self.exposed.join(", ");
            response = response.with_header("access-control-expose-headers", exposed);
        }
        response
    }

    /// Returns the value of `access-control-allow-origin`, or `None` if the origin is not allowed
    /// or the request has no `origin` header.
    fn allowed<'a>(&'a self, request: &WebhookRequest) -> Option<&'a str> {
        let origin = request.header("origin")?;
        match &self.origins {
            None => Some("*"),
            Some(origins) => origins
                .iter()
                .map(String::as_str)
                .find(|known| *known == origin),
        }
    }
}

fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Vec<String> {
    texts.into_iter().map(Into::into).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &str = "access-control-allow-";

    fn asked(method: &str, origin: &str) -> WebhookRequest {
        WebhookRequest::new(method, "/")
            .with_header("Origin", origin)
            .with_header("Access-Control-Request-Method", "POST")
    }

    fn allowed(response: &WebhookResponse) -> Vec<(&str, &str)> {
        let headers = response.headers.iter();
        headers
            .filter_map(|(name, value)| Some((name.strip_prefix(NAMES)?, value.as_str())))
            .collect()
    }

    #[test]
    fn a_preflight_is_told_what_is_allowed() {
        let cors = Cors::origins(["https://a.test"])
            .headers(["x-a", "x-b"])
            .credentials();
        let answer = cors.preflight(&asked("OPTIONS", "https://a.test")).unwrap();
        assert_eq!(answer.status, 204);
        let expected = [
            ("origin", "https://a.test"),
            ("credentials", "true"),
            ("methods", "GET, POST"),
            ("headers", "x-a, x-b"),
        ];
        assert_eq!(allowed(&answer), expected);
        assert!(cors.preflight(&asked("POST", "https://a.test")).is_none());
    }

    #[test]
    fn another_origin_is_allowed_nothing() {
        let cors = Cors::origins(["https://a.test"]);
        for origin in ["https://a.test.evil.test", "http://a.test", "null"] {
            let answer = cors.preflight(&asked("OPTIONS", origin)).unwrap();
            assert_eq!(allowed(&answer), [], "{origin}");
            let answer = cors.apply(&asked("POST", origin), WebhookResponse::ok());
            assert_eq!(allowed(&answer), [], "{origin}");
        }
    }

    #[test]
    fn every_origin_gets_no_credentials() {
        let cors = Cors::any().credentials();
        let answer = cors.apply(&asked("POST", "https://b.test"), WebhookResponse::ok());
        assert_eq!(allowed(&answer), [("origin", "*")]);
    }
}
