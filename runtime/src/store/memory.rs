//! Claims in the memory of a process.

use std::collections::{BTreeSet, HashMap};
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Claim, Store, StoreError, StoreFuture};

/// The longest time that is kept.
const LONGEST: Duration = Duration::from_hours(24 * 365);

/// Keeps claims in the memory of the process. Other processes do not see them, and a restart forgets
/// them.
///
/// Clones share the claims.
#[derive(Clone, Debug)]
pub struct MemoryStore {
    capacity: usize,
    entries: Arc<Mutex<Entries>>,
}

#[derive(Debug, Default)]
struct Entries {
    by_key: HashMap<Arc<str>, Entry>,
    /// The keys that are held and those that are done, by the end of their time.
    held: BTreeSet<(Instant, Arc<str>)>,
    done: BTreeSet<(Instant, Arc<str>)>,
}

#[derive(Clone, Debug)]
struct Entry {
    holder: String,
    until: Instant,
    is_done: bool,
}

impl MemoryStore {
    /// Creates a store that remembers at most the last 10,000 keys that are done.
    #[must_use]
    pub fn new() -> Self {
        Self {
            capacity: 10_000,
            entries: Arc::default(),
        }
    }

    /// Sets the maximum number of remembered keys that are done, at least 1. Beyond it, the one
    /// whose retention ends first is forgotten. Keys that are held are not counted: running calls
    /// limit them.
    #[must_use]
    pub fn capacity(mut self, capacity: usize) -> Self {
        self.capacity = capacity.max(1);
        self
    }

    fn entries(&self, now: Instant) -> MutexGuard<'_, Entries> {
        // No code panics while the lock is held.
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.forget_ended(now);
        entries
    }

    fn claim_at(&self, key: &str, holder: &str, lease: Duration, now: Instant) -> Claim {
        let mut entries = self.entries(now);
        match entries.by_key.get(key) {
            Some(entry) if entry.is_done => return Claim::Done,
            Some(entry) if entry.holder != holder => {
                let ends_in = entry.until.saturating_duration_since(now);
                return Claim::Held { ends_in };
            }
            _ => {}
        }
        entries.put(key, holder, end(now, lease), false);
        Claim::Claimed
    }

    fn renew_at(&self, key: &str, holder: &str, lease: Duration, now: Instant) -> bool {
        self.claim_at(key, holder, lease, now) == Claim::Claimed
    }

    fn complete_at(&self, key: &str, holder: &str, retention: Duration, now: Instant) -> bool {
        let mut entries = self.entries(now);
        let known = entries.by_key.get(key);
        if known.is_some_and(|entry| entry.holder != holder) {
            return false;
        }
        entries.put(key, holder, end(now, retention), true);
        while entries.done.len() > self.capacity {
            entries.forget_first_done();
        }
        true
    }

    fn release_at(&self, key: &str, holder: &str, now: Instant) {
        let mut entries = self.entries(now);
        let known = entries.by_key.get(key);
        if known.is_some_and(|entry| entry.holder == holder && !entry.is_done) {
            entries.remove(key);
        }
    }
}

impl Entries {
    fn put(&mut self, key: &str, holder: &str, until: Instant, is_done: bool) {
        self.remove(key);
        let key: Arc<str> = key.into();
        let ends = if is_done {
            &mut self.done
        } else {
            &mut self.held
        };
        ends.insert((until, Arc::clone(&key)));
        let holder = holder.to_owned();
        let entry = Entry {
            holder,
            until,
            is_done,
        };
        self.by_key.insert(key, entry);
    }

    fn remove(&mut self, key: &str) {
        if let Some((key, entry)) = self.by_key.remove_entry(key) {
            let end = (entry.until, key);
            self.held.remove(&end);
            self.done.remove(&end);
        }
    }

