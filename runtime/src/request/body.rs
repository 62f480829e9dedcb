//! The body of a call: bytes, then JSON in the shape of its operation.

use std::error::Error as StdError;

use bytes::Bytes;
use http_body::Body;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde_json::Value;

use crate::{
    ApiError, ApiErrorKind, Error, Result,
    error::refusal,
    payload::{Schema, parse_json},
};

/// How many bytes a body may have, unless a server was told otherwise.
pub(crate) const BODY_LIMIT: usize = 10 * 1024 * 1024;

/// Collects the bytes of a body.
///
/// # Errors
///
/// There are more than the limit, or they ended too early.
pub(crate) async fn collect_body<B>(body: B, limit: usize) -> Result<Bytes, ApiError>
where
    B: Body,
    B::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    // A length that is announced is refused before the client sends it all.
    if body.size_hint().lower() > limit as u64 {
        return Err(too_large());
    }
    match Limited::new(body, limit).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(_) => Err(ApiError::new(
            ApiErrorKind::InvalidPayload,
            "the body ended too early",
        )),
    }
}

fn too_large() -> ApiError {
    ApiError::new(ApiErrorKind::PayloadTooLarge, "the body is too large")
}

/// Reads the body of a call.
///
/// # Errors
///
/// There is none, it is not JSON, or it does not have the shape of the operation.
pub(crate) fn read_body(body: &[u8], shape: &'static Schema) -> Result<Value> {
    if body.is_empty() {
        return Err(Error::invalid_payload("Missing body"));
    }
    let refuse = |violations| refusal("the body", &violations);
    let value = parse_json(body).map_err(refuse)?;
    shape.validate(&value).map_err(refuse)?;
    Ok(value)
}
