//! What answers the requests.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};

/// What a handler makes of a request.
pub(crate) type Answer = Pin<Box<dyn Future<Output = Result<Response<Bytes>, Failure>> + Send>>;

/// Answers requests: a program over its port, or a service in process. Clones share it.
#[derive(Clone)]
pub(crate) struct Handler(Arc<dyn Fn(Request<Bytes>) -> Answer + Send + Sync>);

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Nothing serves yet. The tunnel gets a 503.
    NotReady,
    /// The work failed. The tunnel gets a 500, and the reason is reported here.
    Failed(String),
}

impl Handler {
    pub(crate) fn new<F>(handle: impl Fn(Request<Bytes>) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Response<Bytes>, Failure>> + Send + 'static,
    {
        Self(Arc::new(move |request| Box::pin(handle(request))))
    }

    pub(super) fn handle(&self, request: Request<Bytes>) -> Answer {
        (self.0)(request)
    }
}

impl std::fmt::Debug for Handler {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Handler")
    }
}
