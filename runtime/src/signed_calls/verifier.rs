//! The verification of a call.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header::CONTENT_TYPE};

use super::{
    CallSignatureError,
    replays::Replays,
    secrets::SigningSecrets,
    signature::{HEADER, Hash, Signature},
};

/// The maximum difference between the time of a signature and the current time, in both directions.
const TOLERANCE: Duration = Duration::from_mins(5);

/// Verifies calls.
#[derive(Debug)]
pub(super) struct Verifier {
    secrets: SigningSecrets,
    replays: Replays,
}

/// A verified call. Its signature cannot be used again, unless the call fails.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// The used signature. There is none for a `ping`, which does nothing.
    used: Option<(Arc<Verifier>, Hash)>,
    is_done: bool,
}

impl Verifier {
    pub(super) fn new(secrets: SigningSecrets) -> Self {
        Self {
            secrets,
            // A signature from the future can be used until it is too old.
            replays: Replays::new(TOLERANCE * 2),
        }
    }

    /// Verifies a request.
    pub(super) fn verify(
        self: &Arc<Self>,
        request: &Request<Bytes>,
        now: SystemTime,
    ) -> Result<Verdict, CallSignatureError> {
        let signature = read(request.headers())?;
        if request.method() != Method::POST || request.body().is_empty() {
            return Err(CallSignatureError::Unsigned);
        }
        if distance(signature.signed_at, now) > TOLERANCE {
            return Err(CallSignatureError::OutOfTime);
        }
        let body = request.body();
        if !signature.matches(&self.secrets, body) {
            return Err(CallSignatureError::Mismatch);
        }
        // Headers are not signed, so pings of several bots in one millisecond have one signature.
        if is_ping(request.headers()) {
            return Ok(Verdict {
                used: None,
                is_done: true,
            });
        }
        let identity = signature.identity(&self.secrets, body);
        if !self.replays.begin(identity) {
            return Err(CallSignatureError::Replayed);
        }
        Ok(Verdict {
            used: Some((Arc::clone(self), identity)),
            is_done: false,
        })
    }
}

impl Verdict {
    /// Ends the call. After a server error it can be repeated with the same signature.
    pub(crate) fn end(mut self, status: StatusCode) {
        self.is_done = !status.is_server_error();
    }
}

impl Drop for Verdict {
    fn drop(&mut self) {
        if let (false, Some((verifier, signature))) = (self.is_done, &self.used) {
            verifier.replays.forget(signature);
        }
    }
}

/// Reads the header. A repeated header is not a signature of Botpress.
fn read(headers: &HeaderMap) -> Result<Signature<'_>, CallSignatureError> {
    let mut values = headers.get_all(HEADER).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(CallSignatureError::Missing);
    };
    let text = value.to_str().map_err(|_| CallSignatureError::Malformed)?;
    Signature::parse(text)
}

fn is_ping(headers: &HeaderMap) -> bool {
    headers
        .get("x-bp-operation")
        .is_some_and(|operation| operation == "ping")
}

fn distance(one: SystemTime, other: SystemTime) -> Duration {
    one.duration_since(other)
        .unwrap_or_else(|error| error.duration())
}

/// Returns the response to a call that is not verified, as Botpress's package gives it.
pub(crate) fn unauthorized() -> Response<Bytes> {
    let mut response = Response::new(Bytes::from_static(br#"{"error":"Unauthorized"}"#));
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}
