//! One installation of the integration.

use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use contexture::testing::LogRecorder;
use contexture::{Environment, Service};
use http::{Method, Request};
use serde_json::{Value, json};

use super::bot_api::{ApiCall, BotApi};
use super::botpress::Botpress;
use crate::Telegram;
use crate::inbound::SECRET_HEADER;
use crate::telegram::{self, Definition};
use crate::telegram_api::{BotToken, TelegramApi};

pub(super) const TOKEN: &str = "4242:the-token-of-the-bot";
pub(super) const OTHER_TOKEN: &str = "5353:the-token-of-another-bot";
pub(super) const BOTPRESS_TOKEN: &str = "the-token-of-the-integration";
pub(super) const WEBHOOK_URL: &str = "https://webhook.test/webhook-1";
/// The chat that messages of the bot go to.
pub(super) const CHAT: i64 = 77;
/// The message of the bot, as Botpress knows it.
pub(super) const MESSAGE: &str = "msg_01JABCDEFGHJKMNPQRSTVWXYZ0";

pub(super) struct Bench {
    pub(super) telegram: BotApi,
    pub(super) botpress: Botpress,
    pub(super) log: LogRecorder,
    pub(super) configuration: Value,
    service: Service<Definition>,
}

/// What Botpress is answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: String,
}

impl Answer {
    /// What the bot's owner reads of a failure.
    #[track_caller]
    pub(super) fn told(&self) -> String {
        let error: Value = serde_json::from_str(&self.body).unwrap();
        assert_eq!(
            (self.status, &error["type"]),
            (400, &json!("Runtime")),
            "{self:?}"
        );
        error["message"].as_str().unwrap().to_owned()
    }

    #[track_caller]
    pub(super) fn is_ok(&self) {
        assert_eq!(self.status, 200, "{self:?}");
    }
}

impl Bench {
    /// An installation whose owner has entered a token.
    pub(super) async fn new() -> Self {
        let bench = Self::without_token().await;
        bench
            .botpress
            .set_state("credentials", json!({ "botToken": TOKEN }));
        let message = json!({ "id": MESSAGE, "tags": {} });
        bench.botpress.add("messages", message);
        bench
    }

    pub(super) async fn without_token() -> Self {
        let (telegram, address) = BotApi::start(&[TOKEN, OTHER_TOKEN]).await;
        let (botpress, log) = (Botpress::default(), LogRecorder::new());
        let environment = Environment::new()
            .api_url("http://botpress.test")
            .webhook_url("https://webhook.test")
            .token(BOTPRESS_TOKEN)
            .transport(Arc::new(botpress.clone()))
            .log_sink(Arc::new(log.clone()));
        let handlers = Telegram::new(TelegramApi::new(address).unwrap());
        let service = telegram::service(handlers).environment(environment);
        Self {
            telegram,
            botpress,
            log,
            configuration: json!({}),
            service,
        }
    }

    pub(super) async fn register(&self) -> Answer {
        self.call("register", &json!({ "webhookUrl": WEBHOOK_URL }))
            .await
    }

    pub(super) async fn unregister(&self) -> Answer {
        self.call("unregister", &json!({ "webhookUrl": WEBHOOK_URL }))
            .await
    }

    /// Has the bot send a message to the chat.
    pub(super) async fn send(&self, message_type: &str, payload: Value) -> Answer {
        let tags = json!({ "id": CHAT.to_string(), "chatId": CHAT.to_string() });
        self.send_to(&tags, message_type, payload).await
    }

    pub(super) async fn send_to(&self, tags: &Value, message_type: &str, payload: Value) -> Answer {
        let conversation = json!({ "id": "conversation-1", "channel": "channel", "tags": tags });
        let body = json!({
            "type": message_type,
            "payload": payload,
            "conversation": conversation,
            "user": { "id": "user-1", "tags": {} },
            "message": { "id": MESSAGE, "tags": {} },
        });
        self.call("message_created", &body).await
    }

    /// The calls of Telegram that sending one message came to.
    pub(super) async fn sent(&self, message_type: &str, payload: Value) -> Vec<ApiCall> {
        self.send(message_type, payload).await.is_ok();
        self.telegram.take_calls()
    }

    pub(super) async fn action(&self, action: &str, input: Value) -> Answer {
        let body = json!({ "type": action, "input": input });
        self.call("action_triggered", &body).await
    }

    /// Has Telegram send an update.
    pub(super) async fn update(&self, update: &Value) -> Answer {
        let token = BotToken::parse(TOKEN).unwrap();
        let secret = token.webhook_secret("webhook-1");
        self.update_with(&json!({ SECRET_HEADER: secret.expose() }), update)
            .await
    }

    pub(super) async fn update_with(&self, headers: &Value, update: &Value) -> Answer {
        self.webhook("POST", "/", headers, &update.to_string())
            .await
    }

    /// Opens one of the pages behind the authorization link.
    pub(super) async fn page(&self, method: &str, step: &str, body: &str) -> Answer {
        let path = format!("/oauth/wizard/{step}");
        self.webhook(method, &path, &json!({}), body).await
    }

    async fn webhook(&self, method: &str, path: &str, headers: &Value, body: &str) -> Answer {
        let request = json!({
            "method": method,
            "path": path,
            "query": "",
            "headers": headers,
            "body": body,
        });
        self.call("webhook_received", &json!({ "req": request }))
            .await
    }

    pub(super) async fn call(&self, operation: &str, body: &Value) -> Answer {
        let configuration = BASE64_STANDARD.encode(self.configuration.to_string());
        let request = Request::builder()
            .method(Method::POST)
            .uri("/")
            .header("x-bot-id", "bot-1")
            .header("x-bot-user-id", "bot-user-1")
            .header("x-integration-id", "integration-1")
            .header("x-integration-alias", "telegram")
            .header("x-webhook-id", "webhook-1")
            .header("x-bp-operation", operation)
            .header("x-bp-configuration", configuration);
        let request = request.body(Bytes::from(body.to_string())).unwrap();
        let (head, body) = self.service.call_bytes(request).await.into_parts();
        Answer {
            status: head.status.as_u16(),
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }
}
