//! Claims in a state of Botpress.

mod claims;

use std::fmt;
use std::time::Duration;

use self::claims::{Claims, Entry, now};
use super::{Claim, Store, StoreError, StoreFuture};
use crate::client::State;
use crate::payload::parse_typed;
use crate::{ClientError, Payload};

/// How often a change is tried that another process overwrote.
const ATTEMPTS: u32 = 5;

/// Keeps claims in a state of the definition, where no other store is available. It is **best
/// effort**:
///
/// - Botpress does not document that getting or setting a state is atomic, and responses may come
///   from a cache. A key that no holder has is written only if the whole state is empty, and read again
///   otherwise. Two processes that claim at the same moment can both get the key, and a completion can be
///   lost when another process changes another key at the same moment.
/// - The clocks of the processes decide when a lease ends, so they must agree within a fraction of the
///   lease.
/// - A claim takes one to three requests to the API. A claim whose handler is canceled ends with its
///   lease.
/// - It remembers 500 keys, and no retention is longer than 30 days. Beyond that, what is done first is
///   forgotten first.
///
/// That suffices for the lease of a token refresh: a second refresh becomes unlikely. For many
/// deliveries at the same time, use a store that is exact.
///
/// The state has this form:
///
/// ```yaml
/// states:
///   claims:
///     type: integration
///     schema:
///       type: object
///       properties: { claims: { type: object, additionalProperties: { type: string } } }
///       required: [claims]
/// ```
///
/// It belongs to one installation, so the store is created for each call:
///
/// ```
/// # use contexture::{Context, Definition, Payload, client::State, store::StateStore, webhook::Deliveries};
/// # trait States<T> { fn claims(&self) -> State<T>; }
/// # fn example<D: Definition, T: Payload>(ctx: &Context<D>, deliveries: &Deliveries, states: &impl States<T>) {
/// let claims = states.claims(); // `ctx.client().states().claims()`
/// let deliveries = deliveries.clone().store(StateStore::new(claims));
/// # }
/// ```
pub struct StateStore<T> {
    state: State<T>,
}

impl<T: Payload> StateStore<T> {
    /// Creates a store.
    #[must_use]
    pub fn new(state: State<T>) -> Self {
        Self { state }
    }

    /// Changes the entry of a key. `judge` gets the present entry and returns the new one (`None`: the
    /// key has none) and the result.
    async fn change<R>(
        &self,
        key: &str,
        judge: impl Fn(Option<&Entry>, u64) -> (Option<Entry>, R),
    ) -> Result<R, StoreError> {
        for _ in 0..ATTEMPTS {
            let now = now();
            let (first, result) = judge(None, now);
            // The only write that Botpress makes conditional: an empty state gets the claim.
            let mut known = match &first {
                Some(first) => self.get_or_set(key, first).await?,
                None => self.read().await?,
            };
            let present = known.entry(key, now);
            if present.is_some() && present == first {
                return Ok(result);
            }
            let (wanted, result) = judge(present.as_ref(), now);
            if wanted == present {
                return Ok(result);
            }
            known.put(key, wanted.as_ref(), now);
            self.write(&known, now).await?;
            if self.read().await?.entry(key, now) == wanted {
                return Ok(result);
            }
        }
        Err(StoreError::new(
            "other processes change the state of the claims all the time",
        ))
    }

    async fn get_or_set(&self, key: &str, entry: &Entry) -> Result<Claims, StoreError> {
        let now = now();
        let mut claims = Claims::default();
        claims.put(key, Some(entry), now);
        let state = self.state.clone().expiring_after(claims.expiry(now));
        let payload = Self::payload(&claims)?;
        Self::claims(&state.get_or_set(&payload).await.map_err(failed)?)
    }

    async fn read(&self) -> Result<Claims, StoreError> {
        match self.state.get().await.map_err(failed)? {
            Some(payload) => Self::claims(&payload),
            None => Ok(Claims::default()),
        }
    }

    async fn write(&self, claims: &Claims, now: u64) -> Result<(), StoreError> {
        if claims.claims.is_empty() {
            return self.state.clear().await.map_err(failed);
        }
        let state = self.state.clone().expiring_after(claims.expiry(now));
        state.set(&Self::payload(claims)?).await.map_err(failed)
    }

    fn payload(claims: &Claims) -> Result<T, StoreError> {
        // A map of strings always serializes.
        let value = serde_json::to_value(claims).unwrap_or_default();
        T::from_value(value).map_err(|violations| unfit().with_source(violations))
    }

    fn claims(payload: &T) -> Result<Claims, StoreError> {
        let value = payload
            .to_value()
            .map_err(|violations| unfit().with_source(violations))?;
        parse_typed(value).map_err(|violations| unfit().with_source(violations))
    }
}

fn failed(error: ClientError) -> StoreError {
    StoreError::new("cannot read or write the state of the claims").with_source(error)
}

fn unfit() -> StoreError {
    StoreError::new("the state of the claims needs the schema that `StateStore` documents")
}

impl<T> fmt::Debug for StateStore<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("StateStore");
        shown.field("state", &self.state).finish()
    }
}

impl<T: Payload> Store for StateStore<T> {
    fn claim<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        lease: Duration,
    ) -> StoreFuture<'a, Claim> {
        Box::pin(self.change(key, move |present, now| match present {
            Some(entry) if entry.is_done => (Some(entry.clone()), Claim::Done),
            Some(entry) if entry.holder != holder => {
                let ends_in = Duration::from_millis(entry.until.saturating_sub(now));
                (Some(entry.clone()), Claim::Held { ends_in })
            }
            _ => (Some(Entry::new(false, holder, now, lease)), Claim::Claimed),
        }))
    }

    fn complete<'a>(
        &'a self,
        key: &'a str,
        holder: &'a str,
        retention: Duration,
    ) -> StoreFuture<'a, bool> {
        Box::pin(self.change(key, move |present, now| match present {
            Some(entry) if entry.holder != holder => (Some(entry.clone()), false),
            _ => (Some(Entry::new(true, holder, now, retention)), true),
        }))
    }

    fn release<'a>(&'a self, key: &'a str, holder: &'a str) -> StoreFuture<'a, ()> {
        Box::pin(self.change(key, move |present, _| match present {
            Some(entry) if entry.is_done || entry.holder != holder => (Some(entry.clone()), ()),
            _ => (None, ()),
        }))
    }
}
