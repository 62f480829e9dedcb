//! The answer of an operation, and the response with it.

use bytes::Bytes;
use contexture::ApiError;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response, StatusCode};
use serde_json::{Map, Value};

use super::failure::Failure;

/// The answer of an operation.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn created(body: Value) -> Self {
        let status = StatusCode::CREATED;
        Self { status, body }
    }

    pub(crate) fn ok(body: Value) -> Self {
        let status = StatusCode::OK;
        Self { status, body }
    }

    pub(crate) fn empty() -> Self {
        Self::ok(Value::Object(Map::new()))
    }

    /// An error that does not undo what the operation stored.
    pub(crate) fn error(error: &ApiError) -> Self {
        Self {
            status: StatusCode::from_u16(error.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            body: serde_json::to_value(error).unwrap_or_default(),
        }
    }

    /// The response with this answer.
    pub(crate) fn into_response(self) -> Response<Bytes> {
        let mut response = Response::new(Bytes::from(self.body.to_string()));
        *response.status_mut() = self.status;
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
        response
    }
}

/// The response to a request that is refused.
pub(crate) fn refusal(failure: Failure) -> Response<Bytes> {
    Answer::error(&failure.into_api_error()).into_response()
}
