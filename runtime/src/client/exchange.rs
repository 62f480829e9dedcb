//! A request and its answer, with time-outs and retries.

use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::clock::Clock;
use super::content::RequestBody;
use super::error::ClientError;
use super::retry::RetryPolicy;
use super::transport::{SendFuture, TransportError};
use crate::Environment;

/// Sends what `make` gives until an answer is to be kept.
///
/// Where nobody keeps time, a request is sent once, and takes as long as it takes.
pub(crate) async fn exchange(
    environment: &Environment,
    retries: &RetryPolicy,
    repeatable: bool,
    mut make: impl FnMut() -> Request<RequestBody>,
) -> Result<Response<Bytes>, ClientError> {
    let transport = environment.transport_ref().ok_or_else(|| {
        let problem = "there is no transport: enable the feature `transport`, or set one";
        ClientError::Request(problem.to_owned())
    })?;
    let Some(clock) = environment.clock_ref() else {
        return Ok(transport.send(make()).await?);
    };
    let start = clock.now();
    let passed = || clock.now().saturating_sub(start);
    for attempts in 1.. {
        let limit = retries.time_left(passed());
        let outcome = within(clock.as_ref(), limit, transport.send(make())).await;
        let wait = retries.wait_after(&outcome, repeatable, attempts, passed());
        match wait {
            Some(wait) => clock.sleep(wait).await,
            None => return Ok(outcome?),
        }
    }
    unreachable!("a policy ends after a number of attempts")
}

/// Waits for an answer no longer than `limit`. Nothing is waited for where it is there at once.
async fn within(
    clock: &dyn Clock,
    limit: Duration,
    mut answer: SendFuture,
) -> Result<Response<Bytes>, TransportError> {
    let at_once = std::future::poll_fn(|context| {
        Poll::Ready(match answer.as_mut().poll(context) {
            Poll::Ready(outcome) => Some(outcome),
            Poll::Pending => None,
        })
    });
    if let Some(outcome) = at_once.await {
        return outcome;
    }
    let mut limit = pin!(clock.sleep(limit));
    std::future::poll_fn(|context| {
        if let Poll::Ready(outcome) = answer.as_mut().poll(context) {
            return Poll::Ready(outcome);
        }
        let late = Pin::as_mut(&mut limit).poll(context);
        late.map(|()| Err(TransportError::time_out("the API did not answer in time")))
    })
    .await
}
