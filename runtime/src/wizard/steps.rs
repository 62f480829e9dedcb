//! The wizard: its steps and settings.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::refusal::Refused;
use super::session::{Session, seconds};
use super::sessions::Sessions;
use super::shared::SharedClaim;
use super::site::{ANSWER, Site, step_name};
use super::used::{Claim, UsedSessions};
use crate::store::Store;
use crate::webhook::WebhookRequest;
use crate::{Context, Definition, Error, Result};

/// The default time from the first page to the end.
const VALIDITY: Duration = Duration::from_mins(30);

/// A wizard: the named steps behind the authorization link.
///
/// Store it in the handlers, which live as long as the process: it remembers which sessions were
/// used. `S` is a type of your own, usually an enum, so that the compiler checks that a `match`
/// handles every step. See the [module](super).
#[derive(Debug)]
pub struct Wizard<S> {
    steps: Vec<(&'static str, S)>,
    pub(super) valid_for: Duration,
    pub(super) needs_key: bool,
    used: UsedSessions,
    store: Option<Arc<dyn Store>>,
}

impl<S: Copy + PartialEq> Wizard<S> {
    /// Creates a wizard with its first step. The link template of the definition leads to it:
    /// `/oauth/wizard/<name>`.
    #[must_use]
    pub fn new(name: &'static str, first: S) -> Self {
        Self {
            steps: vec![(name, first)],
            valid_for: VALIDITY,
            needs_key: false,
            used: UsedSessions::new(VALIDITY),
            store: None,
        }
    }

    /// Adds a step. Its name is the end of its address.
    #[must_use]
    pub fn step(mut self, name: &'static str, step: S) -> Self {
        self.steps.push((name, step));
        self
    }

    /// Sets the time from the first page to the end (default: 30 minutes).
    #[must_use]
    pub fn valid_for(mut self, time: Duration) -> Self {
        self.valid_for = time;
        self.used = UsedSessions::new(time);
        self
    }

    /// Shares the memory of used sessions with other processes, so that an answer is accepted once by
    /// all of them. While the store is down, answers and forms are refused.
    #[must_use]
    pub fn store(mut self, store: impl Store + 'static) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// Opens the first page only for a link of [`start_url`](Self::start_url). The link template of
    /// the definition cannot create one.
    #[must_use]
    pub fn only_with_key(mut self) -> Self {
        self.needs_key = true;
        self
    }

    /// Creates the address of the first page with a key that is valid for this webhook and for
    /// `valid_for`. Send it only to the bot's owner, for example with the bot's log.
    ///
    /// # Errors
    ///
    /// Returns an error if the base URL of webhooks is unknown, or if the sessions have no key.
    pub fn start_url<D: Definition>(
        &self,
        ctx: &Context<D>,
        sessions: &Sessions,
        valid_for: Duration,
    ) -> Result<String> {
        let site = Site::of(ctx)?;
        let expires = seconds(SystemTime::now()).saturating_add(valid_for.as_secs());
        let signature = sessions
            .signer(&site.webhook_id)?
            .sign("start", &expires.to_string());
        Ok(format!(
            "{}&key={expires}.{signature}",
            site.step(self.first().0)
        ))
    }

    /// Returns whether a request is for the wizard: `/oauth` or `/oauth/wizard/<step>`.
    #[must_use]
    pub fn is_visited_by(&self, request: &WebhookRequest) -> bool {
        request.path.trim_end_matches('/') == ANSWER || step_name(&request.path).is_some()
    }

    /// Claims a session in this process. It is then used up unless the claim is dropped.
    pub(super) fn claim(&self, session: &Session) -> Result<Claim<'_>, Refused> {
        let refused = || {
            if self.was_used(session) {
                Refused::Used
            } else {
                Refused::Busy
            }
        };
        self.used.claim(&session.nonce).ok_or_else(refused)
    }

    /// Claims a session in the store, if there is one.
    pub(super) async fn claim_shared(
        &self,
        session: &Session,
    ) -> Result<Option<SharedClaim<'_>>, Refused> {
        let Some(store) = &self.store else {
            return Ok(None);
        };
        SharedClaim::begin(store.as_ref(), &session.nonce)
            .await
            .map(Some)
    }

    /// Uses a session up, here and in the store.
    pub(super) async fn use_up(
        &self,
        claim: Option<Claim<'_>>,
        shared: Option<SharedClaim<'_>>,
    ) -> Result<(), Refused> {
        if let Some(shared) = shared {
            let done = shared.done(self.valid_for).await;
            if !done.map_err(|_| Refused::StoreDown)? {
                return Err(Refused::Used);
            }
        }
        if let Some(claim) = claim {
            claim.done();
        }
        Ok(())
    }

    pub(super) fn was_used(&self, session: &Session) -> bool {
        self.used.contains(&session.nonce)
    }

    pub(super) fn first(&self) -> (&'static str, S) {
        self.steps[0]
    }

    /// Returns whether too little time is left to begin with this session. Two tabs share one until
    /// then, because the provider's answer does not say from which tab it comes.
    pub(super) fn is_late(&self, session: &Session) -> bool {
        session.seconds_left(SystemTime::now()) < self.valid_for.as_secs() / 2
    }

    pub(super) fn find(&self, name: &str) -> Option<S> {
        let found = self.steps.iter().find(|(known, _)| *known == name);
        found.map(|(_, step)| *step)
    }

    pub(super) fn name_of(&self, step: S) -> Result<&'static str> {
        let found = self.steps.iter().find(|(_, known)| *known == step);
        let found = found.map(|(name, _)| *name);
        found.ok_or_else(|| Error::from("a step of the wizard has no name: add it with `step`"))
    }
}
