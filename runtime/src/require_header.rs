//! A layer that requires a shared secret in a request header.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, Request, Response};
use pin_project_lite::pin_project;
use subtle::ConstantTimeEq as _;

use crate::{ApiError, ApiErrorKind, Secret, error::ErrorResponse, value::is_blank};

/// Rejects requests without a shared secret in a header with a 401.
///
/// The protocol does not authenticate its caller. If a proxy in front of the integration adds a
/// secret header, this layer ensures that requests come through the proxy. Several values can be
/// accepted, so that the secret can be rotated without downtime. Values are compared in constant
/// time, except that their lengths may be revealed.
///
/// Pass it to [`Server::require_header`](crate::Server::require_header), or use it as a `tower`
/// layer for any HTTP service:
/// ```
/// # fn example() -> contexture::Result {
/// use contexture::RequireHeaderLayer;
///
/// let layer = RequireHeaderLayer::new("x-proxy-secret", ["the new value", "the old value"])?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RequireHeaderLayer {
    name: HeaderName,
    values: Vec<Secret>,
}

/// The error of creating a [`RequireHeaderLayer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RequireHeaderError {
    /// The name is not a valid header name.
    #[error("not a valid header name")]
    Name,
    /// There is no value, or a value is empty or blank, for example because a variable is not set.
    #[error("a required header needs at least one value, and no blank ones")]
    Value,
}

impl RequireHeaderLayer {
    /// Creates a layer from the header's name and the accepted values.
    ///
    /// # Errors
    ///
    /// Returns an error if the name is not a valid header name, if there is no value, or if a value
    /// is empty or blank.
    pub fn new<V: Into<String>>(
        name: &str,
        values: impl IntoIterator<Item = V>,
    ) -> Result<Self, RequireHeaderError> {
        let name = HeaderName::try_from(name).map_err(|_| RequireHeaderError::Name)?;
        let values: Vec<Secret> = values
            .into_iter()
            .map(|value| Secret::new(value.into()))
            .collect();
        if values.is_empty() || values.iter().any(|value| is_blank(value.expose())) {
            return Err(RequireHeaderError::Value);
        }
        Ok(Self { name, values })
    }

    /// Returns whether the header has one of the accepted values. A repeated header is rejected.
    pub(crate) fn allows(&self, headers: &HeaderMap) -> bool {
        let mut sent = headers.get_all(&self.name).iter();
        let (Some(value), None) = (sent.next(), sent.next()) else {
            return false;
        };
        // All values are compared, so that the time does not reveal which one matched.
        let matches = self.values.iter().fold(0, |matches, accepted| {
            matches
                | accepted
                    .expose()
                    .as_bytes()
                    .ct_eq(value.as_bytes())
                    .unwrap_u8()
        });
        matches == 1
    }

    pub(crate) fn refusal(&self) -> ApiError {
        let message = format!("the header {} is missing or wrong", self.name);
        ApiError::new(ApiErrorKind::Unauthorized, message)
    }
}

impl fmt::Debug for RequireHeaderLayer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RequireHeaderLayer")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl<S> tower_layer::Layer<S> for RequireHeaderLayer {
    type Service = RequireHeader<S>;

    fn layer(&self, inner: S) -> RequireHeader<S> {
        RequireHeader {
            inner,
            required: self.clone(),
        }
    }
}

/// The service of [`RequireHeaderLayer`].
#[derive(Clone, Debug)]
pub struct RequireHeader<S> {
    inner: S,
    required: RequireHeaderLayer,
}

impl<S, B, R> tower_service::Service<Request<B>> for RequireHeader<S>
where
    S: tower_service::Service<Request<B>, Response = Response<R>>,
    R: From<Bytes>,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = RequireHeaderFuture<S::Future, R>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let allowed = self.required.allows(request.headers());
        let (call, refused) = if allowed {
            (Some(self.inner.call(request)), None)
        } else {
            let answer = ErrorResponse::of(self.required.refusal()).into_response();
            (None, Some(answer.map(R::from)))
        };
        RequireHeaderFuture { call, refused }
    }
}

pin_project! {
    /// The response future of [`RequireHeader`].
    #[derive(Debug)]
    pub struct RequireHeaderFuture<F, R> {
        #[pin]
        call: Option<F>,
        refused: Option<Response<R>>,
    }
}

impl<F, R, E> Future for RequireHeaderFuture<F, R>
where
    F: Future<Output = Result<Response<R>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if let Some(call) = this.call.as_pin_mut() {
            return Poll::Ready(ready!(call.poll(context)));
        }
        match this.refused.take() {
            Some(refused) => Poll::Ready(Ok(refused)),
            // The future has already completed and must not be polled again.
            None => Poll::Pending,
        }
    }
}
