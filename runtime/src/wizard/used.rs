//! The sessions that were used.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The maximum number of remembered sessions. Then the oldest ones are forgotten.
const CAPACITY: usize = 100_000;

/// Remembers which sessions were used, in the memory of this process.
pub(super) struct UsedSessions {
    /// How long a used session is remembered: at least until it expires.
    keep: Duration,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    claimed: HashSet<String>,
    used: HashSet<String>,
    /// The used sessions, the oldest first.
    order: VecDeque<(Instant, String)>,
}

/// A session that a request is about to use up. If it is dropped before [`done`](Self::done), the
/// session can be used again.
pub(super) struct Claim<'a> {
    sessions: &'a UsedSessions,
    nonce: String,
}

/// Leaves the sessions out.
impl fmt::Debug for UsedSessions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("UsedSessions")
            .field("keep", &self.keep)
            .finish_non_exhaustive()
    }
}

impl UsedSessions {
    pub(super) fn new(keep: Duration) -> Self {
        Self {
            keep,
            memory: Mutex::default(),
        }
    }

    /// Returns whether a session was used.
    pub(super) fn contains(&self, nonce: &str) -> bool {
        self.memory().used.contains(nonce)
    }

    /// Claims a session. Returns `None` if it was used, or if another request is about to use it.
    pub(super) fn claim(&self, nonce: &str) -> Option<Claim<'_>> {
        let mut memory = self.memory();
        if memory.used.contains(nonce) || !memory.claimed.insert(nonce.to_owned()) {
            return None;
        }
        Some(Claim {
            sessions: self,
            nonce: nonce.to_owned(),
        })
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        // The data is consistent even after a panic, so a poisoned lock is fine.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    /// Forgets sessions that have expired, and the oldest ones until there is room for one.
    fn forget(&mut self, now: Instant, keep: Duration) {
        while let Some((used, nonce)) = self.order.front() {
            if self.order.len() < CAPACITY && now.duration_since(*used) <= keep {
                return;
            }
            self.used.remove(nonce);
            self.order.pop_front();
        }
    }
}

impl Claim<'_> {
    /// Uses the session up.
    pub(super) fn done(self) {
        let now = Instant::now();
        let mut memory = self.sessions.memory();
        memory.forget(now, self.sessions.keep);
        if memory.used.insert(self.nonce.clone()) {
            memory.order.push_back((now, self.nonce.clone()));
        }
    }
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        self.sessions.memory().claimed.remove(&self.nonce);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_used_once_unless_its_claim_is_dropped() {
        let sessions = UsedSessions::new(Duration::from_mins(1));
        let claim = sessions.claim("a");
        assert!(claim.is_some() && sessions.claim("a").is_none());
        assert!(!sessions.contains("a"), "it is only about to be used");
        drop(claim);
        sessions.claim("a").unwrap().done();
        assert!(sessions.contains("a") && sessions.claim("a").is_none());
        assert!(!sessions.contains("b"));
    }

    #[test]
    fn what_has_expired_and_what_is_too_much_is_forgotten() {
        let sessions = UsedSessions::new(Duration::ZERO);
        sessions.claim("a").unwrap().done();
        sessions
            .memory()
            .forget(Instant::now() + Duration::from_nanos(1), Duration::ZERO);
        assert!(!sessions.contains("a"));
        let sessions = UsedSessions::new(Duration::from_mins(1));
        for number in 0..=CAPACITY {
            sessions.claim(&number.to_string()).unwrap().done();
        }
        assert!(!sessions.contains("0") && sessions.contains("1"));
        assert_eq!(sessions.memory().order.len(), CAPACITY);
        assert!(sessions.memory().claimed.is_empty());
    }
}
