//! A Telegram integration: `cargo run -p telegram` serves it.
//!
//! Who installs it opens the authorization link and enters the token of a bot, which `@BotFather` gives them. From then
//! on, what people write to that bot becomes messages in Botpress, and what the bot answers comes to them.
//!
//! | file | subject |
//! |---|---|
//! | `lifecycle`, `credentials` | what happens when the integration is installed and removed; the bot's token |
//! | `wizard` | the pages behind the authorization link |
//! | `inbound` | what people send: messages, files, buttons that they press |
//! | `outbound` | what the bot sends: a file a kind of message |
//! | `rich_text` | Markdown as Telegram shows it, and texts that are too long for it |
//! | `typing` | the actions of the interface `typing-indicator` |
//! | `telegram_api` | what is asked of Telegram |

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

use crate::telegram_api::TelegramApi;
use crate::typing::Typing;

/// The handlers of the integration, and what all calls share.
struct Telegram {
    api: TelegramApi,
    typing: Typing,
}

impl Telegram {
    fn new(api: TelegramApi) -> Self {
        let typing = Typing::default();
        Self { api, typing }
    }
}

#[tokio::main]
async fn main() -> Result {
    let api = TelegramApi::new(telegram_api::PUBLIC_ADDRESS)?;
    contexture::serve(telegram::service(Telegram::new(api))).await
}
