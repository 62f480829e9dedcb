//! Claims that several processes share: which delivery is being handled, who refreshes a token.
//!
//! A process claims a key for a time (the lease), does the work, and marks the key as done. The
//! [`Store`] keeps the claims.
//!
//! | store | shared by | exactness |
//! |---|---|---|
//! | [`MemoryStore`], the default | one process | exact |
//! | `RedisStore` (feature `redis`) | all processes with the same Redis | exact while Redis keeps its data |
//! | [`StateStore`] | all processes of the integration | best effort: see its limits |
//!
//! [`Deliveries`](crate::webhook::Deliveries) and `oauth::TokenManager` take a store:
//!
//! ```
//! # use std::{sync::Arc, time::Duration};
//! # use contexture::store::{MemoryStore, Store};
//! # use contexture::webhook::Deliveries;
//! let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
//! let deliveries = Deliveries::new(Duration::from_hours(24)).store(store);
//! ```
//!
//! # What is promised
//!
//! - A claim belongs to a holder and ends with its lease. A holder renews it while it works, so a
//!   claim ends early only if its process died, was paused, or lost the store.
//! - While a claim is held, no other holder gets it. After it was completed, no holder gets it until its
//!   retention ends. After it was released or its lease ended, the next one gets it.
//! - A holder whose claim was taken over can neither complete nor release it: the store compares the
//!   holder. So a late holder cannot end the claim of its successor.
//!
//! This is "exactly once" for work that completes. It cannot take back effects: if a process dies
//! after an effect and before [`Store::complete`], its successor repeats the effect. Make the last
//! step the one that must not be repeated, or give the other service a key by which it recognizes the
//! repetition, such as the delivery's id. For the same reason there are no fencing numbers: no
//! Botpress API and no OAuth provider would compare them.
//!
//! # A store that is down
//!
//! Each operation has a timeout of five seconds, so a store that hangs holds a call for that time at most twice: for
//! the claim and for its end.
//! [`WhenDown`] decides whether work is then refused (the default) or done without a claim. An outage
//! is logged when it begins and when it ends, not for each operation.
//!
//! A store of your own implements [`Store`]; `testing::check_store` judges it.

mod api;
mod lease;
mod memory;
mod outage;
#[cfg(all(feature = "redis", not(target_family = "wasm")))]
mod redis;
mod state;

#[cfg(feature = "wizard")]
pub(crate) use self::api::new_holder;
pub(crate) use self::lease::{Lease, Leases, Lost, pauses};
pub(crate) use self::outage::{Outages, Told};
#[cfg(all(feature = "redis", not(target_family = "wasm")))]
pub use self::redis::RedisStore;
pub use self::{
    api::{Claim, Store, StoreError, StoreFuture},
    memory::MemoryStore,
    outage::WhenDown,
    state::StateStore,
};
