//! An API with one installed integration, and requests to it.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use contexture_emulator::api::{Api, Change, Installation, Role};
use contexture_emulator::clock::Clock;
use contexture_emulator::definition::Definition;
use contexture_emulator::storage::Storage;
use http::{Request, Response};
use serde_json::{Value, json};

pub(crate) const BOT: &str = "bot_01HF7YAT00000000000000000A";
pub(crate) const BOT_USER: &str = "user_01HF7YAT0000000000000000AA";
pub(crate) const OTHER_BOT: &str = "bot_01HF7YAT00000000000000000B";
pub(crate) const INTEGRATION: &str = "intver_01HF7YAT000000000000000001";
pub(crate) const OTHER_INTEGRATION: &str = "intver_01HF7YAT000000000000000002";
pub(crate) const NOW: u64 = 1_700_000_000_000;

pub(crate) struct Bench {
    pub(crate) api: Api,
    pub(crate) clock: Clock,
    changes: Arc<Mutex<Vec<Change>>>,
}

/// An installation, on whose behalf requests are made.
#[derive(Clone, Copy)]
pub(crate) struct Caller<'a> {
    api: &'a Api,
    bot: &'a str,
    integration: &'a str,
    alias: &'a str,
}

/// The status and the JSON of a response.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

pub(crate) fn definition() -> Definition {
    Definition::new(json!({
        "name": "acme",
        "version": "1.0.0",
        "user": { "tags": { "id": {}, "login": {} } },
        "channels": {
            "chat": {
                "messages": {
                    "text": { "schema": {
                        "type": "object",
                        "properties": { "text": { "type": "string" } },
                        "required": ["text"],
                        "additionalProperties": false,
                    } },
                    "any": { "schema": { "type": "object" } },
                },
                "message": { "tags": { "id": {}, "part": {} } },
                "conversation": { "tags": { "id": {}, "topic": {} } },
            },
            "mail": { "messages": { "text": { "schema": {} } }, "conversation": { "tags": { "id": {} } } },
        },
        "events": { "greeted": { "schema": {
            "type": "object",
            "properties": { "name": { "type": "string" } },
            "required": ["name"],
        } } },
        "states": {
            "oauth": { "type": "integration", "schema": {
                "type": "object",
                "properties": { "token": { "type": "string" }, "count": { "type": "number" } },
            } },
            "thread": { "type": "conversation", "schema": { "type": "object" } },
            "session": { "type": "user", "schema": { "type": "object" } },
        },
    }))
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::with_storage(Storage::in_memory().unwrap())
    }

    pub(crate) fn with_storage(storage: Storage) -> Self {
        let clock = Clock::manual(NOW);
        let api = Api::new(storage, clock.clone());
        for bot in [BOT, OTHER_BOT] {
            api.install(installation(bot, INTEGRATION, "acme")).unwrap();
        }
        api.install(installation(BOT, OTHER_INTEGRATION, "other"))
            .unwrap();
        for integration in [INTEGRATION, OTHER_INTEGRATION] {
            api.add_token(token(integration), integration);
        }
        let changes = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&changes);
        api.observe(Arc::new(move |change: &Change| {
            seen.lock().unwrap().push(change.clone());
        }));
        Self {
            api,
            clock,
            changes,
        }
    }

    /// The installation whose requests most tests make.
    pub(crate) fn caller(&self) -> Caller<'_> {
        self.caller_of(BOT, INTEGRATION, "acme")
    }

    pub(crate) fn caller_of<'a>(
        &'a self,
        bot: &'a str,
        integration: &'a str,
        alias: &'a str,
    ) -> Caller<'a> {
        Caller {
            api: &self.api,
            bot,
            integration,
            alias,
        }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.caller().send("GET", path, &Value::Null)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.caller().send("POST", path, body)
    }

    pub(crate) fn put(&self, path: &str, body: &Value) -> Answer {
        self.caller().send("PUT", path, body)
    }

    pub(crate) fn patch(&self, path: &str, body: &Value) -> Answer {
        self.caller().send("PATCH", path, body)
    }

    pub(crate) fn delete(&self, path: &str) -> Answer {
        self.caller().send("DELETE", path, &json!({}))
    }

    /// A request of the bot that talks through the integration.
    pub(crate) fn post_as_bot(&self, path: &str, body: &Value) -> Answer {
        let request = Request::post(path).body(Bytes::from(body.to_string()));
        let answer = self
            .api
            .answer_as(Role::Bot, BOT, "acme", &request.unwrap());
        Answer::read(&answer)
    }

    /// A request without a token.
    pub(crate) fn send_raw(&self, request: &Request<Bytes>) -> Response<Bytes> {
        self.api.answer(request)
    }

    /// The changes since the last call: `Message Created`.
    pub(crate) fn changes(&self) -> Vec<String> {
        let changes = std::mem::take(&mut *self.changes.lock().unwrap());
        let changes = changes.iter();
        changes
            .map(|change| format!("{:?} {:?}", change.resource, change.kind))
            .collect()
    }

    pub(crate) fn user(&self, id: &str) -> Value {
        let user = self.post("/v1/chat/users", &json!({ "tags": { "id": id } }));
        user.created("user")
    }

    pub(crate) fn conversation(&self, id: &str) -> Value {
        let body = json!({ "channel": "chat", "tags": { "id": id } });
        self.post("/v1/chat/conversations", &body)
            .created("conversation")
    }

    pub(crate) fn message(&self, conversation: &Value, user: &Value, text: &str) -> Value {
        let body = message_body(conversation, user, text);
        self.post("/v1/chat/messages", &body).created("message")
    }
}

