//! Requests to other services.

use std::{fmt, time::Duration};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Uri,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use serde::Serialize;
use tracing::{Instrument as _, field::Empty};

use super::{HttpError, HttpResponse};
use crate::{
    Environment, Secret,
    client::{RetryPolicy, push_parameter, send_with_retries},
};

/// The default timeout of a request.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The default limit of the size of a response, in bytes.
const RESPONSE_LIMIT: usize = 10 * 1024 * 1024;

/// Sends requests to other services. See the [module](crate::http_client).
#[derive(Clone, Debug)]
pub struct HttpClient {
    environment: Environment,
}

impl HttpClient {
    pub(crate) fn new(environment: &Environment) -> Self {
        Self {
            environment: environment.clone(),
        }
    }

    /// Prepares a `GET` request.
    pub fn get(&self, url: impl Into<String>) -> HttpRequest {
        self.request(Method::GET, url)
    }

    /// Prepares a `POST` request.
    pub fn post(&self, url: impl Into<String>) -> HttpRequest {
        self.request(Method::POST, url)
    }

    /// Prepares a `PUT` request.
    pub fn put(&self, url: impl Into<String>) -> HttpRequest {
        self.request(Method::PUT, url)
    }

    /// Prepares a `PATCH` request.
    pub fn patch(&self, url: impl Into<String>) -> HttpRequest {
        self.request(Method::PATCH, url)
    }

    /// Prepares a `DELETE` request.
    pub fn delete(&self, url: impl Into<String>) -> HttpRequest {
        self.request(Method::DELETE, url)
    }

    /// Prepares a request.
    pub fn request(&self, method: Method, url: impl Into<String>) -> HttpRequest {
        HttpRequest {
            environment: self.environment.clone(),
            method,
            url: url.into(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            retries: RetryPolicy::never().timeout(TIMEOUT).budget(TIMEOUT),
            response_limit: RESPONSE_LIMIT,
            problem: None,
        }
    }
}

/// A request that is being prepared.
#[must_use = "the request is sent only when `send` is called"]
pub struct HttpRequest {
    environment: Environment,
    method: Method,
    url: String,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
    retries: RetryPolicy,
    response_limit: usize,
    /// The first problem, which `send` returns.
    problem: Option<String>,
}

impl HttpRequest {
    /// Adds a parameter to the query. It is escaped.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Sets a header.
    pub fn header(mut self, name: &str, value: impl AsRef<str>) -> Self {
        let name = HeaderName::try_from(name);
        let value = HeaderValue::try_from(value.as_ref());
        match (name, value) {
            (Ok(name), Ok(value)) => drop(self.headers.insert(name, value)),
            (Err(_), _) => self.fail("a header has an invalid name"),
            (Ok(name), Err(_)) => self.fail(format!("the header {name} has an invalid value")),
        }
        self
    }

    /// Sets the header `authorization` to a token.
    pub fn bearer(self, token: &Secret) -> Self {
        self.authorization(format!("Bearer {}", token.expose()))
    }

    /// Sets the header `authorization` to a user name and a password.
    pub fn basic_auth(self, user: &str, password: &Secret) -> Self {
        let credentials = format!("{user}:{}", password.expose());
        self.authorization(format!("Basic {}", BASE64_STANDARD.encode(credentials)))
    }

    fn authorization(mut self, value: String) -> Self {
        match HeaderValue::try_from(value) {
            Ok(mut value) => {
                value.set_sensitive(true);
                self.headers.insert(AUTHORIZATION, value);
            }
            Err(_) => self.fail("the credentials have characters that a header cannot have"),
        }
        self
    }

    /// Sets the body to JSON.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(json) => self.body(json, "application/json"),
            Err(error) => {
                self.fail(format!("the body cannot be serialized: {error}"));
                self
            }
        }
    }

    /// Sets the body and its media type.
    pub fn body(mut self, body: impl Into<Bytes>, media_type: &'static str) -> Self {
        self.body = body.into();
        self.headers
            .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        self
    }

    /// Sets the timeout of an attempt, and of all attempts together (default: 30 seconds).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.retries = self.retries.timeout(timeout).budget(timeout);
        self
    }

    /// Sets the retries, and with them the timeouts. `POST` and `PATCH` requests that may have reached
    /// the service are not repeated, unless the policy says so.
    pub fn retries(mut self, retries: RetryPolicy) -> Self {
        self.retries = retries;
        self
    }

    /// Sets the maximum size of the response in bytes (default: 10 MiB). The transport has a limit of
    /// its own, 64 MiB by default.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = bytes;
        self
    }

    fn fail(&mut self, problem: impl Into<String>) {
        self.problem.get_or_insert_with(|| problem.into());
    }

    /// Sends the request. The response may have any status; see
    /// [`success`](HttpResponse::success).
    ///
    /// # Errors
    ///
    /// Returns [`HttpError::Request`] if a part of the request is invalid, [`HttpError::Send`] if
    /// there is no response in time or the URL uses plain HTTP, and [`HttpError::TooLarge`] if the
    /// response is too large.
    pub async fn send(self) -> Result<HttpResponse, HttpError> {
        let uri = self.uri()?;
        let host = uri.host().unwrap_or_default().to_owned();
        let span = tracing::debug_span!(
            "http_request",
            otel.kind = "client",
            http.request.method = %self.method,
            server.address = host,
            http.response.status_code = Empty,
        );
        let sent = self.send_to(uri, host).instrument(span.clone()).await;
        if let Ok(response) = &sent {
            span.record("http.response.status_code", response.status().as_u16());
        }
        sent
    }

    async fn send_to(self, uri: Uri, host: String) -> Result<HttpResponse, HttpError> {
        let make = || {
            let mut request = Request::new(self.body.clone().into());
            *request.method_mut() = self.method.clone();
            *request.uri_mut() = uri.clone();
            *request.headers_mut() = self.headers.clone();
            request
        };
        let repeatable = self.method.is_idempotent();
        let sent = send_with_retries(&self.environment, &self.retries, repeatable, make).await;
        let response = match sent {
            Ok(response) => response,
            Err(error) => {
                let source = Box::new(error);
                return Err(HttpError::Send { host, source });
            }
        };
        let limit = self.response_limit;
        if response.body().len() > limit {
            return Err(HttpError::TooLarge { host, limit });
        }
        Ok(HttpResponse::new(host, response))
    }

    /// Returns the URL with its query.
    fn uri(&self) -> Result<Uri, HttpError> {
        let invalid = |problem: &str| HttpError::Request {
            problem: problem.to_owned(),
        };
        if let Some(problem) = &self.problem {
            return Err(invalid(problem));
        }
        let mut url = self.url.clone();
        for (name, value) in &self.query {
            let separator = if url.contains('?') { '&' } else { '?' };
            push_parameter(&mut url, separator, name, value);
        }
        let uri: Uri = url.parse().map_err(|_| invalid("the URL is malformed"))?;
        if uri.host().unwrap_or_default().is_empty() {
            return Err(invalid("the URL has no host"));
        }
        Ok(uri)
    }
}

/// Leaves out the path, the query, the headers and the body.
impl fmt::Debug for HttpRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let uri = self.uri().ok();
        formatter
            .debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("host", &uri.as_ref().and_then(Uri::host))
            .finish_non_exhaustive()
    }
}
