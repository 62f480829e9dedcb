//! Recorded API requests and their responses.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};

use crate::client::{RequestBody, TransportError};
use crate::{ApiError, ApiErrorKind};

/// A recorded API request.
///
/// Its display form is the method, the path and the body: `PUT /v1/chat/messages/m1
/// {"tags":{"id":"x"}}`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The method.
    pub method: Method,
    /// The path and the query, percent-encoded.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as JSON; `None` if it is not JSON.
    pub body: Option<Value>,
    /// The body as bytes.
    pub bytes: Bytes,
}

impl RecordedRequest {
    /// Returns the value of a header; `None` if it is missing or not visible ASCII.
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

/// Collects the body of a request.
pub(super) async fn gather(
    request: Request<RequestBody>,
) -> Result<RecordedRequest, TransportError> {
    let (parts, body) = request.into_parts();
    let bytes = body.collect().await.map_err(|error| {
        TransportError::new("the request body cannot be read").with_source(error)
    })?;
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

/// The paths at which the API creates an entity and answers with the status 201.
const CREATING: [&str; 4] = [
    "/v1/chat/conversations",
    "/v1/chat/events",
    "/v1/chat/messages",
    "/v1/chat/users",
];

/// Converts a result of the in-memory API to a response; `None` becomes a 404.
pub(super) fn answer_of(request: &RecordedRequest, answer: Option<Value>) -> Response<Bytes> {
    let creates = request.method == Method::POST && CREATING.contains(&request.path.as_str());
    match answer {
        Some(body) if creates => respond(StatusCode::CREATED, &body),
        Some(body) => respond(StatusCode::OK, &body),
        None => refuse(
            ApiErrorKind::ResourceNotFound,
            "not found in the in-memory API",
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
