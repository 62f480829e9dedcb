//! Pressed buttons.

use contexture::Payload as _;
use contexture::client::MessageId;
use contexture::prelude::*;
use serde_json::Value;

use super::Ignored;
use super::deliver::Incoming;
use super::sender::Sender;
use super::update::{CallbackQuery, Chat};
use crate::outbound::ButtonData;
use crate::telegram::Context;
use crate::telegram::channels::{
    ChannelCardMessage, ChannelCarouselMessage, ChannelChannel, ChannelChoiceMessage,
    ChannelDropdownMessage,
};
use crate::telegram_api::Bot;

/// A pressed button becomes a text message with its value.
pub(super) async fn read(ctx: &Context, bot: &Bot, query: CallbackQuery) -> Result<Ignored> {
    let ignored = deliver(ctx, &query).await?;
    // The user's application shows a spinner until this call. It fails if the press is too old.
    if let Err(error) = bot.answer_button(&query.id).await {
        let logger = ctx.logger().for_bot();
        logger.debug(format_args!(
            "a pressed button was not acknowledged: {error}"
        ));
    }
    Ok(ignored)
}

async fn deliver(ctx: &Context, query: &CallbackQuery) -> Result<Ignored> {
    let (Some(message), Some(data)) = (&query.message, &query.data) else {
        return Ok(Ignored(Some("the button belongs to no message of the bot")));
    };
    let value = match ButtonData::decode(data) {
        ButtonData::Value(value) => Some(value),
        ButtonData::Stored {
            message_id,
            position,
        } => stored_value(ctx, &message.chat, &message_id, position).await?,
    };
    let Some(value) = value.filter(|value| !value.is_empty()) else {
        return Ok(Ignored(Some("the button has no value")));
    };
    let incoming = Incoming {
        ctx,
        chat: &message.chat,
        sender: &Sender::from(&query.from),
        // Each press has its own identifier, which must differ from the identifiers of messages.
        id: format!("button-{}", query.id),
    };
    incoming.deliver_text(value).await?;
    Ok(Ignored(None))
}

/// Finds the value of a button of a message in this chat. A client can send any identifier, so the function checks the
/// chat.
async fn stored_value(
    ctx: &Context,
    chat: &Chat,
    message_id: &str,
    position: usize,
) -> Result<Option<String>> {
    let messages = ctx.client().messages();
    let message = messages
        .get::<ChannelChannel>(MessageId::new(message_id))
        .await?;
    let message = message.filter(|message| message.tags.chat_id == Some(chat.id.to_string()));
    let values = message.map(|message| values(&message.message_type, message.payload));
    Ok(values.and_then(|values| values.into_iter().nth(position)))
}

/// The values of a message's buttons, in order.
fn values(message_type: &str, payload: Value) -> Vec<String> {
    // A message of an older version may not fit the schema. It then has no values.
    match message_type {
        "choice" => {
            let choice = ChannelChoiceMessage::from_value(payload);
            let options = choice.map(|choice| choice.options).unwrap_or_default();
            options.into_iter().map(|option| option.value).collect()
        }
        "dropdown" => {
            let dropdown = ChannelDropdownMessage::from_value(payload);
            let options = dropdown
                .map(|dropdown| dropdown.options)
                .unwrap_or_default();
            options.into_iter().map(|option| option.value).collect()
        }
        "card" => {
            let card = ChannelCardMessage::from_value(payload);
            let actions = card.map(|card| card.actions).unwrap_or_default();
            actions.into_iter().map(|action| action.value).collect()
        }
        "carousel" => {
            let carousel = ChannelCarouselMessage::from_value(payload);
            let cards = carousel.map(|carousel| carousel.items).unwrap_or_default();
            let actions = cards.into_iter().flat_map(|card| card.actions);
            actions.map(|action| action.value).collect()
        }
        _ => Vec::new(),
    }
}
