//! A limit on the time that something takes.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::time::{Sleep, sleep};

/// Gives up on a future that is not ready within a time.
///
/// No timer is set for a future that is ready when it is first asked, as most are here.
pub(super) struct Timeout<F> {
    future: F,
    limit: Duration,
    timer: Option<Pin<Box<Sleep>>>,
}

/// The time is over.
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
