//! What a server has to give: places for calls, and memory for requests and answers.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use tokio::sync::Semaphore;

use super::{
    connections::Holder,
    settings::{SMALL, Settings},
};

/// Which part of the memory is for small requests alone, so that a few large ones, or very many of one connection, do
/// not keep all others out.
const RESERVED: usize = 8;

/// What all connections permit.
pub(super) struct Limits {
    calls: u32,
    /// One for each call that may run now.
    permits: Semaphore,
    max_buffered_bytes: usize,
    /// How many bytes are held.
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

    /// How many calls may run at once.
    pub(super) fn max_concurrent_calls(&self) -> u32 {
        self.calls
    }

    /// Counts the calls that run.
    pub(super) fn running(&self) -> usize {
        (self.calls as usize).saturating_sub(self.permits.available_permits())
    }

    /// Waits until no call runs.
    pub(super) async fn unused(&self) {
        // The semaphore is never closed, so that this ends when every permit is back.
        let _ = self.permits.acquire_many(self.calls).await;
    }
}

/// What a request has taken of the limits; it is given back when this is dropped.
///
/// Nobody ever waits for any of it: a request that waits for memory while it holds some could wait
/// for another one that does the same.
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

    /// Takes memory for more bytes, if it is there.
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
        // Nothing but the number is shared by this.
        let taken = held.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        if taken.is_ok() {
            self.count(bytes);
        }
        taken.is_ok()
    }

    /// Takes memory for bytes that are there already, whether there is room or not.
    pub(super) fn add_bytes(&mut self, bytes: usize) {
        self.limits.held.fetch_add(bytes, Ordering::Relaxed);
        self.count(bytes);
    }

    fn count(&mut self, bytes: usize) {
        self.bytes += bytes;
        self.holder.add(bytes);
    }

    /// Takes the place of a call, if there is any left.
    pub(super) fn take_place(&mut self) -> bool {
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
    fn a_place_is_taken_once_and_given_back() {
        let limits = limits();
        let mut first = permit(&limits);
        assert!(first.take_place());
        assert!(!permit(&limits).take_place());
        assert_eq!(limits.running(), 1);
        drop(first);
        assert_eq!(limits.running(), 0);
        assert!(permit(&limits).take_place());
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
        // Many requests of one connection are as one.
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
    fn what_is_there_already_counts_beyond_the_budget_and_keeps_others_out() {
        let limits = limits();
        let mut answer = permit(&limits);
        answer.add_bytes(1000);
        assert!(!permit(&limits).take_bytes(1));
        drop(answer);
        assert!(permit(&limits).take_bytes(100));
    }
}
