//! A timeout for a future.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::time::{Sleep, sleep};

/// Completes with [`Elapsed`] if the inner future does not complete within the limit.
///
/// The timer is created only if the first poll returns pending. Most futures here are ready at
/// once.
pub(super) struct Timeout<F> {
    future: F,
    limit: Duration,
    timer: Option<Pin<Box<Sleep>>>,
}

/// The timeout has elapsed.
#[derive(Debug)]
pub(super) struct Elapsed;

impl<F> Timeout<F> {
    pub(super) fn new(future: F, limit: Duration) -> Self {
        Self {
            future,
            limit,
            timer: None,
        }
    }
}

impl<F: Future + Unpin> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if let Poll::Ready(output) = Pin::new(&mut this.future).poll(context) {
            return Poll::Ready(Ok(output));
        }
        let limit = this.limit;
        let timer = this.timer.get_or_insert_with(|| Box::pin(sleep(limit)));
        ready!(timer.as_mut().poll(context));
        Poll::Ready(Err(Elapsed))
    }
}
