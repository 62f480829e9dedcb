//! The token of an installation's bot.
//!
//! The authorization link stores it in the state `credentials`. Older installations have it in their configuration,
//! which applies until the link is used.

use contexture::prelude::*;

use crate::Telegram;
use crate::telegram::{Context, CredentialsState};
use crate::telegram_api::{Bot, BotToken};

/// The source of a token.
#[derive(Debug)]
pub(crate) struct Credentials {
    pub(crate) token: BotToken,
    /// The token is in the state.
    pub(crate) is_stored: bool,
}

/// Finds the token of an installation. `None` if it has none yet.
pub(crate) async fn find(ctx: &Context) -> Result<Option<Credentials>> {
    let stored = match ctx.client().states().credentials().get().await {
        Err(error @ ClientError::Stale { .. }) => Err(error).explain(
            "The stored bot token is unreadable: \
             open the integration's authorization link and enter it again",
        ),
        stored => Ok(stored?),
    }?;
    let is_stored = stored.is_some();
    let configured = || ctx.configuration.bot_token.clone();
    let Some(token) = stored.map(|stored| stored.bot_token).or_else(configured) else {
        return Ok(None);
    };
    let token =
        BotToken::parse(token.expose()).explain("The entered token is not a valid bot token")?;
    Ok(Some(Credentials { token, is_stored }))
}

/// The token of an installation, unless it cannot be read.
pub(crate) async fn readable(ctx: &Context) -> Result<Option<BotToken>> {
    let stored = match ctx.client().states().credentials().get().await {
        Err(ClientError::Stale { .. }) => None,
        stored => stored?,
    };
    let configured = || ctx.configuration.bot_token.clone();
    let token = stored.map(|stored| stored.bot_token).or_else(configured);
    Ok(token.and_then(|token| BotToken::parse(token.expose()).ok()))
}

/// Stores the token of an installation.
pub(crate) async fn store(ctx: &Context, token: &BotToken) -> Result {
    let state = CredentialsState::new(token.expose());
    ctx.client().states().credentials().set(&state).await?;
    Ok(())
}

impl Telegram {
    /// The bot of an installation.
    pub(crate) async fn bot(&self, ctx: &Context) -> Result<Bot> {
        let found = find(ctx).await?;
        let found = found.explain(
            "There is no bot token yet: open the integration's authorization link and enter it",
        )?;
        Ok(self.api.bot(found.token))
    }
}
