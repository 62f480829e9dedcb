//! Telegram's API for one bot.

use contexture::Secret;
use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{BotToken, TelegramApi, TelegramError};

/// The kinds of updates that the integration reads.
const ALLOWED_UPDATES: [&str; 2] = ["message", "callback_query"];

/// One bot. Cloning is cheap.
#[derive(Clone, Debug)]
pub(crate) struct Bot {
    api: TelegramApi,
    token: BotToken,
}

/// The identity of a bot.
#[derive(Debug, Deserialize)]
pub(crate) struct BotIdentity {
    pub(crate) id: i64,
    pub(crate) username: Option<String>,
}

impl BotIdentity {
    /// The user name of the bot, or its identifier.
    pub(crate) fn name(&self) -> String {
        self.username.clone().unwrap_or_else(|| self.id.to_string())
    }
}

/// A sent message in Telegram's response.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct SentMessage {
    pub(crate) message_id: i64,
}

impl Bot {
    pub(super) fn new(api: TelegramApi, token: BotToken) -> Self {
        Self { api, token }
    }

    /// The identifier of the bot.
    pub(crate) fn id(&self) -> &str {
        self.token.bot_id()
    }

    pub(super) fn api(&self) -> (&TelegramApi, &BotToken) {
        (&self.api, &self.token)
    }

    /// Fetches the identity of the bot. Fails if the token is invalid.
    pub(crate) async fn get_me(&self) -> Result<BotIdentity, TelegramError> {
        self.call("getMe", &json!({})).await
    }

    /// Sets the URL and the secret for updates.
    pub(crate) async fn set_webhook(
        &self,
        url: &str,
        secret: &Secret,
    ) -> Result<(), TelegramError> {
        let parameters = json!({
            "url": url,
            "secret_token": secret.expose(),
            "allowed_updates": ALLOWED_UPDATES,
        });
        self.tell("setWebhook", &parameters).await
    }

    /// Stops updates, and drops pending ones.
    pub(crate) async fn delete_webhook(&self) -> Result<(), TelegramError> {
        let parameters = json!({ "drop_pending_updates": true });
        self.tell("deleteWebhook", &parameters).await
    }

    /// Sends a message with the given method.
    pub(crate) async fn send(
        &self,
        method: &str,
        parameters: &impl Serialize,
    ) -> Result<SentMessage, TelegramError> {
        self.call(method, parameters).await
    }

    /// Shows in a chat, for some seconds, that the bot is typing.
    pub(crate) async fn show_typing(&self, chat_id: &str) -> Result<(), TelegramError> {
        let parameters = json!({ "chat_id": chat_id, "action": "typing" });
        self.tell("sendChatAction", &parameters).await
    }

    /// Sets or removes the emoji of a message.
    pub(crate) async fn react(
        &self,
        chat_id: &str,
        message_id: i64,
        emoji: Option<&str>,
    ) -> Result<(), TelegramError> {
        let reaction: Vec<_> = emoji
            .map(|emoji| json!({ "type": "emoji", "emoji": emoji }))
            .into_iter()
            .collect();
        let parameters =
            json!({ "chat_id": chat_id, "message_id": message_id, "reaction": reaction });
        self.tell("setMessageReaction", &parameters).await
    }

    /// Acknowledges a pressed button to the user's application.
    pub(crate) async fn answer_button(&self, query_id: &str) -> Result<(), TelegramError> {
        let parameters = json!({ "callback_query_id": query_id });
        self.tell("answerCallbackQuery", &parameters).await
    }

    /// Calls a method and ignores its result.
    async fn tell(&self, method: &str, parameters: &Value) -> Result<(), TelegramError> {
        let _: Value = self.call(method, parameters).await?;
        Ok(())
    }

    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        parameters: &impl Serialize,
    ) -> Result<T, TelegramError> {
        self.api.call(&self.token, method, parameters).await
    }
}
