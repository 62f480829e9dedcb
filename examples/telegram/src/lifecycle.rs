//! The handlers of everything that belongs to no action and no channel.

use contexture::prelude::*;
use contexture::webhook::Routes;

use crate::telegram::{Context, Integration};
use crate::telegram_api::{Bot, BotIdentity};
use crate::{Telegram, credentials, inbound, wizard};

impl Integration for Telegram {
    async fn register(&self, ctx: &Context, webhook_url: &str) -> Result {
        let found = credentials::find(ctx).await?;
        let found = found.explain(
            "There is no bot token yet: open the integration's authorization link and enter it",
        )?;
        let secret = found.token.webhook_secret(&ctx.webhook_id);
        let bot = self.api.bot(found.token.clone());
        let identity = bot.get_me().await?;
        bot.set_webhook(webhook_url, &secret).await?;
        if !found.is_stored {
            credentials::store(ctx, &found.token).await?;
        }
        identify(ctx, &identity).await?;
        let name = identity.name();
        let logger = ctx.logger().for_bot();
        logger.info(format_args!("connected to Telegram as {name}"));
        Ok(())
    }

    /// Removes the webhook. An owner whose bot Telegram no longer knows has nothing to remove, and is not kept here.
    async fn unregister(&self, ctx: &Context, _: &str) -> Result {
        let logger = ctx.logger().for_bot();
        let removed = match credentials::find(ctx).await {
            Ok(Some(found)) => remove_webhook(&self.api.bot(found.token)).await,
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        match removed {
            Ok(()) => logger.info("disconnected from Telegram"),
            Err(error) => logger.warn(format_args!(
                "disconnected, but the webhook is still set at Telegram: {error}"
            )),
        }
        Ok(())
    }

    async fn webhook(&self, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
        let routes = Routes::new()
            .post("/", Page::Update)
            .get("/oauth/wizard/start", Page::Start)
            .post("/oauth/wizard/finish", Page::Finish);
        let page = match routes.find(&request) {
            Ok(found) => found.page,
            Err(refusal) => return Ok(refusal),
        };
        match page {
            Page::Update => inbound::handle(self, ctx, request).await,
            Page::Start => wizard::start(None),
            // Nobody signs what a browser sends; the token in it is checked instead.
            Page::Finish => wizard::finish(self, ctx, &request.assume_verified()).await,
        }
    }
}

/// What comes to the webhook: updates of Telegram, and people who follow the authorization link.
#[derive(Clone, Copy)]
enum Page {
    Update,
    Start,
    Finish,
}

/// Tells Botpress which bot the installation speaks for.
pub(crate) async fn identify(ctx: &Context, identity: &BotIdentity) -> Result {
    let configure = ctx.client().configure().identifier(identity.name());
    configure.send().await?;
    Ok(())
}

/// Has Telegram send no more updates.
pub(crate) async fn remove_webhook(bot: &Bot) -> Result {
    Ok(bot.delete_webhook().await?)
}
