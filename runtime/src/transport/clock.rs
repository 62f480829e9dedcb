//! The clock of the client.

use std::fmt;
use std::pin::Pin;
use std::time::Duration;

/// The future of [`Clock::sleep`].
pub type SleepFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The clock for the timeouts of the client and for the delays between retries.
///
/// The default clock is tokio's (feature `http-client`), which tests can pause.
pub trait Clock: fmt::Debug + Send + Sync {
    /// Returns the time since a fixed point in time.
    fn now(&self) -> Duration;

    /// Waits for `duration`.
    fn sleep(&self, duration: Duration) -> SleepFuture;
}

/// The clock of the current tokio runtime.
#[cfg(all(feature = "http-client", not(target_family = "wasm")))]
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokioClock {
    start: tokio::time::Instant,
}

#[cfg(all(feature = "http-client", not(target_family = "wasm")))]
impl TokioClock {
    pub(crate) fn new() -> Self {
        Self {
            start: tokio::time::Instant::now(),
        }
    }
}

#[cfg(all(feature = "http-client", not(target_family = "wasm")))]
impl Clock for TokioClock {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep(&self, duration: Duration) -> SleepFuture {
        Box::pin(tokio::time::sleep(duration))
    }
}
