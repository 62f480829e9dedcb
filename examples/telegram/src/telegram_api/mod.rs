//! A client of Telegram's Bot API, <https://core.telegram.org/bots/api>.
//!
//! The path of every request contains the bot's token, so no error of this module contains a URL.

mod bot;
mod error;
mod files;
mod http;
mod token;

pub(crate) use self::bot::{Bot, BotIdentity, SentMessage};
pub(crate) use self::error::TelegramError;
pub(crate) use self::http::{PUBLIC_ADDRESS, TelegramApi};
pub(crate) use self::token::BotToken;
