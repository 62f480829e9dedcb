//! A Telegram integration: `cargo run -p telegram` serves it.
//!
//! The key of the wizard's sessions is in the variable `SECRET_WIZARD_KEY`.
//!
//! The user opens the authorization link and enters the token of a bot from `@BotFather`. From then on, messages to
//! that bot go to Botpress, and the bot's responses go to Telegram.
//!
//! | file | subject |
//! |---|---|
//! | `lifecycle`, `credentials` | the installation and removal of the integration; the bot's token |
//! | `wizard` | the pages behind the authorization link |
//! | `inbound` | received messages, files and pressed buttons |
//! | `outbound` | messages of the bot, one file for each type |
//! | `rich_text` | Markdown as formatted text, and the split of long texts |
//! | `typing` | the actions of the interface `typing-indicator` |
//! | `telegram_api` | the client of Telegram |

contexture::include_definition!("telegram");

mod credentials;
mod inbound;
mod lifecycle;
mod outbound;
mod rich_text;
mod telegram_api;
#[cfg(test)]
mod tests;
mod typing;
mod wizard;

use contexture::prelude::*;
use contexture::wizard::Wizard;

use crate::telegram_api::TelegramApi;
use crate::typing::Typing;
use crate::wizard::Step;

/// The handlers of the integration, and the state that all calls share.
struct Telegram {
    api: TelegramApi,
    typing: Typing,
    wizard: Wizard<Step>,
}

impl Telegram {
    fn new(api: TelegramApi) -> Self {
        Self {
            api,
            typing: Typing::default(),
            wizard: wizard::steps(),
        }
    }
}

fn main() -> Result {
    let api = TelegramApi::new(telegram_api::PUBLIC_ADDRESS)?;
    contexture::run(telegram::service(Telegram::new(api)))
}
