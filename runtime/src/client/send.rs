//! Sends a request, with timeouts and retries.

use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use crate::ClientError;
use crate::Environment;
use crate::transport::Clock;
use crate::transport::RequestBody;
use crate::transport::RetryPolicy;
use crate::transport::TransportError;

/// Sends the request that `make` returns, and retries as the policy allows.
///
/// Without a clock, there are no retries and no timeout. Requests over plain HTTP are refused
/// unless the environment allows them, regardless of where the address comes from.
pub(crate) async fn send_with_retries(
    environment: &Environment,
    retries: &RetryPolicy,
    repeatable: bool,
    mut make: impl FnMut() -> Request<RequestBody>,
) -> Result<Response<Bytes>, ClientError> {
    let transport = environment.transport_ref().ok_or_else(|| {
        let problem = "no transport configured: set one or enable the feature `http-client`";
        ClientError::Request(problem.to_owned())
    })?;
    let mut send = || {
        let request = make();
        let allowed = environment.check_address(request.uri());
        allowed.map_err(|refused| ClientError::Request(refused.to_string()))?;
        Ok::<_, ClientError>(transport.send(request))
    };
    let Some(clock) = environment.clock_ref() else {
        return Ok(send()?.await?);
    };
    let start = clock.now();
    let passed = || clock.now().saturating_sub(start);
    for attempts in 1.. {
        let limit = retries.time_left(passed());
        let outcome = within(clock.as_ref(), limit, send()?).await;
        let outcome = outcome.unwrap_or_else(|| Err(late()));
        let wait = retries.wait_after(&outcome, repeatable, attempts, passed());
        match wait {
            Some(wait) => clock.sleep(wait).await,
            None => return Ok(outcome?),
        }
    }
    unreachable!("a retry policy limits the number of attempts")
}

fn late() -> TransportError {
    TransportError::timeout("no response from the API before the timeout")
}

/// Waits for a result for at most `limit`; returns `None` after that. No timer is started if the
/// result is ready immediately.
pub(crate) async fn within<T>(
    clock: &dyn Clock,
    limit: Duration,
    work: impl Future<Output = T>,
) -> Option<T> {
    let mut work = pin!(work);
    let at_once = std::future::poll_fn(|context| {
        Poll::Ready(match work.as_mut().poll(context) {
            Poll::Ready(result) => Some(result),
            Poll::Pending => None,
        })
    });
    if let Some(result) = at_once.await {
        return Some(result);
    }
    let mut limit = pin!(clock.sleep(limit));
    std::future::poll_fn(|context| {
        if let Poll::Ready(result) = work.as_mut().poll(context) {
            return Poll::Ready(Some(result));
        }
        limit.as_mut().poll(context).map(|()| None)
    })
    .await
}
