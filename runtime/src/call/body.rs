//! Request bodies: collects the bytes and parses the JSON of an operation.

use std::{error::Error as StdError, pin::pin};

use bytes::{Buf as _, Bytes, BytesMut};
use http::StatusCode;
use http_body::Body;
use http_body_util::{BodyExt as _, LengthLimitError};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    ApiError, ApiErrorKind, Error, Result,
    error::refusal,
    payload::{Schema, parse_json, parse_typed},
};

/// The maximum size of a body in bytes, unless the server sets another one.
pub(crate) const BODY_LIMIT: usize = 10 * 1024 * 1024;

/// Collects the bytes of a body. `admit` reserves buffer space for the given number of bytes.
///
/// # Errors
///
/// Returns an error if the body is larger than `limit`, if it ends early, or if `admit` returns
/// `false`.
pub(crate) async fn collect_body<B>(
    body: B,
    limit: usize,
    mut admit: impl FnMut(usize) -> bool,
) -> Result<Bytes, ApiError>
where
    B: Body,
    B::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    // Reject an announced length before the client sends the body.
    if body.size_hint().lower() > limit as u64 {
        return Err(too_large());
    }
    let mut body = pin!(body);
    let mut collected = Collected::Nothing;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| broken(&*error.into()))?;
        let Ok(mut data) = frame.into_data() else {
            continue;
        };
        if collected.len() + data.remaining() > limit {
            return Err(too_large());
        }
        if !admit(data.remaining()) {
            return Err(busy());
        }
        collected = collected.with(data.copy_to_bytes(data.remaining()));
    }
    Ok(collected.into_bytes())
}

/// The bytes received so far. Most bodies arrive in one frame, which is not copied.
enum Collected {
    Nothing,
    Whole(Bytes),
    Parts(BytesMut),
}

impl Collected {
    fn len(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Whole(bytes) => bytes.len(),
            Self::Parts(parts) => parts.len(),
        }
    }

    fn with(self, more: Bytes) -> Self {
        let mut parts = match self {
            Self::Nothing => return Self::Whole(more),
            Self::Whole(first) => BytesMut::from(first),
            Self::Parts(parts) => parts,
        };
        parts.extend_from_slice(&more);
        Self::Parts(parts)
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Self::Nothing => Bytes::new(),
            Self::Whole(bytes) => bytes,
            Self::Parts(parts) => parts.freeze(),
        }
    }
}

fn broken(error: &(dyn StdError + Send + Sync + 'static)) -> ApiError {
    // A layer in front of the service may have its own limit.
    if error.is::<LengthLimitError>() {
        return too_large();
    }
    ApiError::new(ApiErrorKind::InvalidPayload, "the body ended too early")
}

fn too_large() -> ApiError {
    ApiError::new(ApiErrorKind::PayloadTooLarge, "the body is too large")
}

/// The status of responses to requests that are rejected for load.
pub(crate) const BUSY: StatusCode = StatusCode::SERVICE_UNAVAILABLE;

pub(crate) fn busy() -> ApiError {
    let mut error = ApiError::new(
        ApiErrorKind::Internal,
        "the integration is busy: try again in a second",
    );
    error.code = BUSY.as_u16();
    error
}

/// Parses the body of a call. Returns the part named `payload` as it is.
///
/// # Errors
///
/// Returns an error if the body is missing, is not JSON, or does not fit the schema of the
/// operation.
pub(super) fn read_body<T: DeserializeOwned>(
    body: &[u8],
    shape: &'static Schema,
    payload: Option<&str>,
) -> Result<(T, Value)> {
    if body.is_empty() {
        return Err(Error::invalid_payload("Missing body"));
    }
    let refuse = |violations| refusal("the body", &violations);
    let mut value = parse_json(body).map_err(refuse)?;
    shape.validate(&value).map_err(refuse)?;
    let payload = payload.and_then(|name| value.get_mut(name));
    let payload = payload.map(Value::take).unwrap_or_default();
    let typed = match T::deserialize(&value) {
        Ok(typed) => typed,
        // Once more, to find the place.
        Err(_) => parse_typed(value).map_err(refuse)?,
    };
    Ok((typed, payload))
}
