//! Deduplication of deliveries.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Remembers deliveries, so that each is handled only once. Services send a delivery again if they
/// think that it was lost. Most services do not sign a timestamp, so anyone who recorded a delivery
/// can replay it.
///
/// Store it in the handlers, which live as long as the process. Each process has its own memory of
/// deliveries.
///
/// ```
/// # async fn handle() -> contexture::Result { Ok(()) }
/// # async fn example(deliveries: &contexture::webhook::Deliveries) -> contexture::Result {
/// let Some(delivery) = deliveries.begin("integration-1/72d3162e") else {
///     return Ok(()); // Already handled, or being handled.
/// };
/// handle().await?; // If this fails, the delivery can be handled again.
/// delivery.done();
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct Deliveries {
    window: Duration,
    capacity: usize,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    /// The time at which each delivery was begun.
    begun: HashMap<String, Instant>,
    /// The oldest first. Deliveries that were dropped before `done` stay here until they expire.
    order: VecDeque<(String, Instant)>,
}

/// A delivery that is being handled. If it is dropped before [`done`](Self::done), the same
/// delivery can begin again.
#[derive(Debug)]
#[must_use = "a delivery that is dropped can begin again"]
pub struct Delivery<'a> {
    deliveries: &'a Deliveries,
    id: String,
    is_done: bool,
}

impl Deliveries {
    /// Remembers each delivery for `window`, and at most the last 10,000 deliveries.
    #[must_use]
    pub fn new(window: Duration) -> Self {
        Self {
            window,
            capacity: 10_000,
            seen: Mutex::default(),
        }
    }

    /// Sets the maximum number of remembered deliveries, at least 1.
    #[must_use]
    pub fn capacity(mut self, capacity: usize) -> Self {
        self.capacity = capacity.max(1);
        self
    }

    /// Begins a delivery. Returns `None` if it has already begun or is done. `id` is the service's
    /// id of the delivery; prefix it with the integration's id if several integrations share the
    /// process.
    pub fn begin(&self, id: impl Into<String>) -> Option<Delivery<'_>> {
        let id = id.into();
        let now = Instant::now();
        let mut seen = self.seen();
        seen.forget(now, self.window, self.capacity);
        if seen.begun.contains_key(&id) {
            return None;
        }
        seen.forget(now, self.window, self.capacity - 1);
        seen.begun.insert(id.clone(), now);
        seen.order.push_back((id.clone(), now));
        Some(Delivery {
            deliveries: self,
            id,
            is_done: false,
        })
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        // The data is consistent even after a panic, so a poisoned lock is fine.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    /// Removes expired deliveries, and the oldest ones until at most `keep` remain.
    fn forget(&mut self, now: Instant, window: Duration, keep: usize) {
        while let Some((id, begun)) = self.order.front() {
            if self.order.len() <= keep && now.duration_since(*begun) <= window {
                return;
            }
            // A delivery that was dropped and began again has a newer entry.
            if self.begun.get(id) == Some(begun) {
                self.begun.remove(id);
            }
            self.order.pop_front();
        }
    }
}

impl Delivery<'_> {
    /// Marks the delivery as handled, so that it cannot begin again.
    pub fn done(mut self) {
        self.is_done = true;
    }
}

impl Drop for Delivery<'_> {
    fn drop(&mut self) {
        if !self.is_done {
            self.deliveries.seen().begun.remove(&self.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);

    #[test]
    fn a_delivery_is_handled_once() {
        let deliveries = Deliveries::new(HOUR);
        let first = deliveries.begin("a").unwrap();
        assert!(
            deliveries.begin("a").is_none(),
            "the delivery is being handled"
        );
        first.done();
        assert!(deliveries.begin("a").is_none(), "the delivery was handled");
        assert!(deliveries.begin("b").is_some());
    }

    #[test]
    fn a_delivery_that_failed_may_come_again() {
        let deliveries = Deliveries::new(HOUR);
        drop(deliveries.begin("a"));
        deliveries.begin("a").unwrap().done();
        assert!(deliveries.begin("a").is_none());
    }

    #[test]
    fn the_oldest_are_forgotten_first() {
        let deliveries = Deliveries::new(HOUR).capacity(2);
        for id in ["a", "b", "c"] {
            deliveries.begin(id).unwrap().done();
        }
        assert!(deliveries.begin("c").is_none());
        assert!(deliveries.begin("b").is_none());
        deliveries.begin("a").unwrap().done();
        let seen = deliveries.seen();
        assert!(seen.begun.len() <= 2 && seen.order.len() <= 2, "{seen:?}");
    }

    #[test]
    fn what_is_older_than_the_window_is_forgotten() {
        let mut seen = Seen::default();
        let now = Instant::now();
        seen.begun.insert("a".to_owned(), now);
        seen.order.push_back(("a".to_owned(), now));
        seen.forget(now + HOUR, HOUR, 10);
        assert_eq!(seen.begun.len(), 1);
        seen.forget(now + HOUR * 2, HOUR, 10);
        assert!(seen.begun.is_empty() && seen.order.is_empty());
    }
}
