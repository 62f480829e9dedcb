//! The key set of an issuer: fetched, kept, and fetched again.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, StatusCode, Uri};
use jsonwebtoken::jwk::JwkSet;
use tokio::sync::Mutex as Turn;

use crate::client::{RequestBody, send_with_retries};
use crate::{ClientError, Environment};

/// How long a fetch may take, and with all attempts.
const TIMEOUT: Duration = Duration::from_secs(10);
const BUDGET: Duration = Duration::from_secs(20);

/// How long nothing is fetched after a failure.
const FAILURE_PAUSE: Duration = Duration::from_secs(10);

/// Keeps the key set at an address. Times are those of the client's clock.
#[derive(Debug)]
pub(super) struct KeySetCache {
    address: Uri,
    /// How long a set is used.
    pub(super) lifetime: Duration,
    /// How much longer it is used while no newer one can be had.
    pub(super) stale_time: Duration,
    /// How much time passes at least before a set is fetched again for a key that it lacks.
    pub(super) pause: Duration,
    known: Mutex<Known>,
    turn: Turn<()>,
}

#[derive(Debug, Default)]
struct Known {
    kept: Option<Kept>,
    /// When the set was last asked for, whatever came of it.
    asked: Option<Duration>,
    failed: Option<Failed>,
}

/// A set that was fetched.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) set: Arc<JwkSet>,
    fetched: Duration,
}

#[derive(Clone, Debug)]
struct Failed {
    at: Duration,
    error: Arc<KeySetError>,
}

/// Which set a token needs.
#[derive(Clone, Copy, Debug)]
enum Needed {
    Current,
    /// One that was fetched after this time.
    NewerThan(Duration),
}

type Fetched = Result<Kept, Arc<KeySetError>>;

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub(super) enum KeySetError {
    #[error("the key set was not fetched")]
    Unreachable(#[source] ClientError),
    #[error("the key set was not fetched: its address answers with {0}")]
    Refused(StatusCode),
    #[error("what is at the address of the key set is none")]
    Unreadable,
    #[error("there is no clock: enable the feature `http-client`, or set one")]
    NoClock,
}

impl KeySetCache {
    pub(super) fn new(address: Uri) -> Self {
        Self {
            address,
            lifetime: Duration::from_hours(24),
            stale_time: Duration::from_hours(1),
            pause: Duration::from_mins(1),
            known: Mutex::default(),
            turn: Turn::new(()),
        }
    }

    /// Returns the set that is kept, or fetches it.
    pub(super) async fn current(&self, environment: &Environment) -> Fetched {
        self.get(environment, Needed::Current).await
    }

    /// Returns a newer set than this one, which lacks a key; the same one when it is too early to fetch another.
    pub(super) async fn newer_than(&self, environment: &Environment, old: &Kept) -> Fetched {
        self.get(environment, Needed::NewerThan(old.fetched)).await
    }

    async fn get(&self, environment: &Environment, needed: Needed) -> Fetched {
        let clock = environment.clock_ref().ok_or(KeySetError::NoClock)?;
        let now = clock.now();
        if let Some(known) = self.known().answer(self, needed, now) {
            return known;
        }
        let _turn = if let Ok(turn) = self.turn.try_lock() {
            turn
        } else {
            // Another request fetches the set: the old one does in the meantime.
            let stale = self.known().stale(self, needed, now);
            if let Some(stale) = stale {
                return Ok(stale);
            }
            self.turn.lock().await
        };
        // The turn before may have fetched it, or failed.
        let asked = clock.now();
        if let Some(known) = self.known().answer(self, needed, asked) {
            return known;
        }
        self.known().asked = Some(asked);
        let fetched = fetch(environment, &self.address).await;
        let mut known = self.known();
        match fetched {
            Ok(set) => Ok(known.keep(set, asked)),
            Err(error) => known.fail(self, needed, error, clock.now()),
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    /// The answer to a request that needs no fetch, or must not cause one.
    fn answer(&self, cache: &KeySetCache, needed: Needed, now: Duration) -> Option<Fetched> {
        let is_within = |since: Duration, limit| now.saturating_sub(since) < limit;
        let kept = self.kept.as_ref().filter(|kept| match needed {
            Needed::Current => is_within(kept.fetched, cache.lifetime),
            Needed::NewerThan(old) => {
                let just_asked = |asked| is_within(asked, cache.pause);
                kept.fetched > old || self.asked.is_some_and(just_asked)
            }
        });
        if let Some(kept) = kept {
            return Some(Ok(kept.clone()));
        }
        let failed = self.failed.as_ref();
        let failed = failed.filter(|failed| is_within(failed.at, FAILURE_PAUSE))?;
        let stale = self.stale(cache, needed, now);
        Some(stale.ok_or_else(|| Arc::clone(&failed.error)))
    }

    /// A set that is too old, but not by too much. It does not help a token whose key it lacks.
    fn stale(&self, cache: &KeySetCache, needed: Needed, now: Duration) -> Option<Kept> {
        let limit = cache.lifetime.saturating_add(cache.stale_time);
        let kept = self.kept.as_ref()?;
        let is_usable = now.saturating_sub(kept.fetched) < limit;
        (is_usable && matches!(needed, Needed::Current)).then(|| kept.clone())
    }

    fn keep(&mut self, set: JwkSet, fetched: Duration) -> Kept {
        let set = Arc::new(set);
        let kept = Kept { set, fetched };
        self.kept = Some(kept.clone());
        self.failed = None;
        kept
    }

    fn fail(
        &mut self,
        cache: &KeySetCache,
        needed: Needed,
        error: KeySetError,
        at: Duration,
    ) -> Fetched {
        let error = Arc::new(error);
        self.failed = Some(Failed {
            at,
            error: Arc::clone(&error),
        });
        self.stale(cache, needed, at).ok_or(error)
    }
}

async fn fetch(environment: &Environment, address: &Uri) -> Result<JwkSet, KeySetError> {
    let retries = environment.retries_ref().timeout(TIMEOUT).budget(BUDGET);
    let make = || {
        let mut request = Request::new(RequestBody::from(Bytes::new()));
        *request.method_mut() = Method::GET;
        *request.uri_mut() = address.clone();
        request
    };
    let answer = send_with_retries(environment, &retries, true, make).await;
    let answer = answer.map_err(KeySetError::Unreachable)?;
    if !answer.status().is_success() {
        return Err(KeySetError::Refused(answer.status()));
    }
    serde_json::from_slice(answer.body()).map_err(|_| KeySetError::Unreadable)
}
