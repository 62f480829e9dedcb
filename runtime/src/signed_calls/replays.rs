//! Signatures that were used.

use std::{
    collections::HashSet,
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::signature::Hash;

/// The maximum number of signatures in a generation, which take about 50 MB. A server that gets more in this time forgets
/// the oldest ones early.
const CAPACITY: usize = 1_000_000;

/// Remembers signatures for at least a window of time. They are kept in two generations, so that nothing has to be
/// ordered: when the younger one is as old as the window, the older one is dropped.
#[derive(Debug)]
pub(super) struct Replays {
    window: Duration,
    seen: Mutex<Seen>,
}

#[derive(Debug)]
struct Seen {
    began: Instant,
    young: HashSet<Hash>,
    old: HashSet<Hash>,
}

impl Replays {
    pub(super) fn new(window: Duration) -> Self {
        Self {
            window,
            seen: Mutex::new(Seen {
                began: Instant::now(),
                young: HashSet::new(),
                old: HashSet::new(),
            }),
        }
    }

    /// Records the use of a signature. Returns `false` if it is already in use or was used.
    pub(super) fn begin(&self, signature: Hash) -> bool {
        self.begin_at(signature, Instant::now())
    }

    fn begin_at(&self, signature: Hash, now: Instant) -> bool {
        let mut seen = self.seen();
        let age = now.saturating_duration_since(seen.began);
        if age >= self.window || seen.young.len() >= CAPACITY {
            let young = mem::take(&mut seen.young);
            seen.old = if age >= self.window * 2 {
                HashSet::new()
            } else {
                young
            };
            seen.began = now;
        }
        !seen.old.contains(&signature) && seen.young.insert(signature)
    }

    /// Forgets a signature, so that the call can be repeated.
    pub(super) fn forget(&self, signature: &Hash) {
        let mut seen = self.seen();
        seen.young.remove(signature);
        seen.old.remove(signature);
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        // No code panics while the lock is held.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    #[test]
    fn a_signature_is_remembered_for_at_least_the_window_and_at_most_twice_as_long() {
        for begun_after in [0, 30, 59].map(Duration::from_secs) {
            let replays = Replays::new(MINUTE);
            let begun = Instant::now() + begun_after;
            assert!(replays.begin_at([1; 32], begun));
            for seconds in [0, 30, 60] {
                assert!(!replays.begin_at([1; 32], begun + Duration::from_secs(seconds)));
            }
            assert!(replays.begin_at([1; 32], begun + MINUTE * 3));
        }
    }

    #[test]
    fn a_signature_that_is_forgotten_can_be_used_again() {
        let replays = Replays::new(MINUTE);
        let began = Instant::now();
        assert!(replays.begin_at([1; 32], began));
        assert!(replays.begin_at([2; 32], began + MINUTE));
        replays.forget(&[1; 32]);
        assert!(replays.begin_at([1; 32], began + MINUTE));
        assert!(!replays.begin_at([2; 32], began + MINUTE));
    }
}
