//! Deliveries that came before.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Remembers which deliveries were handled, so that none is handled twice: most services sign no time, so that what
/// was recorded can be sent again, and all of them send again what they think did not arrive.
///
/// It belongs to the handlers, which live as long as the process. Of several processes each remembers its own.
///
/// ```
/// # async fn handle() -> contexture::Result { Ok(()) }
/// # async fn example(deliveries: &contexture::webhook::Deliveries) -> contexture::Result {
/// let Some(delivery) = deliveries.begin("integration-1/72d3162e") else {
///     return Ok(()); // It was handled before, or is being handled.
/// };
/// handle().await?; // When this fails the delivery may come again.
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
    /// When each was begun.
    begun: HashMap<String, Instant>,
    /// The oldest first. One that was given up is still here, until its turn.
    order: VecDeque<(String, Instant)>,
}

/// A delivery that is being handled. Dropped before [`done`](Self::done), it counts as never begun.
#[derive(Debug)]
#[must_use = "a delivery that is dropped counts as never begun"]
pub struct Delivery<'a> {
    deliveries: &'a Deliveries,
    id: String,
    is_done: bool,
}

impl Deliveries {
    /// Remembers each for this long, and the last ten thousand at most.
    #[must_use]
    pub fn new(window: Duration) -> Self {
        Self {
            window,
            capacity: 10_000,
            seen: Mutex::default(),
        }
    }

    /// Changes how many are remembered.
    #[must_use]
    pub fn capacity(mut self, capacity: usize) -> Self {
        self.capacity = capacity.max(1);
        self
    }

    /// Begins with a delivery; none when it was begun before. The id is what the service calls it by, with the
    /// integration's before it where several share the process.
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
        // What a panic left is still what was begun.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    /// Forgets those that are too old, and as many as needed to keep no more than this.
    fn forget(&mut self, now: Instant, window: Duration, keep: usize) {
        while let Some((id, begun)) = self.order.front() {
            if self.order.len() <= keep && now.duration_since(*begun) <= window {
                return;
            }
            // One that was given up and came again has a younger entry.
            if self.begun.get(id) == Some(begun) {
                self.begun.remove(id);
            }
            self.order.pop_front();
        }
    }
}

impl Delivery<'_> {
    /// Says that it was handled: it is not begun again.
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
        assert!(deliveries.begin("a").is_none(), "it is being handled");
        first.done();
        assert!(deliveries.begin("a").is_none(), "it was handled");
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
