//! A store that can be down, by the clock of tokio, which tests pause.

use std::collections::HashMap;
use std::future::{pending, ready};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use contexture::store::{Claim, Store, StoreError, StoreFuture};
use tokio::time::Instant;

/// How the store answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mode {
    #[default]
    Up,
    Down,
    Hanging,
}

/// Clones share the claims.
#[derive(Clone, Debug, Default)]
pub(super) struct StubStore {
    entries: Arc<Mutex<HashMap<String, Entry>>>,
    mode: Arc<Mutex<Mode>>,
    asked: Arc<AtomicUsize>,
    completes_for_anyone: bool,
}

#[derive(Debug)]
struct Entry {
    holder: String,
    until: Instant,
    is_done: bool,
}

impl StubStore {
    /// A store that breaks a rule: anyone completes a claim.
    pub(super) fn completing_for_anyone() -> Self {
        Self {
            completes_for_anyone: true,
            ..Self::default()
        }
    }

    pub(super) fn set(&self, mode: Mode) {
        *self.mode.lock().unwrap() = mode;
    }

    /// The number of operations that began.
    pub(super) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Ends a claim as if its lease had ended.
    pub(super) fn forget(&self, key: &str) {
        self.entries.lock().unwrap().remove(key).unwrap();
    }

    /// The keys that are held or done.
    pub(super) fn keys(&self) -> Vec<String> {
        self.entries.lock().unwrap().keys().cloned().collect()
    }

    fn answer<'a, T: Send + 'a>(
        &self,
        change: impl FnOnce(&mut HashMap<String, Entry>) -> T,
    ) -> StoreFuture<'a, T> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        match *self.mode.lock().unwrap() {
            Mode::Up => {}
            Mode::Down => return Box::pin(ready(Err(StoreError::new("no route to the store")))),
            Mode::Hanging => return Box::pin(pending()),
        }
        let mut entries = self.entries.lock().unwrap();
        let now = Instant::now();
        entries.retain(|_, entry| entry.until > now);
        Box::pin(ready(Ok(change(&mut entries))))
    }

    fn entry(holder: &str, lasts: Duration, is_done: bool) -> Entry {
        let lasts = lasts.clamp(Duration::from_millis(1), Duration::from_hours(10_000));
        Entry {
            holder: holder.to_owned(),
            until: Instant::now() + lasts,
            is_done,
        }
    }
}

impl Store for StubStore {
    fn claim<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        lease: Duration,
    ) -> StoreFuture<'a, Claim> {
        self.answer(|entries| match entries.get(key) {
            Some(entry) if entry.is_done => Claim::Done,
            Some(entry) if entry.holder != holder => Claim::Held {
                ends_in: entry.until.duration_since(Instant::now()),
            },
            _ => {
                entries.insert(key.to_owned(), Self::entry(holder, lease, false));
                Claim::Claimed
            }
        })
    }

    fn renew<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        lease: Duration,
    ) -> StoreFuture<'a, bool> {
        let claim = self.claim(key, holder, lease);
        Box::pin(async move { Ok(claim.await? == Claim::Claimed) })
    }

    fn complete<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        retention: Duration,
    ) -> StoreFuture<'a, bool> {
        self.answer(|entries| {
            let known = entries.get(key);
            let is_own = known.is_none_or(|entry| entry.holder == holder);
            let is_own = is_own || self.completes_for_anyone;
            if is_own {
                entries.insert(key.to_owned(), Self::entry(holder, retention, true));
            }
            is_own
        })
    }

    fn release<'a>(&'a self, key: &'a str, holder: &'a str) -> StoreFuture<'a, ()> {
        self.answer(|entries| {
            entries.retain(|known, entry| known != key || entry.is_done || entry.holder != holder);
        })
    }
}
