//! Responses of other services.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};
use serde::de::DeserializeOwned;

use super::HttpError;

/// The response of another service.
#[derive(Clone)]
pub struct HttpResponse {
    host: String,
    response: Response<Bytes>,
}

impl HttpResponse {
    pub(super) fn new(host: String, response: Response<Bytes>) -> Self {
        Self { host, response }
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// Returns the value of a header; `None` if it is missing or not visible ASCII.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name)?.to_str().ok()
    }

    /// Returns the body.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        self.response.body()
    }

    /// Returns the body as text, with replacement characters for bytes that are not UTF-8.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(self.response.body()).into_owned()
    }

    /// Returns the response if its status is a success.
    ///
    /// # Errors
    ///
    /// Returns [`HttpError::Status`] for all other statuses, including redirects.
    pub fn success(self) -> Result<Self, HttpError> {
        let status = self.status();
        if status.is_success() {
            return Ok(self);
        }
        Err(HttpError::Status {
            host: self.host,
            status,
        })
    }

    /// Deserializes the body. Its media type does not matter.
    ///
    /// # Errors
    ///
    /// Returns [`HttpError::Body`] with the place that does not fit. It does not quote the body.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, HttpError> {
        let mut json = serde_json::Deserializer::from_slice(self.response.body());
        serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let (path, cause) = (error.path().to_string(), error.inner());
            let problem = match cause.classify() {
                serde_json::error::Category::Data => format!("unexpected value at {path}"),
                _ => format!(
                    "not JSON (line {}, column {})",
                    cause.line(),
                    cause.column()
                ),
            };
            HttpError::Body {
                host: self.host.clone(),
                problem,
            }
        })
    }
}

/// Leaves out the headers and the body.
impl fmt::Debug for HttpResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HttpResponse")
            .field("host", &self.host)
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}
