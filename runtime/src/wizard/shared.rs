//! Sessions that several processes use up together.

use std::time::Duration;

use super::refusal::Refused;
use crate::store::{Claim, Store, StoreError, new_holder};

/// How long a form may be handled before another process can take its session.
const LEASE: Duration = Duration::from_mins(2);

/// A session that is claimed in a store.
pub(super) struct SharedClaim<'a> {
    store: &'a dyn Store,
    key: String,
    holder: String,
}

impl<'a> SharedClaim<'a> {
    /// Claims a session.
    pub(super) async fn begin(store: &'a dyn Store, nonce: &str) -> Result<Self, Refused> {
        let claim = Self {
            store,
            key: format!("wizard/{nonce}"),
            holder: new_holder(),
        };
        match store.claim(&claim.key, &claim.holder, LEASE).await {
            Ok(Claim::Claimed) => Ok(claim),
            Ok(Claim::Held { .. }) => Err(Refused::Busy),
            Ok(Claim::Done) => Err(Refused::Used),
            Err(_) => Err(Refused::StoreDown),
        }
    }

    /// Uses the session up for `retention`. Returns `false` if another request has used it.
    pub(super) async fn done(self, retention: Duration) -> Result<bool, StoreError> {
        let retention = retention.max(Duration::from_secs(1));
        self.store
            .complete(&self.key, &self.holder, retention)
            .await
    }

    /// Lets the session be used by another request. If that fails, its lease ends by itself.
    pub(super) async fn release(self) {
        let _ = self.store.release(&self.key, &self.holder).await;
    }
}
