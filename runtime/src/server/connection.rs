//! One connection, and the calls that come over it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulConnection;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

use super::Settings;
use crate::{ApiError, ApiErrorKind, Definition, Service, request::collect_body};

/// How long a client may take to send the headers of a request.
const HEADER_TIME: Duration = Duration::from_secs(30);

/// How long a client may take to send the body.
const BODY_TIME: Duration = Duration::from_mins(1);

/// What every connection shares.
pub(super) struct Calls<D: Definition> {
    pub(super) service: Service<D>,
    pub(super) settings: Settings,
    /// One for each call that may run now.
    pub(super) permits: Arc<Semaphore>,
}

impl<D: Definition> Clone for Calls<D> {
    fn clone(&self) -> Self {
        Self {
            service: self.service.clone(),
            settings: self.settings,
            permits: Arc::clone(&self.permits),
        }
    }
}

impl<D: Definition> Calls<D> {
    /// Counts the calls that run.
    pub(super) fn running(&self) -> usize {
        let limit = self.settings.call_limit.max(1) as usize;
        limit.saturating_sub(self.permits.available_permits())
    }

    /// Waits until no call runs.
    pub(super) async fn finished(&self) {
        // The semaphore is never closed, so that this ends when every permit is back.
        let _ = self
            .permits
            .acquire_many(self.settings.call_limit.max(1))
            .await;
    }

    async fn answer(self, request: Request<Incoming>) -> Response<Bytes> {
        let (head, body) = request.into_parts();
        let body = collect_body(body, self.settings.body_limit);
        match tokio::time::timeout(BODY_TIME, body).await {
            Ok(Ok(body)) => self.run(Request::from_parts(head, body)).await,
            Ok(Err(error)) => self.service.refuse(error),
            Err(_) => self.service.refuse(ApiError::new(
                ApiErrorKind::InvalidPayload,
                "the body did not come in time",
            )),
        }
    }

    /// Runs the call in a task of its own: the caller of this may be dropped with its connection.
    async fn run(self, request: Request<Bytes>) -> Response<Bytes> {
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        let service = self.service.clone();
        let call = tokio::spawn(async move {
            let call = self.service.call_bytes(request);
            let answer = tokio::time::timeout(self.settings.time_limit, call).await;
            drop(permit);
            answer.unwrap_or_else(|_| self.service.refuse(out_of_time(self.settings.time_limit)))
        });
        // The service catches what handlers panic with; this is left for a panic of its own.
        call.await.unwrap_or_else(|_| {
            service.refuse(ApiError::new(
                ApiErrorKind::Internal,
                "the call ended without an answer",
            ))
        })
    }
}

/// Makes the connection's future: it ends with the connection.
pub(super) fn serve_connection<D: Definition>(
    stream: TcpStream,
    calls: Calls<D>,
) -> impl GracefulConnection<Error = hyper::Error> + Send {
    let service = service_fn(move |request| {
        let calls = calls.clone();
        async move { Ok::<_, Infallible>(calls.answer(request).await.map(Full::new)) }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .serve_connection(TokioIo::new(stream), service)
}

fn out_of_time(limit: Duration) -> ApiError {
    let message = format!("the integration did not answer within {limit:?}");
    ApiError::new(ApiErrorKind::OperationTimeout, message)
}
