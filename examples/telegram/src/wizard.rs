//! The pages behind the authorization link, where somebody enters the token of their bot.
//!
//! Who can open them can set the bot: the link is as secret as the address of the webhook.

use contexture::prelude::*;
use contexture::webhook::{Html, Template, Verified, interstitial};
use serde::Deserialize;

use crate::telegram::Context;
use crate::telegram_api::{BotToken, TelegramError};
use crate::{Telegram, credentials, lifecycle};

/// The page that asks for the token.
const FORM: Template = Template::new(include_str!("wizard.html"));

/// What the page sends back.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entered {
    #[serde(default)]
    bot_token: String,
}

/// The page that asks for the token. It never shows one, and is neither kept nor named to other pages.
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

/// Takes the token, when Telegram knows it, and has Botpress register the integration with it.
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
        Err(error) => return start(Some(&format!("This is no token: {error}."))),
    };
    let identity = match telegram.api.bot(token.clone()).get_me().await {
        Ok(identity) => identity,
        Err(TelegramError::Refused {
            code: 401 | 404, ..
        }) => return start(Some("Telegram knows no bot with this token.")),
        Err(error) => {
            let logger = ctx.logger().for_bot();
            logger.warn(format_args!("a token was not checked: {error}"));
            return start(Some("Telegram could not be asked. Try again in a moment."));
        }
    };
    leave_other_bot(telegram, ctx, &token).await;
    credentials::store(ctx, &token).await?;
    lifecycle::identify(ctx, &identity).await?;
    Ok(interstitial::success(&ctx.webhook_base_url()?))
}

/// Has the bot of before, if it is another one, send nothing here any more.
async fn leave_other_bot(telegram: &Telegram, ctx: &Context, token: &BotToken) {
    let before = credentials::find(ctx).await.ok().flatten();
    let before = before.filter(|before| before.token.bot_id() != token.bot_id());
    let Some(before) = before else { return };
    if let Err(error) = lifecycle::remove_webhook(&telegram.api.bot(before.token)).await {
        let logger = ctx.logger().for_bot();
        logger.warn(format_args!(
            "the webhook of the bot of before is still set: {error}"
        ));
    }
}
