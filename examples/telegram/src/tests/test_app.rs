//! One installation of the integration.

use std::fmt::Debug;

use bytes::Bytes;
use contexture::client::MessageId;
use contexture::testing::{Collection, Harness, Refusal, Visitor};
use contexture::{ApiErrorKind, ChannelMessage, Secret, WebhookRequest};
use http::Response;
use serde_json::{Value, json};

use super::bot_api::{ApiCall, BotApi};
use crate::Telegram;
use crate::inbound::SECRET_HEADER;
use crate::telegram::channels::{ChannelChannel, ChannelConversationTags};
use crate::telegram::{self, CredentialsState, Definition, PrimaryConfiguration, Secrets};
use crate::telegram_api::{BotToken, TelegramApi};

pub(super) const TOKEN: &str = "4242:the-token-of-the-bot";
pub(super) const OTHER_TOKEN: &str = "5353:the-token-of-another-bot";
pub(super) const WEBHOOK_URL: &str = "https://webhook.botpress.test/webhook-1";
/// The address behind the authorization link.
const START: &str = "/oauth/wizard/start?state=webhook-1";
pub(super) const WIZARD_KEY: &str = "the-key-of-the-wizard";
/// The chat of the bot's messages.
pub(super) const CHAT: i64 = 77;
/// The bot's message in Botpress.
pub(super) const MESSAGE: &str = "msg_01JABCDEFGHJKMNPQRSTVWXYZ0";

pub(super) struct TestApp {
    pub(super) telegram: BotApi,
    pub(super) harness: Harness<Definition>,
}

/// The response of the webhook.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: String,
}

impl Answer {
    #[track_caller]
    pub(super) fn is_ok(&self) {
        assert_eq!(self.status, 200, "{self:?}");
    }
}

impl From<Response<Bytes>> for Answer {
    fn from(response: Response<Bytes>) -> Self {
        let (head, body) = response.into_parts();
        Self {
            status: head.status.as_u16(),
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }
}

/// Whether the log for the bot's owner explains a failure.
#[track_caller]
pub(super) fn owner_reads<T: Debug>(answer: Result<T, Refusal>, expected: &str) {
    let refusal = answer.unwrap_err();
    assert_eq!(
        (refusal.status.as_u16(), &refusal.error.kind),
        (400, &ApiErrorKind::Runtime),
        "{refusal}"
    );
    assert!(refusal.error.message.contains(expected), "{refusal}");
}

/// A configuration of an older version, with a token.
pub(super) fn with_token(token: &str) -> PrimaryConfiguration {
    PrimaryConfiguration::default().with_bot_token(token)
}

impl TestApp {
    /// An installation with a stored token.
    pub(super) async fn new() -> Self {
        let test_app = Self::without_token().await;
        let states = test_app.harness.client().states();
        let credentials = CredentialsState::new(TOKEN);
        states.credentials().set(&credentials).await.unwrap();
        let message = json!({ "id": MESSAGE, "tags": {} });
        test_app
            .harness
            .botpress()
            .add(Collection::Messages, message);
        test_app
    }

    pub(super) async fn without_token() -> Self {
        let (telegram, address) = BotApi::start(&[TOKEN, OTHER_TOKEN]).await;
        let handlers = Telegram::new(TelegramApi::new(address).unwrap());
        let service = telegram::service(handlers);
        let harness = Harness::new(service, PrimaryConfiguration::default());
        Self {
            telegram,
            harness: harness.secrets(Secrets {
                wizard_key: Secret::from(WIZARD_KEY),
            }),
        }
    }

    pub(super) async fn register(&self) -> Result<(), Refusal> {
        self.harness.register(WEBHOOK_URL).await
    }

    pub(super) async fn unregister(&self) -> Result<(), Refusal> {
        self.harness.unregister(WEBHOOK_URL).await
    }

    /// Sends a message of the bot to the chat.
    pub(super) async fn send<M>(&self, payload: Value) -> Result<(), Refusal>
    where
        M: ChannelMessage<ChannelChannel>,
    {
        let tags = ChannelConversationTags::default()
            .with_id(CHAT.to_string())
            .with_chat_id(CHAT.to_string());
        self.send_to::<M>(&tags, payload).await
    }

    pub(super) async fn send_to<M>(
        &self,
        tags: &ChannelConversationTags,
        payload: Value,
    ) -> Result<(), Refusal>
    where
        M: ChannelMessage<ChannelChannel>,
    {
        let payload = M::from_value(payload).unwrap();
        let message = self.harness.message(&payload).conversation_tags(tags);
        message.message_id(MessageId::new(MESSAGE)).send().await
    }

    /// The calls to Telegram for one message.
    pub(super) async fn sent<M>(&self, payload: Value) -> Vec<ApiCall>
    where
        M: ChannelMessage<ChannelChannel>,
    {
        self.send::<M>(payload).await.unwrap();
        self.telegram.take_calls()
    }

    /// Sends an update of Telegram.
    pub(super) async fn update(&self, update: &Value) -> Answer {
        let token = BotToken::parse(TOKEN).unwrap();
        let secret = token.webhook_secret("webhook-1");
        self.update_with(&[(SECRET_HEADER, secret.expose())], update)
            .await
    }

    pub(super) async fn update_with(&self, headers: &[(&str, &str)], update: &Value) -> Answer {
        let mut request = WebhookRequest::new("POST", "/").with_body(update.to_string());
        for (name, value) in headers {
            request = request.with_header(*name, *value);
        }
        self.harness.webhook(&request).await.into()
    }

    /// Opens the authorization link as a browser does, and sends the form with this token.
    pub(super) async fn enter(&self, token: &str) -> Answer {
        let (mut visitor, page) = self.open_link().await;
        visitor.keep(&page);
        let sent = visitor.submit(&page, &[("botToken", token)]);
        self.harness.webhook(&sent).await.into()
    }

    /// Opens the authorization link as a browser does.
    pub(super) async fn open_link(&self) -> (Visitor, Response<Bytes>) {
        let visitor = Visitor::new();
        let page = self.harness.webhook(&visitor.open(START)).await;
        (visitor, page)
    }

    /// The stored token.
    pub(super) async fn stored_token(&self) -> Option<String> {
        let states = self.harness.client().states();
        let stored = states.credentials().get().await.unwrap();
        stored.map(|stored| stored.bot_token.into_exposed())
    }

    /// Whether Botpress received the identity of the installation's bot.
    pub(super) fn is_identified_as(&self, name: &str) -> bool {
        let configured =
            format!(r#"POST /v1/chat/integrations/configure {{"identifier":"{name}"}}"#);
        let requests = self.harness.requests();
        requests
            .iter()
            .any(|request| request.to_string() == configured)
    }

    pub(super) fn messages(&self) -> Vec<Value> {
        self.harness.botpress().all(Collection::Messages)
    }

    pub(super) fn conversations(&self) -> Vec<Value> {
        self.harness.botpress().all(Collection::Conversations)
    }

    pub(super) fn users(&self) -> Vec<Value> {
        self.harness.botpress().all(Collection::Users)
    }

    pub(super) fn files(&self) -> Vec<Value> {
        self.harness.botpress().all(Collection::Files)
    }
}