    fn forget_ended(&mut self, now: Instant) {
        for ends in [&mut self.held, &mut self.done] {
            while ends.first().is_some_and(|(until, _)| *until <= now) {
                if let Some((_, key)) = ends.pop_first() {
                    self.by_key.remove(&key);
                }
            }
        }
    }

    fn forget_first_done(&mut self) {
        if let Some((_, key)) = self.done.pop_first() {
            self.by_key.remove(&key);
        }
    }
}

fn end(now: Instant, after: Duration) -> Instant {
    let after = after.clamp(Duration::from_millis(1), LONGEST);
    // A year after the start of the machine fits the clock of every platform.
    now.checked_add(after).unwrap_or(now)
}

fn at_once<'a, T: Send + 'a>(result: T) -> StoreFuture<'a, T> {
    Box::pin(ready(Ok::<_, StoreError>(result)))
}

impl Store for MemoryStore {
    fn claim<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        lease: Duration,
    ) -> StoreFuture<'a, Claim> {
        at_once(self.claim_at(key, holder, lease, Instant::now()))
    }

    fn renew<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        lease: Duration,
    ) -> StoreFuture<'a, bool> {
        at_once(self.renew_at(key, holder, lease, Instant::now()))
    }

    fn complete<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        retention: Duration,
    ) -> StoreFuture<'a, bool> {
        at_once(self.complete_at(key, holder, retention, Instant::now()))
    }

    fn release<'a>(&'a self, key: &'a str, holder: &'a str) -> StoreFuture<'a, ()> {
        self.release_at(key, holder, Instant::now());
        at_once(())
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);

    #[test]
    fn a_claim_ends_with_its_lease_and_what_is_done_with_its_retention() {
        let (store, now) = (MemoryStore::new(), Instant::now());
        assert_eq!(store.claim_at("a", "one", HOUR, now), Claim::Claimed);
        let held = Claim::Held { ends_in: HOUR / 2 };
        assert_eq!(store.claim_at("a", "two", HOUR, now + HOUR / 2), held);
        assert_eq!(store.claim_at("a", "two", HOUR, now + HOUR), Claim::Claimed);
        assert!(!store.complete_at("a", "one", HOUR, now + HOUR));
        assert!(store.complete_at("a", "two", HOUR, now + HOUR));
        let at = |later| store.claim_at("a", "one", HOUR, now + HOUR + later);
        assert_eq!([at(HOUR / 2), at(HOUR)], [Claim::Done, Claim::Claimed]);
    }

    #[test]
    fn what_is_done_is_forgotten_beyond_the_capacity_and_what_is_held_never() {
        let (store, now) = (MemoryStore::new().capacity(2), Instant::now());
        for key in ["held-1", "held-2", "held-3"] {
            store.claim_at(key, "one", HOUR, now);
        }
        for (minutes, key) in [(1, "a"), (2, "b"), (3, "c")] {
            assert!(store.complete_at(key, "one", Duration::from_mins(minutes), now));
        }
        assert_eq!(store.claim_at("c", "two", HOUR, now), Claim::Done);
        assert_eq!(store.claim_at("b", "two", HOUR, now), Claim::Done);
        assert_eq!(store.claim_at("a", "two", HOUR, now), Claim::Claimed);
        for key in ["held-1", "held-2", "held-3"] {
            let claim = store.claim_at(key, "two", HOUR, now);
            assert!(matches!(claim, Claim::Held { .. }), "{claim:?}");
        }
    }

    #[test]
    fn nothing_is_kept_of_keys_whose_time_ended() {
        let (store, now) = (MemoryStore::new(), Instant::now());
        for key in ["a", "b", "c"] {
            store.claim_at(key, "one", HOUR, now);
            store.renew_at(key, "one", HOUR * 2, now);
        }
        store.complete_at("b", "one", HOUR, now);
        store.release_at("c", "one", now);
        let entries = store.entries(now + HOUR * 2);
        assert!(entries.by_key.is_empty(), "{entries:?}");
        assert!(entries.held.is_empty() && entries.done.is_empty());
    }
}
