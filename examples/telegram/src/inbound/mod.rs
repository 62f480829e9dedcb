//! Updates of Telegram, which become messages in Botpress.
//!
//! Telegram repeats an update until the response is a 2xx. A temporary failure is therefore an error, a permanent one
//! is logged and acknowledged, and an update that was already delivered is recognized by its tags.

mod button;
mod content;
mod deliver;
mod file;
mod sender;
mod update;

use contexture::prelude::*;
use contexture::webhook::signature::{self, SignatureError};

use self::content::Content;
use self::deliver::Incoming;
use self::sender::Sender;
use self::update::{Message, Update};
use crate::telegram::Context;
use crate::telegram_api::Bot;
use crate::{Telegram, credentials};

/// The header with the secret of `setWebhook`.
pub(crate) const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";

/// Handles an update after its secret was verified.
pub(crate) async fn handle(
    telegram: &Telegram,
    ctx: &Context,
    request: WebhookRequest,
) -> Result<WebhookResponse> {
    let found = credentials::find(ctx)
        .await?
        .ok_or(SignatureError::NoSecret)?;
    let secret = found.token.webhook_secret(&ctx.webhook_id);
    let request = signature::shared_token(SECRET_HEADER, &secret).verify(request)?;
    let bot = telegram.api.bot(found.token);
    let logger = ctx.logger().for_bot();
    let update = match request.json::<Update>() {
        Ok(update) => update,
        Err(error) => {
            logger.warn(format_args!("ignored an update: {error}"));
            return Ok(WebhookResponse::ok());
        }
    };
    let id = update.id;
    if let Ignored(Some(reason)) = read(ctx, &bot, update).await? {
        logger.debug(format_args!("ignored update {id}: {reason}"));
    }
    Ok(WebhookResponse::ok())
}

/// The reason why an update was ignored. `None` if it was delivered.
struct Ignored(Option<&'static str>);

async fn read(ctx: &Context, bot: &Bot, update: Update) -> Result<Ignored> {
    if let Some(query) = update.callback_query {
        return button::read(ctx, bot, query).await;
    }
    match update.message {
        Some(message) => read_message(ctx, bot, &message).await,
        None => Ok(Ignored(Some("the integration does not support its kind"))),
    }
}

async fn read_message(ctx: &Context, bot: &Bot, message: &Message) -> Result<Ignored> {
    let Some(sender) = Sender::of(message) else {
        return Ok(Ignored(Some("it has no sender")));
    };
    if sender.is_bot {
        return Ok(Ignored(Some("a bot sent it")));
    }
    let Some(content) = Content::of(message) else {
        return Ok(Ignored(Some("the channel has no message for its content")));
    };
    let incoming = Incoming {
        ctx,
        chat: &message.chat,
        sender: &sender,
        id: message.id.to_string(),
    };
    incoming.deliver_content(bot, content).await?;
    Ok(Ignored(None))
}
