//! What is asked of Telegram's Bot API, <https://core.telegram.org/bots/api>.
//!
//! Telegram wants the bot's token in the path of every request, so no error that is made here keeps an address.

mod bot;
mod error;
mod files;
mod http;
mod token;

pub(crate) use self::bot::{Bot, BotIdentity, SentMessage};
pub(crate) use self::error::TelegramError;
pub(crate) use self::http::{PUBLIC_ADDRESS, TelegramApi};
pub(crate) use self::token::BotToken;
