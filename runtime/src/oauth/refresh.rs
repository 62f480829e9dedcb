//! One refresh of tokens, by one process at a time.

use std::time::Duration;

use super::{OauthError, RefusalKind, TokenSource, TokenStore, Tokens};
use crate::store::{Claim, Leases, Lost, StoreError, Told, WhenDown, pauses};
use crate::{Context, Definition, Secret};

/// What the log says while the store is down.
pub(super) const TOLD: Told = Told {
    refusing: "OAuth tokens are not refreshed",
    proceeding: "OAuth tokens are refreshed, maybe by several processes at the same time",
};

/// A refresh, whose copies of the context, the application and the store outlive the caller.
pub(super) struct Refresh<D: Definition, A, S> {
    pub(super) ctx: Context<D>,
    pub(super) app: A,
    pub(super) store: S,
    /// How long a stored token must be valid to be used instead.
    pub(super) needed: Duration,
    /// The access token that is to be replaced.
    pub(super) replaced: Secret,
    /// Whether the callers that wait share the result.
    pub(super) is_shared: bool,
}

impl<D: Definition, A: TokenSource, S: TokenStore> Refresh<D, A, S> {
    /// Returns the stored token if it is valid, and a new one otherwise.
    pub(super) async fn token(&mut self) -> Result<Secret, OauthError> {
        let tokens = self.store.load().await?;
        if let Some(token) = valid(tokens.as_ref(), self.needed) {
            return Ok(token);
        }
        self.renew(tokens.as_ref()).await
    }

    /// Does the same while no other process does. If another process does, its tokens are waited for.
    pub(super) async fn token_under_lease(
        &mut self,
        leases: Leases,
        when_down: WhenDown,
        lasts: Duration,
    ) -> Result<Secret, OauthError> {
        let mut lease = leases.lease(format!("refresh:{}", self.ctx.integration_id), lasts);
        for pause in pauses() {
            // A claim that began after another process stored its tokens must see them.
            let claim = lease.claim().await;
            let loaded = match &claim {
                Ok(Claim::Claimed) => lease.keep(self.store.load()).await,
                _ => Ok(self.store.load().await),
            };
            let tokens = match loaded {
                Ok(tokens) => tokens?,
                Err(Lost::Taken) => continue,
                Err(Lost::StoreIsDown) => {
                    let late = StoreError::new("the lease was not renewed in time");
                    return self.without_store(None, &late);
                }
            };
            // A token that another process has just fetched is used even if its lifetime is short.
            let needed = if access_token(tokens.as_ref()) == self.replaced {
                self.needed
            } else {
                Duration::ZERO
            };
            if let Some(token) = valid(tokens.as_ref(), needed) {
                lease.release().await;
                return Ok(token);
            }
            match claim {
                Ok(Claim::Claimed) => {}
                Err(_) if when_down == WhenDown::Proceed => {}
                Err(error) => return self.without_store(tokens.as_ref(), &error),
                Ok(Claim::Held { .. } | Claim::Done) => {
                    // The timeout of the whole refresh limits it.
                    lease.pause(pause, Duration::MAX).await;
                    continue;
                }
            }
            // Once the provider has the request, its new tokens must be stored, whoever has the lease.
            let token = lease.keep_to_the_end(self.renew(tokens.as_ref())).await;
            lease.release().await;
            return token;
        }
        unreachable!("the pauses do not end")
    }

    /// Uses a token whose end is near, because it must not be refreshed.
    fn without_store(
        &mut self,
        tokens: Option<&Tokens>,
        error: &StoreError,
    ) -> Result<Secret, OauthError> {
        self.is_shared = true;
        valid(tokens, Duration::ZERO).ok_or_else(|| OauthError::Lease {
            problem: error.full_message(),
        })
    }

    async fn renew(&mut self, tokens: Option<&Tokens>) -> Result<Secret, OauthError> {
        self.is_shared = true;
        match self.app.renew(&self.ctx, tokens).await {
            Ok(fresh) => {
                self.store.save(&fresh).await?;
                Ok(fresh.access_token)
            }
            Err(OauthError::Refused {
                kind: RefusalKind::AuthorizeAgain,
                ..
            }) => {
                let kept = self.store.load().await?;
                let by_another =
                    kept.filter(|kept| access_token(Some(kept)) != access_token(tokens));
                valid(by_another.as_ref(), Duration::ZERO).ok_or(OauthError::NotAuthorized)
            }
            Err(error) => Err(error),
        }
    }
}

/// Returns the access token if it is valid for longer than this time.
fn valid(tokens: Option<&Tokens>, time: Duration) -> Option<Secret> {
    let tokens = tokens.filter(|tokens| tokens.holds_for(time));
    tokens.map(|tokens| tokens.access_token.clone())
}

/// Returns the access token, or an empty one.
pub(super) fn access_token(tokens: Option<&Tokens>) -> Secret {
    tokens.map_or_else(|| Secret::from(""), |tokens| tokens.access_token.clone())
}
