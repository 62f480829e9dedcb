//! Claims of this process: with timeouts, renewed while the work runs, released when it is canceled.

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::api::new_holder;
use super::{Claim, Outages, Store, StoreError, WhenDown};
use crate::client::within;
use crate::transport::Clock;
use crate::{Environment, Logger};

/// The timeout of an operation.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The first and the longest pause between two claims of a key that another holder has.
const PAUSES: (Duration, Duration) = (Duration::from_millis(25), Duration::from_millis(500));

/// Makes leases, and logs the outages of their store.
#[derive(Clone, Debug)]
pub(crate) struct Leases {
    store: Arc<dyn Store>,
    when_down: WhenDown,
    outages: Arc<Outages>,
    clock: Option<Arc<dyn Clock>>,
    logger: Logger,
}

/// A claim of this process. It is released when it is dropped.
#[derive(Debug)]
pub(crate) struct Lease {
    leases: Leases,
    key: String,
    holder: String,
    duration: Duration,
    /// The end of the lease, by the clock of the environment.
    ends: Duration,
    /// Whether the store may have the claim.
    may_be_held: bool,
}

/// A claim ended before the work did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lost {
    /// Another holder has it.
    Taken,
    /// The store did not renew it in time.
    StoreIsDown,
}

impl Leases {
    pub(crate) fn new(
        store: &Arc<dyn Store>,
        when_down: WhenDown,
        outages: &Arc<Outages>,
        environment: &Environment,
    ) -> Self {
        Self {
            store: Arc::clone(store),
            when_down,
            outages: Arc::clone(outages),
            clock: environment.clock_ref().cloned(),
            logger: Logger::for_process(environment.log_ref()),
        }
    }

    /// Prepares a lease, which is not yet claimed.
    pub(crate) fn lease(self, key: String, duration: Duration) -> Lease {
        Lease {
            leases: self,
            key,
            holder: new_holder(),
            // Shorter ones would be renewed all the time.
            duration: duration.max(Duration::from_millis(100)),
            ends: Duration::ZERO,
            may_be_held: false,
        }
    }

    /// The time, by the clock of the environment; zero without a clock.
    fn now(&self) -> Duration {
        let clock = self.clock.as_ref();
        clock.map_or(Duration::ZERO, |clock| clock.now())
    }

    /// Whether there is a clock, without which nothing is waited for and no lease is renewed.
    pub(crate) fn has_clock(&self) -> bool {
        self.clock.is_some()
    }

    /// The time after `wait`, for [`Lease::pause`].
    pub(crate) fn deadline(&self, wait: Duration) -> Duration {
        self.now().saturating_add(wait)
    }

    /// Runs an operation for at most `limit`, and records its result.
    async fn run<T>(
        &self,
        limit: Duration,
        operation: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let result = match &self.clock {
            Some(clock) => within(clock.as_ref(), limit, operation).await,
            None => Some(operation.await),
        };
        let result = result.unwrap_or_else(|| Err(StoreError::new("no response in time")));
        self.outages.record(&result, self.when_down, &self.logger);
        result
    }
}

impl Lease {
    pub(crate) fn duration(&self) -> Duration {
        self.duration
    }

    /// Claims the key. It can be repeated until the key is claimed.
    pub(crate) async fn claim(&mut self) -> Result<Claim, StoreError> {
        // The store may have the claim although the response is lost.
        self.may_be_held = true;
        self.ends = self.leases.now().saturating_add(self.duration);
        let claim = (self.leases.store).claim(&self.key, &self.holder, self.duration);
        let claim = self.leases.run(TIMEOUT, claim).await?;
        self.may_be_held = claim == Claim::Claimed;
        Ok(claim)
    }

    /// Waits before the next claim, not beyond the deadline. Returns `false` if that has passed.
    pub(crate) async fn pause(&self, pause: Duration, deadline: Duration) -> bool {
        let left = deadline.saturating_sub(self.leases.now());
        match &self.leases.clock {
            Some(clock) if !left.is_zero() => {
                clock.sleep(pause.min(left)).await;
                true
            }
            _ => false,
        }
    }

