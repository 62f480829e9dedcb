//! The handlers of the lifecycle and of webhooks.

use contexture::Logger;
use contexture::prelude::*;
use contexture::webhook::Routes;

use crate::telegram::{Context, Definition, Integration};
use crate::telegram_api::{Bot, BotIdentity, BotToken};
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

    /// Removes the webhook. Succeeds if Telegram no longer knows the bot, because there is nothing to remove.
    async fn unregister(&self, ctx: &Context, _: &str) -> Result {
        let removed = match credentials::find(ctx).await {
            Ok(Some(found)) => remove_webhook(&self.api.bot(found.token)).await,
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        tell_how_it_went(&ctx.logger().for_bot(), removed);
        Ok(())
    }

    /// Removes the webhook of the stored bot if the configuration is from another version.
    async fn unregister_unreadable(&self, call: &UnreadableConfiguration) -> Result {
        let states = call.client::<Definition>().states();
        let removed = async {
            let Some(stored) = states.credentials().get().await? else {
                return Ok(());
            };
            let token = BotToken::parse(stored.bot_token.expose())?;
            remove_webhook(&self.api.bot(token)).await
        };
        let removed = removed.await;
        tell_how_it_went(&call.logger().for_bot(), removed);
        Ok(())
    }

    async fn webhook(&self, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
        if self.wizard.is_visited_by(&request) {
            return wizard::handle(self, ctx, &request).await;
        }
        let routes = Routes::new().post("/", ());
        match routes.find(&request) {
            Ok(_) => inbound::handle(self, ctx, request).await,
            Err(refusal) => Ok(refusal),
        }
    }
}

fn tell_how_it_went(logger: &Logger, removed: Result) {
    match removed {
        Ok(()) => logger.info("disconnected from Telegram"),
        Err(error) => logger.warn(format_args!(
            "disconnected, but the webhook is still set at Telegram: {error}"
        )),
    }
}

/// Sends the identity of the installation's bot to Botpress.
async fn identify(ctx: &Context, identity: &BotIdentity) -> Result {
    let configure = ctx.client().configure().identifier(identity.name());
    configure.send().await?;
    Ok(())
}

/// Stops Telegram's updates.
async fn remove_webhook(bot: &Bot) -> Result {
    Ok(bot.delete_webhook().await?)
}