pub(crate) fn message_body(conversation: &Value, user: &Value, text: &str) -> Value {
    json!({
        "conversationId": conversation["id"],
        "userId": user["id"],
        "type": "text",
        "payload": { "text": text },
        "tags": {},
    })
}

impl Caller<'_> {
    pub(crate) fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        Answer::read(&self.api.answer(&self.request(method, path, body)))
    }

    pub(crate) fn request(&self, method: &str, path: &str, body: &Value) -> Request<Bytes> {
        let body = if body.is_null() {
            Bytes::new()
        } else {
            Bytes::from(body.to_string())
        };
        Request::builder()
            .method(method)
            .uri(path)
            .header("host", "localhost:1")
            .header(
                "authorization",
                format!("Bearer {}", token(self.integration)),
            )
            .header("x-bot-id", self.bot)
            .header("x-integration-id", self.integration)
            .header("x-integration-alias", self.alias)
            .body(body)
            .unwrap()
    }
}

impl Answer {
    pub(crate) fn read(response: &Response<Bytes>) -> Self {
        Self {
            status: response.status().as_u16(),
            body: serde_json::from_slice(response.body()).unwrap_or_default(),
        }
    }

    /// A field of a successful answer.
    #[track_caller]
    pub(crate) fn field(&self, name: &str) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        self.body[name].clone()
    }

    /// A field of the answer that something was created.
    #[track_caller]
    pub(crate) fn created(&self, name: &str) -> Value {
        assert_eq!(self.status, 201, "{}", self.body);
        self.body[name].clone()
    }

    /// The answer without a content.
    #[track_caller]
    pub(crate) fn empty(&self) {
        assert_eq!((self.status, &self.body), (200, &json!({})));
    }

    /// The kind and the message of an error, whose form it checks.
    #[track_caller]
    pub(crate) fn error(&self) -> (&str, &str) {
        let text = |name: &str| self.body[name].as_str().unwrap_or_default();
        assert_eq!(self.body["code"], self.status, "{}", self.body);
        assert!(text("id").starts_with("err_"), "{}", self.body);
        (text("type"), text("message"))
    }

    /// The kind of an error.
    #[track_caller]
    pub(crate) fn kind(&self) -> &str {
        self.error().0
    }
}

fn installation(bot: &str, integration: &str, alias: &str) -> Installation {
    let own = if bot == BOT {
        BOT_USER.to_owned()
    } else {
        format!("{BOT_USER}2")
    };
    Installation {
        bot_id: bot.to_owned(),
        bot_user_id: own,
        integration_id: integration.to_owned(),
        alias: alias.to_owned(),
        definition: definition(),
    }
}

pub(crate) fn token(integration: &str) -> String {
    format!("token-of-{integration}")
}
