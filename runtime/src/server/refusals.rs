//! Responses to requests that do not become calls.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header::RETRY_AFTER};

use crate::{ApiError, ApiErrorKind, error::ErrorResponse};

/// Returns a 503 with `retry-after`. It is not logged, because there may be very many of these.
pub(super) fn come_again(error: ApiError) -> Response<Bytes> {
    let mut response = ErrorResponse::of(error).into_response();
    let second = HeaderValue::from_static("1");
    response.headers_mut().insert(RETRY_AFTER, second);
    response
}

pub(super) fn late_body() -> ApiError {
    let mut error = ApiError::new(
        ApiErrorKind::InvalidPayload,
        "the request body was not received in time",
    );
    error.code = StatusCode::REQUEST_TIMEOUT.as_u16();
    error
}
