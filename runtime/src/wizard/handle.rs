//! A request to the wizard: its step and the response.

use super::enter::Entry;
use super::refusal::Refused;
use super::render::{PageView, render, render_refusal};
use super::reply::{Kind, Reply};
#[cfg(feature = "oauth")]
use super::sessions::Opened;
use super::sessions::Sessions;
use super::shared::SharedClaim;
use super::site::{Site, check_url};
use super::steps::Wizard;
use super::submission::Submission;
use super::used::Claim;
use super::visit::Visit;
#[cfg(feature = "oauth")]
use crate::Secret;
use crate::error::answer_error;
use crate::webhook::{WebhookRequest, WebhookResponse, interstitial};
use crate::{Context, Definition, Result};

impl<S: Copy + PartialEq> Wizard<S> {
    /// Checks the session of a request, runs its step, and returns the response to the browser.
    ///
    /// A request that does not continue a session is refused with a page that leads to the start,
    /// and logged. If the step fails, its error is logged, and the browser is sent to Botpress's
    /// page for failures.
    ///
    /// # Errors
    ///
    /// Returns an error if the base URL of webhooks is unknown, if the sessions have no key, or if a
    /// state that keeps them cannot be read.
    pub async fn handle<D, F, Fut>(
        &self,
        ctx: &Context<D>,
        sessions: &Sessions,
        request: &WebhookRequest,
        steps: F,
    ) -> Result<WebhookResponse>
    where
        D: Definition,
        F: FnOnce(Visit<S>) -> Fut,
        Fut: Future<Output = Result<Reply<S>>>,
    {
        let site = Site::of(ctx)?;
        sessions.signer(&site.webhook_id)?;
        let (mut entry, mut claim) = match self.enter(sessions, &site, request).await? {
            Ok(entered) => entered,
            Err(refused) => return Ok(self.refuse(ctx, &site, refused)),
        };
        let mut shared = None;
        if claim.is_some() {
            shared = match self.claim_shared(&entry.opened.session).await {
                Ok(shared) => shared,
                Err(refused) => return Ok(self.refuse(ctx, &site, refused)),
            };
        }
        let visit = visit_of(&entry, request);
        let name = self.name_of(entry.step)?;
        // What proved an answer proves nothing else, whatever the step does.
        if entry.is_answer {
            if let Err(refused) = self.use_up(claim.take(), shared.take()).await {
                return Ok(self.refuse(ctx, &site, refused));
            }
            entry.opened.session = entry.opened.session.after_answer();
        }
        let reply = steps(visit).await;
        let ends = matches!(&reply, Ok(Reply(Kind::Done(_) | Kind::Failed(_))));
        if ends && !entry.is_answer {
            if let Err(refused) = self.end_session(&entry, claim.take(), shared.take()).await {
                return Ok(self.refuse(ctx, &site, refused));
            }
        } else if let Some(shared) = shared.take() {
            shared.release().await;
        }
        let response = match reply {
            Ok(reply) => self.respond(ctx, sessions, &site, &entry, reply).await,
            Err(error) => Err(error),
        };
        let error = match response {
            Ok(response) => return Ok(response),
            Err(error) => error,
        };
        let logger = ctx.logger().for_bot();
        logger.error(format_args!(
            "the step `{name}` of the wizard failed: {error}"
        ));
        let answer = answer_error(&error);
        let failure = interstitial::failure(&site.base, &answer.error.message);
        if ends || entry.is_answer {
            let rules = site.cookie_rules();
            return sessions.forget(&entry.opened, rules, failure).await;
        }
        Ok(failure)
    }

    /// Uses the session up that a step ends. Nothing is claimed yet if a page without a form ends it.
    async fn end_session(
        &self,
        entry: &Entry<'_, S>,
        claim: Option<Claim<'_>>,
        shared: Option<SharedClaim<'_>>,
    ) -> Result<(), Refused> {
        if claim.is_some() {
            return self.use_up(claim, shared).await;
        }
        let session = &entry.opened.session;
        let claim = self.claim(session)?;
        let shared = self.claim_shared(session).await?;
        self.use_up(Some(claim), shared).await
    }

    /// Logs a refusal and returns its page.
    fn refuse<D: Definition>(
        &self,
        ctx: &Context<D>,
        site: &Site,
        refused: Refused,
    ) -> WebhookResponse {
        let logger = ctx.logger().for_bot();
        logger.warn(format_args!("refused a request to the wizard: {refused}"));
        let start = (!self.needs_key).then(|| site.step(self.first().0));
        render_refusal(refused, start.as_deref(), site.is_https())
    }

    async fn respond<D: Definition>(
        &self,
        ctx: &Context<D>,
        sessions: &Sessions,
        site: &Site,
        entry: &Entry<'_, S>,
        reply: Reply<S>,
    ) -> Result<WebhookResponse> {
        let rules = site.cookie_rules();
        let opened = &entry.opened;
        let response = match reply.0 {
            Kind::Page(page) => {
                let step_url = |step| Ok(site.step(self.name_of(step)?));
                let form_token = |step| {
                    let name = self.name_of(step)?;
                    Ok(opened.session.form_token(name, opened.signer))
                };
                render(&PageView {
                    page: &page,
                    is_https: site.is_https(),
                    webhook_id: &site.webhook_id,
                    step_url: &step_url,
                    form_token: &form_token,
                    check_url: &|url| check_url(ctx, url),
                })?
            }
            Kind::Step(step) => WebhookResponse::redirect(site.step(self.name_of(step)?)),
            Kind::Url(url) => {
                check_url(ctx, &url)?;
                WebhookResponse::redirect(url)
            }
            #[cfg(feature = "oauth")]
            Kind::Authorize(app, step) => {
                let name = self.name_of(step)?;
                let verifier = opened.session.verifier(name, opened.signer);
                let url = app.authorization_url(site.webhook_id.clone(), verifier);
                check_url(ctx, &url)?;
                let awaiting = Opened {
                    session: opened.session.awaiting(name),
                    signer: opened.signer,
                };
                let response = WebhookResponse::redirect(url);
                return sessions.keep(&awaiting, rules, response).await;
            }
            end @ (Kind::Done(_) | Kind::Failed(_)) => {
                let response = self.end(ctx, site, end).await?;
                return sessions.forget(opened, rules, response).await;
            }
        };
        if entry.is_new {
            sessions.keep(opened, rules, response).await
        } else {
            Ok(response)
        }
    }

    async fn end<D: Definition>(
        &self,
        ctx: &Context<D>,
        site: &Site,
        end: Kind<S>,
    ) -> Result<WebhookResponse> {
        match end {
            Kind::Failed(message) => Ok(interstitial::failure(&site.base, &message)),
            Kind::Done(Some(identifier)) => {
                let configure = ctx.client().configure().identifier(identifier);
                configure.send().await?;
                Ok(interstitial::success(&site.base))
            }
            _ => Ok(interstitial::success(&site.base)),
        }
    }
}

/// Returns what a step gets.
fn visit_of<S: Copy>(entry: &Entry<'_, S>, request: &WebhookRequest) -> Visit<S> {
    #[cfg(feature = "oauth")]
    let verifier = {
        let Opened { session, signer } = &entry.opened;
        let awaits = session.awaits.as_deref().filter(|_| entry.is_answer);
        awaits.map(|step| Secret::new(session.verifier(step, *signer)))
    };
    Visit {
        step: entry.step,
        is_form: request.method.eq_ignore_ascii_case("POST"),
        submission: Submission::read(request.body.unverified_text()),
        request: request.clone(),
        #[cfg(feature = "oauth")]
        verifier,
    }
}
