//! The wizard behind the authorization link, where the user enters the token of a bot.
//!
//! Anyone who has the link can open it. It contains the webhook's id, which Telegram knows, too. So a bot that works is not
//! replaced.

use contexture::prelude::*;
use contexture::wizard::{Form, Page, Reply, Sessions, Visit, Wizard};

use crate::telegram::{Context, CredentialsState};
use crate::telegram_api::{BotToken, TelegramError};
use crate::{Telegram, credentials};

/// The steps of the wizard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Step {
    Start,
    Finish,
}

/// The addresses of the steps.
pub(crate) fn steps() -> Wizard<Step> {
    Wizard::new("start", Step::Start).step("finish", Step::Finish)
}

pub(crate) async fn handle(
    telegram: &Telegram,
    ctx: &Context,
    request: &WebhookRequest,
) -> Result<WebhookResponse> {
    let sessions = Sessions::signed_with(&ctx.secrets().wizard_key);
    let wizard = &telegram.wizard;
    let handled = wizard.handle(ctx, &sessions, request, |visit| async move {
        if let Some(name) = connected(telegram, ctx).await? {
            return Ok(connected_before(&name).into());
        }
        match visit.step {
            Step::Start => Ok(page()?.into()),
            Step::Finish => finish(telegram, ctx, &visit).await,
        }
    });
    handled.await
}

/// The page with the form for the token.
fn page() -> Result<Page<Step>> {
    let form = Form::of::<CredentialsState>(Step::Finish)?.button("Connect");
    let page = Page::new("Connect Telegram").html(
        "<p>Write <code>/newbot</code> to \
         <a href=\"https://t.me/BotFather\" target=\"_blank\" rel=\"noopener noreferrer\">@BotFather</a> \
         to create a bot.</p>",
    );
    Ok(page.form(form))
}

/// Stores the token if Telegram accepts it, and lets Botpress register the integration again.
async fn finish(telegram: &Telegram, ctx: &Context, visit: &Visit<Step>) -> Result<Reply<Step>> {
    let entered = match visit.values::<CredentialsState>()? {
        Ok(entered) => entered.bot_token,
        Err(invalid) => return Ok(page()?.again(invalid).into()),
    };
    let refuse = |problem: &str| {
        let invalid = visit.invalid("botToken", problem);
        Ok(page()?.again(invalid).into())
    };
    let Ok(token) = BotToken::parse(entered.expose()) else {
        return refuse("This is not a bot token. One looks like 123456:ABC-def_1.");
    };
    let identity = match telegram.api.bot(token.clone()).get_me().await {
        Ok(identity) => identity,
        Err(TelegramError::Refused {
            code: 401 | 404, ..
        }) => return refuse("Telegram knows no bot with this token."),
        Err(error) => {
            let logger = ctx.logger().for_bot();
            logger.warn(format_args!("a token could not be checked: {error}"));
            return refuse("The token could not be checked. Try again in a moment.");
        }
    };
    credentials::store(ctx, &token).await?;
    Ok(Reply::done_as(identity.name()))
}

/// The name of the bot that is connected, if Telegram accepts its token.
async fn connected(telegram: &Telegram, ctx: &Context) -> Result<Option<String>> {
    let Some(token) = credentials::readable(ctx).await? else {
        return Ok(None);
    };
    match telegram.api.bot(token).get_me().await {
        Ok(identity) => Ok(Some(identity.name())),
        Err(TelegramError::Refused {
            code: 401 | 404, ..
        }) => Ok(None),
        // Telegram does not say that the bot is gone.
        Err(error) => Err(error.into()),
    }
}

fn connected_before(name: &str) -> Page<Step> {
    Page::new("Telegram is connected").text(format!(
        "The bot {name} is connected. To connect another one, revoke its token with @BotFather first, and open this \
         link again."
    ))
}
