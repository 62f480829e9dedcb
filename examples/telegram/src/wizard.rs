//! The pages behind the authorization link, where the user enters the token of a bot.
//!
//! Any client that can open them can set the bot. The link must stay secret, like the URL of the webhook.

use contexture::prelude::*;
use contexture::webhook::{Html, Template, Verified, interstitial};
use serde::Deserialize;

use crate::telegram::Context;
use crate::telegram_api::{BotToken, TelegramError};
use crate::{Telegram, credentials, lifecycle};

/// The page with the form for the token.
const FORM: Template = Template::new(include_str!("wizard.html"));

/// The fields of the form.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entered {
    #[serde(default)]
    bot_token: String,
}

/// The page with the form for the token. It never shows a token, is not cached, and sends no referrer.
pub(crate) fn start(problem: Option<&str>) -> Result<WebhookResponse> {
    let page = FORM.text("problem", problem.unwrap_or_default()).render()?;
    Ok(respond(page))
}

fn respond(page: Html) -> WebhookResponse {
    WebhookResponse::html(page)
        .with_header("cache-control", "no-store")
        .with_header("referrer-policy", "no-referrer")
        .with_header(
            "content-security-policy",
            "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
        )
}

/// Stores the token if Telegram accepts it, and lets Botpress register the integration again.
pub(crate) async fn finish(
    telegram: &Telegram,
    ctx: &Context,
    request: &Verified<WebhookRequest>,
) -> Result<WebhookResponse> {
    let entered = request.form::<Entered>()?.bot_token;
    if entered.trim().is_empty() {
        return start(Some("Enter the token of your bot."));
    }
    let token = match BotToken::parse(&entered) {
        Ok(token) => token,
        Err(error) => return start(Some(&format!("This is not a token: {error}."))),
    };
    let identity = match telegram.api.bot(token.clone()).get_me().await {
        Ok(identity) => identity,
        Err(TelegramError::Refused {
            code: 401 | 404, ..
        }) => return start(Some("Telegram knows no bot with this token.")),
        Err(error) => {
            let logger = ctx.logger().for_bot();
            logger.warn(format_args!("a token could not be checked: {error}"));
            return start(Some(
                "The token could not be checked. Try again in a moment.",
            ));
        }
    };
    leave_other_bot(telegram, ctx, &token).await;
    credentials::store(ctx, &token).await?;
    lifecycle::identify(ctx, &identity).await?;
    Ok(interstitial::success(&ctx.webhook_base_url()?))
}

/// Stops the updates of the previous bot, if it is another one.
async fn leave_other_bot(telegram: &Telegram, ctx: &Context, token: &BotToken) {
    let before = credentials::find(ctx).await.ok().flatten();
    let before = before.filter(|before| before.token.bot_id() != token.bot_id());
    let Some(before) = before else { return };
    if let Err(error) = lifecycle::remove_webhook(&telegram.api.bot(before.token)).await {
        let logger = ctx.logger().for_bot();
        logger.warn(format_args!(
            "the webhook of the previous bot is still set: {error}"
        ));
    }
}
