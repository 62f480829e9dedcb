//! A request to the wizard: its step and the response.

use super::enter::Entry;
use super::render::{PageView, render, render_refusal};
use super::reply::{Kind, Reply};
#[cfg(feature = "oauth")]
use super::sessions::Opened;
use super::sessions::Sessions;
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
        let (mut entry, claim) = match self.enter(sessions, &site, request).await? {
            Ok(entered) => entered,
            Err(refused) => {
                let logger = ctx.logger().for_bot();
                logger.warn(format_args!("refused a request to the wizard: {refused}"));
                let start = (!self.needs_key).then(|| site.step(self.first().0));
                return Ok(render_refusal(refused, start.as_deref(), site.is_https()));
            }
        };
        let visit = visit_of(&entry, request);
        let name = self.name_of(entry.step)?;
        // What proved an answer proves nothing else, whatever the step does.
        let claim = match claim {
            Some(claim) if entry.is_answer => {
                claim.done();
                entry.opened.session = entry.opened.session.after_answer();
                None
            }
            claim => claim,
        };
        let reply = steps(visit).await;
        let response = match reply {
            Ok(reply) => {
                self.respond(ctx, sessions, &site, &entry, claim, reply)
                    .await
            }
            Err(error) => Err(error),
        };
        response.or_else(|error| {
            let logger = ctx.logger().for_bot();
            logger.error(format_args!(
                "the step `{name}` of the wizard failed: {error}"
            ));
            let answer = answer_error(&error);
            Ok(interstitial::failure(&site.base, &answer.error.message))
        })
    }

    async fn respond<D: Definition>(
        &self,
        ctx: &Context<D>,
        sessions: &Sessions,
        site: &Site,
        entry: &Entry<'_, S>,
        claim: Option<Claim<'_>>,
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
                // Nothing is claimed if a page without a form has ended the wizard.
                let claim = claim.or_else(|| self.claim(&opened.session));
                if let Some(claim) = claim {
                    claim.done();
                }
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
        submission: Submission::read(request.body.unverified_text()),
        request: request.clone(),
        #[cfg(feature = "oauth")]
        verifier,
    }
}
