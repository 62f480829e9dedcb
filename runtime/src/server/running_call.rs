//! A running call that continues after its client has disconnected.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http::Response;
use tokio::runtime::Handle;

use super::{
    limits::Permit,
    timeout::{Elapsed, Timeout},
};
use crate::call::ResponseFuture;

/// A call with its permit and its timeout. The handler is canceled when the timeout elapses.
struct Limited {
    call: Timeout<ResponseFuture>,
    /// Released when the call has ended, even if its client has disconnected.
    _permit: Permit,
}

impl Future for Limited {
    type Output = Result<Response<Bytes>, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.call).poll(context)
    }
}

/// Runs a call in the task of its connection, because most calls complete before the connection
/// closes. If the connection closes first, the call moves to a new task.
pub(super) struct RunningCall {
    call: Option<Limited>,
}

impl RunningCall {
    pub(super) fn new(call: ResponseFuture, limit: Duration, permit: Permit) -> Self {
        let call = Timeout::new(call, limit);
        Self {
            call: Some(Limited {
                call,
                _permit: permit,
            }),
        }
    }
}

impl Future for RunningCall {
    type Output = Result<Response<Bytes>, Elapsed>;

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
