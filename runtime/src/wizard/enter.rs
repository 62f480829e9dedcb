//! The checks before a step.

use std::time::SystemTime;

use super::refusal::Refused;
use super::session::{Session, same, seconds};
use super::sessions::{Opened, Sessions};
use super::site::{ANSWER, Site, step_name};
use super::steps::Wizard;
use super::submission::{FORM_TOKEN, Submission};
use super::used::Claim;
use crate::Result;
use crate::webhook::WebhookRequest;

/// A request that may run its step.
pub(super) struct Entry<'a, S> {
    pub(super) step: S,
    pub(super) opened: Opened<'a>,
    /// The session is not kept by the browser yet.
    pub(super) is_new: bool,
    pub(super) is_answer: bool,
}

impl<S: Copy + PartialEq> Wizard<S> {
    /// Checks whether a request may run its step.
    pub(super) async fn enter<'a>(
        &self,
        sessions: &'a Sessions,
        site: &'a Site,
        request: &WebhookRequest,
    ) -> Result<Result<(Entry<'a, S>, Option<Claim<'_>>), Refused>> {
        let rules = site.cookie_rules();
        let opened = sessions.open(&site.webhook_id, rules, request).await?;
        let entered = if request.path.trim_end_matches('/') == ANSWER {
            self.enter_answer(opened, site, request)
        } else {
            match self.enter_step(opened, site, request) {
                Err(Refused::NoSession) if self.is_start(request) => self
                    .begin(sessions, site, request)?
                    .map(|entry| (entry, None)),
                entered => entered,
            }
        };
        Ok(entered)
    }

    /// Checks the answer of a provider.
    fn enter_answer<'a>(
        &self,
        opened: Result<Opened<'a>, Refused>,
        site: &Site,
        request: &WebhookRequest,
    ) -> Result<(Entry<'a, S>, Option<Claim<'_>>), Refused> {
        if !request.method.eq_ignore_ascii_case("GET") {
            return Err(Refused::Method);
        }
        if request.query_field("state").as_deref() != Some(&site.webhook_id) {
            return Err(Refused::State);
        }
        let opened = opened?;
        let awaits = opened
            .session
            .awaits
            .as_deref()
            .ok_or(Refused::Unexpected)?;
        let step = self.find(awaits).ok_or(Refused::NoStep)?;
        let claim = self.claim(&opened.session)?;
        let entry = Entry {
            step,
            opened,
            is_new: true,
            is_answer: true,
        };
        Ok((entry, Some(claim)))
    }

    /// Checks a request to a step. A request that may begin a session is refused as
    /// [`Refused::NoSession`].
    fn enter_step<'a>(
        &self,
        opened: Result<Opened<'a>, Refused>,
        site: &Site,
        request: &WebhookRequest,
    ) -> Result<(Entry<'a, S>, Option<Claim<'_>>), Refused> {
        let name = step_name(&request.path).ok_or(Refused::NoStep)?;
        let step = self.find(&name).ok_or(Refused::NoStep)?;
        let state = request.query_field("state");
        if state.is_some_and(|state| state != site.webhook_id) {
            return Err(Refused::State);
        }
        let is_post = request.method.eq_ignore_ascii_case("POST");
        if !is_post && !request.method.eq_ignore_ascii_case("GET") {
            return Err(Refused::Method);
        }
        let may_begin = self.is_start(request);
        let begin = |refused| {
            if may_begin {
                Refused::NoSession
            } else {
                refused
            }
        };
        let opened = opened.map_err(begin)?;
        let session = &opened.session;
        // Showing a page again does no harm, so that only a form claims its session.
        let claim = if is_post {
            let sent = Submission::read(request.body.unverified_text());
            session.check_form_token(&name, sent.own(FORM_TOKEN), opened.signer)?;
            Some(self.claim(session)?)
        } else if self.was_used(session) {
            return Err(begin(Refused::Used));
        } else if may_begin && !self.needs_key && self.is_late(session) {
            return Err(Refused::NoSession);
        } else {
            None
        };
        let entry = Entry {
            step,
            opened,
            is_new: false,
            is_answer: false,
        };
        Ok((entry, claim))
    }

    /// Begins a session on the first page.
    fn begin<'a>(
        &self,
        sessions: &'a Sessions,
        site: &'a Site,
        request: &WebhookRequest,
    ) -> Result<Result<Entry<'a, S>, Refused>> {
        let signer = sessions.signer(&site.webhook_id)?;
        if self.needs_key {
            let key = request.query_field("key").unwrap_or_default();
            let (expires, signature) = key.split_once('.').unwrap_or_default();
            let now = seconds(SystemTime::now());
            let mut signers = sessions.signers(&site.webhook_id);
            let is_valid = signers.any(|signer| same(&signer.sign("start", expires), signature))
                && expires.parse().is_ok_and(|expires: u64| now < expires);
            if !is_valid {
                return Ok(Err(Refused::Key));
            }
        }
        Ok(Ok(Entry {
            step: self.first().1,
            opened: Opened {
                session: Session::begin(SystemTime::now(), self.valid_for),
                signer,
            },
            is_new: true,
            is_answer: false,
        }))
    }

    fn is_start(&self, request: &WebhookRequest) -> bool {
        let is_first = step_name(&request.path).is_some_and(|name| name == self.first().0);
        is_first && request.method.eq_ignore_ascii_case("GET")
    }
}
