//! A call that runs, and goes on when nobody waits for it any more.

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

/// A call within its limits. Its answer is late when the time is over, and its handler canceled.
struct Limited {
    call: Timeout<ResponseFuture>,
    /// Given back when the call has ended, whoever waits for it.
    _share: Permit,
}

impl Future for Limited {
    type Output = Result<Response<Bytes>, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.call).poll(context)
    }
}

/// Runs a call in the task of its connection, since most calls end before anything else happens there.
/// When the connection ends before the call, a task of its own takes the call over.
pub(super) struct RunningCall {
    call: Option<Limited>,
}

impl RunningCall {
    pub(super) fn new(call: ResponseFuture, limit: Duration, permit: Permit) -> Self {
        let call = Timeout::new(call, limit);
        Self {
            call: Some(Limited {
                call,
                _share: permit,
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
        // Without a runtime the process is ending, and the call with it.
        if let (Some(call), Ok(runtime)) = (self.call.take(), Handle::try_current()) {
            runtime.spawn(call);
        }
    }
}
