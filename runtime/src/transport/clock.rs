//! How the client keeps time.

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

/// The end of a time that a [`Clock`] was asked to wait.
pub type SleepFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Keeps time for the client: for its timeouts, and for the waits before a request is sent again.
///
/// The default one is tokio's (feature `http-client`), which a test can pause.
pub trait Clock: fmt::Debug + Send + Sync {
    /// Returns the time since any moment that stays the same.
    fn now(&self) -> Duration;

    /// Waits.
    fn sleep(&self, duration: Duration) -> SleepFuture;
}

/// The clock of the tokio runtime that the client is used in.
#[cfg(feature = "http-client")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokioClock {
    start: tokio::time::Instant,
}

#[cfg(feature = "http-client")]
impl TokioClock {
    pub(crate) fn new() -> Self {
        Self {
            start: tokio::time::Instant::now(),
        }
    }
}

#[cfg(feature = "http-client")]
impl Clock for TokioClock {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep(&self, duration: Duration) -> SleepFuture {
        Box::pin(tokio::time::sleep(duration))
    }
}
