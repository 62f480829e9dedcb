//! The transport and the clock by the program that runs this module as WebAssembly.

use std::time::{Duration, Instant};

use http::Request;
use http_body_util::BodyExt as _;

use super::clock::{Clock, SleepFuture};
use super::request_body::RequestBody;
use super::send::{SendFuture, Transport, TransportError};
use crate::host::{Answer, fetch, sleep};

/// Sends requests by the `fetch` of JavaScript, which has the connections and TLS. A body is
/// collected before it is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HostTransport;

impl Transport for HostTransport {
    fn send(&self, request: Request<RequestBody>) -> SendFuture {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await.map_err(|error| {
                TransportError::unreached("the body cannot be read").with_source(error)
            })?;
            let request = Request::from_parts(head, body.to_bytes());
            match fetch(&request).await {
                Answer::Response(response) => Ok(response),
                Answer::Failure {
                    problem,
                    reached: false,
                } => Err(TransportError::unreached(problem)),
                Answer::Failure { problem, .. } => Err(TransportError::new(problem)),
                Answer::Woken => Err(TransportError::new("the program did not send the request")),
            }
        })
    }
}

/// Waits by the `setTimeout` of JavaScript.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HostClock {
    start: Instant,
}

impl HostClock {
    pub(crate) fn new() -> Self {
        Self {
            start: Instant::now(),
        }
    }
}

impl Clock for HostClock {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep(&self, duration: Duration) -> SleepFuture {
        Box::pin(async move {
            sleep(duration).await;
        })
    }
}