    /// Runs work that was claimed, and renews the lease meanwhile.
    ///
    /// # Errors
    ///
    /// Drops the work, and returns an error, if the claim is lost.
    pub(crate) async fn keep<T>(&mut self, work: impl Future<Output = T>) -> Result<T, Lost> {
        let refuses = self.leases.when_down == WhenDown::Refuse;
        race(work, self.renew_until_lost(refuses)).await
    }

    /// Runs work that was claimed to its end, and renews the lease until another holder has taken it.
    #[cfg(feature = "oauth")]
    pub(crate) async fn keep_to_the_end<T>(&mut self, work: impl Future<Output = T>) -> T {
        let renewing = async {
            self.renew_until_lost(false).await;
            std::future::pending().await
        };
        let Ok(result) = race::<_, std::convert::Infallible>(work, renewing).await;
        result
    }

    /// Renews the lease until it is lost: taken by another holder or, if `refuses`, at its end if the
    /// store does not renew it. Without a clock it is not renewed.
    async fn renew_until_lost(&mut self, refuses: bool) -> Lost {
        let Some(clock) = self.leases.clock.clone() else {
            return std::future::pending().await;
        };
        let (third, mut is_failing) = (self.duration / 3, false);
        loop {
            let left = self.ends.saturating_sub(clock.now());
            let has_ended = is_failing && left.is_zero();
            let pause = if has_ended { third } else { left.min(third) };
            if !(has_ended && refuses) {
                clock.sleep(pause).await;
            }
            let asked = clock.now();
            let left = self.ends.saturating_sub(asked);
            if refuses && is_failing && left.is_zero() {
                return Lost::StoreIsDown;
            }
            let limit = match left {
                // A lease that ended while the process was paused may still be free.
                Duration::ZERO => TIMEOUT,
                left => left.min(TIMEOUT),
            };
            let renewal = (self.leases.store).renew(&self.key, &self.holder, self.duration);
            match self.leases.run(limit, renewal).await {
                Ok(true) => {
                    self.ends = asked.saturating_add(self.duration);
                    is_failing = false;
                }
                Ok(false) => return Lost::Taken,
                Err(_) => is_failing = true,
            }
        }
    }

    /// Marks the key as done. Returns `false` if another holder took it over.
    pub(crate) async fn complete(mut self, retention: Duration) -> Result<bool, StoreError> {
        // What was done must not be released, even if the store does not answer.
        self.may_be_held = false;
        let done = (self.leases.store).complete(&self.key, &self.holder, retention);
        self.leases.run(TIMEOUT, done).await
    }

    /// Ends the claim. If that fails, it ends with its lease.
    pub(crate) async fn release(mut self) {
        if !self.may_be_held {
            return;
        }
        let release = self.leases.store.release(&self.key, &self.holder);
        let _ = self.leases.run(TIMEOUT, release).await;
        self.may_be_held = false;
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if self.may_be_held {
            // The store goes on by itself if it needs more than one poll.
            let release = self.leases.store.release(&self.key, &self.holder);
            let _ = pin!(release).poll(&mut Context::from_waker(Waker::noop()));
        }
    }
}

/// Polls both futures until one of them completes.
async fn race<T, L>(work: impl Future<Output = T>, lost: impl Future<Output = L>) -> Result<T, L> {
    let (mut work, mut lost) = (pin!(work), pin!(lost));
    std::future::poll_fn(|context| {
        if let Poll::Ready(result) = work.as_mut().poll(context) {
            return Poll::Ready(Ok(result));
        }
        lost.as_mut().poll(context).map(Err)
    })
    .await
}

/// The pauses between the claims of a key that another holder has.
pub(crate) fn pauses() -> impl Iterator<Item = Duration> {
    let (first, longest) = PAUSES;
    std::iter::successors(Some(first), move |pause| Some((*pause * 2).min(longest)))
}
