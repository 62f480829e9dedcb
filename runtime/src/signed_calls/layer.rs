//! The layer that verifies calls.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::SystemTime,
};

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use http_body_util::Full;

use super::{
    CallSignatureError, SigningSecretError,
    secrets::SigningSecrets,
    verifier::{Verdict, Verifier, unauthorized},
};
use crate::{
    call::{BODY_LIMIT, collect_body},
    error::ErrorResponse,
    service::HEALTH,
};

/// Rejects calls that Botpress did not sign, with a 401.
///
/// The signature covers the body and the time, but not the headers: a call that is captured could be
/// repeated with the headers of another bot. Therefore each signature is accepted once, unless its
/// call failed with a server error. The memory of used signatures belongs to one process.
///
/// The server reads the secrets from `BP_SIGNING_SECRET`, or takes the layer with
/// [`Server::verify_calls`](crate::Server::verify_calls). Use it as a `tower` layer inside another
/// server. It reads bodies of at most 10 MiB, and lets requests for `/health` through.
///
/// ```
/// # fn example() -> Result<(), contexture::SigningSecretError> {
/// // The new secret and the old one, while the secret is rotated.
/// let layer = contexture::VerifyCallsLayer::new(["bmV3", "b2xk"])?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a layer verifies nothing until it is used"]
pub struct VerifyCallsLayer {
    verifier: Arc<Verifier>,
    only_warns: bool,
}

impl VerifyCallsLayer {
    /// Creates a layer that accepts the signatures of each of the secrets. A secret is base64url
    /// text, as the admin API returns it.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no secret, or if one is blank or not base64url.
    pub fn new<V: AsRef<str>>(
        secrets: impl IntoIterator<Item = V>,
    ) -> Result<Self, SigningSecretError> {
        let secrets = SigningSecrets::decode(secrets)?;
        Ok(Self {
            verifier: Arc::new(Verifier::new(secrets)),
            only_warns: false,
        })
    }

    /// Accepts every call, and logs a warning for those that would be rejected. Use it until all
    /// calls are signed.
    pub fn only_warn(mut self) -> Self {
        self.only_warns = true;
        self
    }

    /// Returns whether calls that are not verified are accepted.
    pub(crate) fn only_warns(&self) -> bool {
        self.only_warns
    }

    /// Verifies a request.
    ///
    /// # Errors
    ///
    /// Returns the reason why the request is not verified.
    pub(crate) fn verify(&self, request: &Request<Bytes>) -> Result<Verdict, CallSignatureError> {
        self.verifier.verify(request, SystemTime::now())
    }
}

impl<S> tower_layer::Layer<S> for VerifyCallsLayer {
    type Service = VerifyCalls<S>;

    fn layer(&self, inner: S) -> VerifyCalls<S> {
        VerifyCalls {
            inner,
            layer: self.clone(),
        }
    }
}

/// The service of [`VerifyCallsLayer`].
#[derive(Clone, Debug)]
pub struct VerifyCalls<S> {
    inner: S,
    layer: VerifyCallsLayer,
}

impl<S, B, R> tower_service::Service<Request<B>> for VerifyCalls<S>
where
    S: tower_service::Service<Request<Full<Bytes>>, Response = Response<R>>
        + Clone
        + Send
        + 'static,
    S::Future: Send,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    R: From<Bytes>,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<R>, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The service that is ready is called, and its clone becomes ready for the next request.
        let clone = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, clone);
        let layer = self.layer.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = match collect_body(body, BODY_LIMIT, |_| true).await {
                Ok(body) => body,
                Err(error) => return Ok(ErrorResponse::of(error).into_response().map(R::from)),
            };
            let request = Request::from_parts(head, body);
            if request.uri().path() == HEALTH {
                return inner.call(request.map(Full::new)).await;
            }
            let verdict = layer.verify(&request);
            if let Err(reason) = &verdict {
                tracing::warn!("call without a valid signature: {reason}");
                if !layer.only_warns() {
                    return Ok(unauthorized().map(R::from));
                }
            }
            let response = inner.call(request.map(Full::new)).await?;
            if let Ok(verdict) = verdict {
                verdict.end(response.status());
            }
            Ok(response)
        })
    }
}
