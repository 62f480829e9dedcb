//! The pages on which a GitHub user authorizes the OAuth app.

use std::time::Duration;

use contexture::oauth::TokenStore as _;
use contexture::prelude::*;
use contexture::webhook::interstitial;

use crate::GitHub;
use crate::github::{Configuration, Context, OauthConfiguration};

/// The key in the link for the bot's owner. It prevents other people from connecting their own accounts.
pub(crate) fn start_key(github: &GitHub, ctx: &Context) -> Result<String> {
    let app = github.authorizations.app(ctx, oauth(ctx)?)?;
    Ok(app.start_key(&ctx.webhook_id, Duration::from_hours(1)))
}

/// Sends the bot's owner to GitHub's page.
pub(crate) fn start(
    github: &GitHub,
    ctx: &Context,
    request: &WebhookRequest,
) -> Result<WebhookResponse> {
    let app = github.authorizations.app(ctx, oauth(ctx)?)?;
    if let Err(refused) = app.check_start_key(&ctx.webhook_id, request) {
        let logger = ctx.logger().for_bot();
        logger.warn(format_args!(
            "rejected the start of an authorization: {refused}"
        ));
        let answer = WebhookResponse::text("Save the configuration again to get a new link");
        return Ok(answer.with_status(403));
    }
    Ok(WebhookResponse::redirect(app.authorize(&ctx.webhook_id)))
}

/// Handles the return from GitHub, and redirects to the page with the result.
pub(crate) async fn finish(
    github: &GitHub,
    ctx: &Context,
    request: &WebhookRequest,
) -> Result<WebhookResponse> {
    let app = github.authorizations.app(ctx, oauth(ctx)?)?;
    let platform = ctx.webhook_base_url()?;
    let logger = ctx.logger().for_bot();
    let kept = match app.exchange(ctx, request).await {
        Ok(tokens) => ctx.client().states().oauth_tokens().save(&tokens).await,
        Err(error) => Err(error),
    };
    Ok(match kept {
        Ok(()) => {
            logger.info("a GitHub user authorized the app");
            interstitial::success(&platform)
        }
        Err(error) => {
            logger.warn(format_args!("the authorization of the app failed: {error}"));
            interstitial::failure(&platform, "GitHub did not authorize the app")
        }
    })
}

fn oauth(ctx: &Context) -> Result<&OauthConfiguration> {
    match &ctx.configuration {
        Configuration::Oauth(app) => Ok(app),
        Configuration::PersonalAccessToken(_) => {
            bail!("This bot is configured with a personal access token")
        }
    }
}
