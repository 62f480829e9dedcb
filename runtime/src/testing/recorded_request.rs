//! Requests that a test recorded, and what they are answered.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};

use crate::client::{RequestBody, TransportError};
use crate::{ApiError, ApiErrorKind};

/// A request as it would have gone to the API.
///
/// Its display form is the method, the path and the body: `PUT /v1/chat/messages/m1
/// {"tags":{"id":"x"}}`.
#[derive(Clone, Debug)]
pub struct RecordedRequest {
    /// The method.
    pub method: Method,
    /// The path and the query, escaped.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The JSON of the body; none when it is no JSON.
    pub body: Option<Value>,
    /// The bytes of the body.
    pub bytes: Bytes,
}

impl RecordedRequest {
    /// Gives the text of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl fmt::Display for RecordedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.method, self.path)?;
        match &self.body {
            Some(body) => write!(formatter, " {body}"),
            None => Ok(()),
        }
    }
}

/// Reads a request to its end.
pub(super) async fn gather(
    request: Request<RequestBody>,
) -> Result<RecordedRequest, TransportError> {
    let (parts, body) = request.into_parts();
    let bytes = body
        .collect()
        .await
        .map_err(|error| TransportError::new("the content cannot be read").with_source(error))?;
    Ok(record(&Request::from_parts(parts, bytes.to_bytes())))
}

pub(super) fn record(request: &Request<Bytes>) -> RecordedRequest {
    let path = request.uri().path_and_query();
    RecordedRequest {
        method: request.method().clone(),
        path: path.map_or_else(String::new, ToString::to_string),
        headers: request.headers().clone(),
        body: serde_json::from_slice(request.body()).ok(),
        bytes: request.body().clone(),
    }
}

/// Writes what the API answers; none says that there is no such thing.
pub(super) fn answer_of(answer: Option<Value>) -> Response<Bytes> {
    match answer {
        Some(body) => respond(StatusCode::OK, &body),
        None => refuse(
            ApiErrorKind::ResourceNotFound,
            "nothing is stored in a test",
        ),
    }
}

pub(super) fn respond(status: StatusCode, body: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = status;
    response
}

pub(super) fn refuse(kind: ApiErrorKind, message: &str) -> Response<Bytes> {
    let status = StatusCode::from_u16(kind.code()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    respond(status, &json!(ApiError::new(kind, message)))
}
