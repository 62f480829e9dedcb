//! A running call that continues after its client has disconnected, and its work after the response.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use http::Response;
use tokio::{runtime::Handle, time::timeout};

use super::{limits::Permit, timeout::Timeout};
use crate::{
    ApiError,
    after_response::{Work, take_work},
    call::{ResponseFuture, cancel_call, out_of_time},
};

/// A call with its permit and its timeout. The handler is canceled when the timeout elapses, and
/// the call logs the error that is its response.
struct Limited {
    /// `None` once the call has been canceled.
    call: Option<Timeout<ResponseFuture>>,
    limit: Duration,
    /// Released when the call and its work have ended, even if its client has disconnected.
    permit: Option<Permit>,
}

impl Future for Limited {
    type Output = Result<Response<Bytes>, ApiError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(call) = &mut self.call else {
            return Poll::Pending;
        };
        let Ok(mut response) = ready!(Pin::new(call).poll(context)) else {
            let error = out_of_time(self.limit);
            cancel_call(&error, || self.call = None);
            return Poll::Ready(Err(error));
        };
        if let Some(work) = take_work(&mut response) {
            self.go_on(work);
        }
        Poll::Ready(Ok(response))
    }
}

impl Limited {
    /// Runs the work after the response, with the permit and the timeout of the call.
    fn go_on(&mut self, work: Work) {
        let (permit, limit) = (self.permit.take(), self.limit);
        tokio::spawn(async move {
            if timeout(limit, work).await.is_err() {
                tracing::error!("work after a response did not end within {limit:?}");
            }
            drop(permit);
        });
    }
}

/// Runs a call in the task of its connection, because most calls complete before the connection
/// closes. If the connection closes first, the call moves to a new task.
pub(super) struct RunningCall {
    call: Option<Limited>,
}

impl RunningCall {
    pub(super) fn new(call: ResponseFuture, limit: Duration, permit: Permit) -> Self {
        Self {
            call: Some(Limited {
                call: Some(Timeout::new(call, limit)),
                limit,
                permit: Some(permit),
            }),
        }
    }
}

impl Future for RunningCall {
    type Output = Result<Response<Bytes>, ApiError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(call) = &mut self.call else {
            return Poll::Pending;
        };
        let polled = Pin::new(call).poll(context);
        if polled.is_ready() {
            self.call = None;
        }
        polled
    }
}

impl Drop for RunningCall {
    fn drop(&mut self) {
        // Without a runtime the process is shutting down, and the call is dropped.
        if let (Some(call), Ok(runtime)) = (self.call.take(), Handle::try_current()) {
            runtime.spawn(call);
        }
    }
}
