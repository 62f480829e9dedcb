//! A cached key set that is fetched from its issuer.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, StatusCode, Uri};
use jsonwebtoken::jwk::JwkSet;
use tokio::sync::Mutex as Turn;

use crate::client::{RequestBody, send_with_retries};
use crate::{ClientError, Environment};

/// The timeout of one attempt, and the time limit for all attempts together.
const TIMEOUT: Duration = Duration::from_secs(10);
const BUDGET: Duration = Duration::from_secs(20);

/// The time without fetches after a failure.
const FAILURE_PAUSE: Duration = Duration::from_secs(10);

/// Caches the key set at a URL. Times are those of the client's clock.
#[derive(Debug)]
pub(super) struct KeySetCache {
    address: Uri,
    /// How long a set is used.
    pub(super) lifetime: Duration,
    /// How much longer a set is used if a new one cannot be fetched.
    pub(super) stale_time: Duration,
    /// The minimum time between fetches for a key that is not in the set.
    pub(super) pause: Duration,
    known: Mutex<Known>,
    turn: Turn<()>,
}

#[derive(Debug, Default)]
struct Known {
    kept: Option<Kept>,
    /// The time of the last fetch, successful or not.
    asked: Option<Duration>,
    failed: Option<Failed>,
}

/// A fetched set.
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

/// The set that a token needs.
#[derive(Clone, Copy, Debug)]
enum Needed {
    Current,
    /// A set that was fetched after this time.
    NewerThan(Duration),
}

type Fetched = Result<Kept, Arc<KeySetError>>;

/// The error of a fetch.
#[derive(Debug, thiserror::Error)]
pub(super) enum KeySetError {
    #[error("cannot fetch the key set")]
    Unreachable(#[source] ClientError),
    #[error("cannot fetch the key set: the response has the status {0}")]
    Refused(StatusCode),
    #[error("the response is not a key set")]
    Unreadable,
    #[error("no clock configured: set one or enable the feature `http-client`")]
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

    /// Returns the cached set, or fetches it.
    pub(super) async fn current(&self, environment: &Environment) -> Fetched {
        self.get(environment, Needed::Current).await
    }

    /// Returns a newer set than `old`, which lacks a key; returns the cached set if it is too early
    /// for another fetch.
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
            // Another request fetches the set. The old one is used in the meantime.
            let stale = self.known().stale(self, needed, now);
            if let Some(stale) = stale {
                return Ok(stale);
            }
            self.turn.lock().await
        };
        // The previous holder of the lock may have fetched the set, or failed.
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
    /// Returns the result of a request that needs no fetch or must not cause one.
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

    /// Returns a set that has expired but can still be used. It does not help a token whose key it
    /// lacks.
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
