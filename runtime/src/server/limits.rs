//! The limits that all connections share: running calls and buffered bytes.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use tokio::sync::Semaphore;

use super::{
    connections::Holder,
    settings::{SMALL, Settings},
};

/// The fraction of the buffer limit (one in this many) that is reserved for small requests, so that
/// a few large requests, or many on one connection, cannot block all others.
const RESERVED: usize = 8;

/// The limits that all connections share.
pub(super) struct Limits {
    calls: u32,
    /// One permit for each call that may run.
    permits: Semaphore,
    max_buffered_bytes: usize,
    /// The number of bytes that are currently buffered.
    held: AtomicUsize,
}

impl Limits {
    pub(super) fn new(settings: Settings) -> Self {
        let calls = settings.max_concurrent_calls;
        Self {
            calls,
            permits: Semaphore::new(calls as usize),
            max_buffered_bytes: settings.max_buffered_bytes,
            held: AtomicUsize::new(0),
        }
    }

    /// Returns the maximum number of concurrent calls.
    pub(super) fn max_concurrent_calls(&self) -> u32 {
        self.calls
    }

    /// Returns the number of running calls.
    pub(super) fn running(&self) -> usize {
        (self.calls as usize).saturating_sub(self.permits.available_permits())
    }

    /// Waits until no call runs.
    pub(super) async fn unused(&self) {
        // The semaphore is never closed, so this completes when all permits are returned.
        let _ = self.permits.acquire_many(self.calls).await;
    }
}

/// The share of the limits that a request holds. Dropping it releases the share.
///
/// Requests never wait for a share: two requests that each hold buffered bytes and wait for more
/// would deadlock.
pub(super) struct Permit {
    limits: Arc<Limits>,
    holder: Holder,
    bytes: usize,
    runs: bool,
}

impl Permit {
    pub(super) fn of(limits: &Arc<Limits>, holder: Holder) -> Self {
        Self {
            limits: Arc::clone(limits),
            holder,
            bytes: 0,
            runs: false,
        }
    }

    /// Reserves more bytes. Returns `false` if the buffer limit does not allow it.
    pub(super) fn take_bytes(&mut self, bytes: usize) -> bool {
        let Limits {
            held,
            max_buffered_bytes,
            ..
        } = &*self.limits;
        let is_small = self.holder.bytes().saturating_add(bytes) <= SMALL;
        let reserved = if is_small {
            0
        } else {
            max_buffered_bytes / RESERVED
        };
        let more = |held: usize| {
            let sum = held.checked_add(bytes)?;
            (sum <= max_buffered_bytes - reserved).then_some(sum)
        };
        // `Relaxed` is enough, because no other data depends on this number.
        let taken = held.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        if taken.is_ok() {
            self.count(bytes);
        }
        taken.is_ok()
    }

    /// Adds bytes that are already allocated, even beyond the buffer limit.
    pub(super) fn add_bytes(&mut self, bytes: usize) {
        self.limits.held.fetch_add(bytes, Ordering::Relaxed);
        self.count(bytes);
    }

    fn count(&mut self, bytes: usize) {
        self.bytes += bytes;
        self.holder.add(bytes);
    }

    /// Takes a permit for a running call. Returns `false` if there is none.
    pub(super) fn take_call(&mut self) -> bool {
        let Ok(permit) = self.limits.permits.try_acquire() else {
            return false;
        };
        permit.forget();
        self.runs = true;
        true
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if self.bytes > 0 {
            self.limits.held.fetch_sub(self.bytes, Ordering::Relaxed);
            self.holder.remove(self.bytes);
        }
        if self.runs {
            self.limits.permits.add_permits(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Arc<Limits> {
        Arc::new(Limits::new(Settings {
            max_concurrent_calls: 1,
            max_buffered_bytes: 100,
            ..Settings::default()
        }))
    }

    fn permit(limits: &Arc<Limits>) -> Permit {
        Permit::of(limits, Holder::default())
    }

    #[test]
    fn bodies_never_hold_more_than_the_budget_and_give_it_back() {
        let limits = limits();
        let (mut first, mut second) = (permit(&limits), permit(&limits));
        assert!(first.take_bytes(60));
        assert!(!second.take_bytes(41));
        assert!(second.take_bytes(40));
        assert!(!first.take_bytes(1));
        assert!(!first.take_bytes(usize::MAX));
        drop(first);
        assert!(second.take_bytes(60));
        drop(second);
        assert_eq!(limits.held.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn a_permit_is_taken_once_and_given_back() {
        let limits = limits();
        let mut first = permit(&limits);
        assert!(first.take_call());
        assert!(!permit(&limits).take_call());
        assert_eq!(limits.running(), 1);
        drop(first);
        assert_eq!(limits.running(), 0);
        assert!(permit(&limits).take_call());
    }

    #[test]
    fn large_requests_leave_memory_for_small_ones() {
        let limits = Arc::new(Limits::new(Settings {
            max_buffered_bytes: 80 * SMALL,
            ..Settings::default()
        }));
        let mut large = permit(&limits);
        assert!(!large.take_bytes(70 * SMALL + 1));
        assert!(large.take_bytes(70 * SMALL));
        assert!(!permit(&limits).take_bytes(SMALL + 1));
        // Requests on the same connection share one budget.
        let holder = Holder::default();
        let mut first = Permit::of(&limits, holder.clone());
        assert!(first.take_bytes(SMALL));
        assert!(!Permit::of(&limits, holder).take_bytes(1));
        drop(first);
        let mut small: Vec<_> = (0..10).map(|_| permit(&limits)).collect();
        assert!(small.iter_mut().all(|small| small.take_bytes(SMALL)));
        assert!(!permit(&limits).take_bytes(1));
    }

    #[test]
    fn bytes_that_are_already_allocated_count_beyond_the_limit_and_block_others() {
        let limits = limits();
        let mut answer = permit(&limits);
        answer.add_bytes(1000);
        assert!(!permit(&limits).take_bytes(1));
        drop(answer);
        assert!(permit(&limits).take_bytes(100));
    }
}
