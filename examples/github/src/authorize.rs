//! The wizard behind the authorization link, where a GitHub user authorizes the OAuth app.

use contexture::oauth::{OauthError, TokenStore as _};
use contexture::prelude::*;
use contexture::webhook::interstitial;
use contexture::wizard::{Button, Page, Reply, Sessions, Visit, Wizard};
use hyper::StatusCode;

use crate::GitHub;
use crate::github::{Configuration, Context, OauthConfiguration};
use crate::github_api::GitHubError;

/// The steps of the wizard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Step {
    Start,
    Connected,
    Keep,
}

/// The addresses of the steps.
pub(crate) fn steps() -> Wizard<Step> {
    Wizard::new("start", Step::Start)
        .step("connected", Step::Connected)
        .step("keep", Step::Keep)
}

pub(crate) async fn handle(
    github: &GitHub,
    ctx: &Context,
    request: &WebhookRequest,
) -> Result<WebhookResponse> {
    let configuration = match &ctx.configuration {
        Configuration::Oauth(app) => app,
        Configuration::PersonalAccessToken(_) => {
            let problem = "This bot is configured with a personal access token";
            return Ok(interstitial::failure(&ctx.webhook_base_url()?, problem));
        }
    };
    let sessions = Sessions::signed_with(&configuration.client_secret);
    let wizard = &github.wizard;
    let handled = wizard.handle(ctx, &sessions, request, |visit| {
        run(github, ctx, configuration, visit)
    });
    handled.await
}

async fn run(
    github: &GitHub,
    ctx: &Context,
    configuration: &OauthConfiguration,
    visit: Visit<Step>,
) -> Result<Reply<Step>> {
    if is_connected(github, ctx).await? {
        return Ok(match visit.step {
            Step::Keep => Reply::done_as(&ctx.webhook_id),
            Step::Start | Step::Connected => connected_before().into(),
        });
    }
    let app = github.authorizations.app(ctx, configuration)?;
    match visit.step {
        Step::Start | Step::Keep => Ok(Reply::authorize(&app, Step::Connected)),
        Step::Connected => {
            let logger = ctx.logger().for_bot();
            let tokens = match visit.tokens(ctx, &app).await {
                Ok(tokens) => tokens,
                Err(error @ (OauthError::Denied { .. } | OauthError::Refused { .. })) => {
                    logger.warn(format_args!("the authorization of the app failed: {error}"));
                    return Ok(Reply::failed("GitHub did not authorize the app"));
                }
                Err(error) => return Err(error.into()),
            };
            ctx.client().states().oauth_tokens().save(&tokens).await?;
            logger.info("a GitHub user authorized the app");
            Ok(Reply::done_as(&ctx.webhook_id))
        }
    }
}

/// Whether the app has a token that GitHub accepts. Anyone who knows the webhook's id can open the link, and must not put
/// their own account in the place of the connected one.
async fn is_connected(github: &GitHub, ctx: &Context) -> Result<bool> {
    if ctx.client().states().oauth_tokens().get().await?.is_none() {
        return Ok(false);
    }
    let Some(token) = github.find_token(ctx).await? else {
        return Ok(false);
    };
    match github.api.check_token(ctx, &token).await {
        Ok(()) => Ok(true),
        Err(GitHubError::Refused { status, .. }) if status == StatusCode::UNAUTHORIZED => Ok(false),
        // GitHub does not say that the account is gone.
        Err(error) => Err(error.into()),
    }
}

fn connected_before() -> Page<Step> {
    Page::new("GitHub is connected")
        .text(
            "To connect another account, revoke the app's access in the settings of the connected GitHub account \
             first, and open this link again.",
        )
        .button(Button::step("Keep this account", Step::Keep))
}
