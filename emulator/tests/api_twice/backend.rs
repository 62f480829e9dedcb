//! The two APIs.

use bytes::Bytes;
use contexture::client::{RequestBody, Transport as _};
use contexture::testing::Botpress;
use contexture_emulator::api::{Api, Installation};
use contexture_emulator::clock::Clock;
use contexture_emulator::definition::Definition;
use contexture_emulator::storage::Storage;
use http::Request;
use serde_json::{Map, Value, json};

/// The id of the integration, to which its states belong.
pub(crate) const INTEGRATION: &str = "integration-1";

pub(crate) enum Backend {
    Emulator(Api),
    InMemory(Botpress),
}

/// The status and the JSON of a response.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Backend {
    pub(crate) fn emulator() -> Self {
        let api = Api::new(Storage::in_memory().unwrap(), Clock::system());
        let definition = json!({
            "name": "acme",
            "user": { "tags": { "id": {}, "login": {} } },
            "channels": {
                "chat": {
                    "messages": { "text": { "schema": {} } },
                    "message": { "tags": { "id": {} } },
                    "conversation": { "tags": { "id": {} } },
                },
                "mail": { "conversation": { "tags": { "id": {} } } },
            },
            "events": { "greeted": { "schema": {} } },
            "states": { "oauth": { "type": "integration", "schema": {} } },
        });
        let installation = Installation {
            bot_id: "bot-1".to_owned(),
            bot_user_id: "bot-user-1".to_owned(),
            integration_id: INTEGRATION.to_owned(),
            alias: "acme".to_owned(),
            definition: Definition::new(definition),
        };
        api.install(installation).unwrap();
        api.add_token("token", INTEGRATION);
        Self::Emulator(api)
    }

    pub(crate) fn in_memory() -> Self {
        Self::InMemory(Botpress::new())
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, Bytes::new()).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, body.to_string().into()).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.send("PUT", path, body.to_string().into()).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send("PATCH", path, body.to_string().into()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, Bytes::from("{}")).await
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: Bytes) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", "Bearer token")
            .header("x-bot-id", "bot-1")
            .header("x-integration-id", INTEGRATION)
            .header("x-integration-alias", "acme")
            .body(body)
            .unwrap();
        let response = match self {
            Self::Emulator(api) => api.answer(&request),
            Self::InMemory(botpress) => {
                let request = request.map(RequestBody::from);
                botpress.send(request).await.unwrap()
            }
        };
        Answer {
            status: response.status().as_u16(),
            body: serde_json::from_slice(response.body()).unwrap_or_default(),
        }
    }

    pub(crate) async fn user(&self, id: &str) -> Value {
        let body = json!({ "tags": { "id": id } });
        self.post("/v1/chat/users", body).await.created("user")
    }

    pub(crate) async fn conversation(&self, id: &str) -> Value {
        let body = json!({ "channel": "chat", "tags": { "id": id } });
        let answer = self.post("/v1/chat/conversations", body).await;
        answer.created("conversation")
    }

    pub(crate) async fn message(&self, conversation: &Value, user: &Value, id: &str) -> Value {
        let body = message(conversation, user, id);
        self.post("/v1/chat/messages", body)
            .await
            .created("message")
    }
}

/// The body of a message.
pub(crate) fn message(conversation: &Value, user: &Value, id: &str) -> Value {
    json!({
        "conversationId": conversation["id"], "userId": user["id"], "type": "text",
        "payload": { "text": id }, "tags": { "id": id },
    })
}

/// A path that ends with the id of an entity.
pub(crate) fn path_of(collection: &str, entity: &Value) -> String {
    format!("{collection}/{}", entity["id"].as_str().unwrap())
}

impl Answer {
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

    #[track_caller]
    pub(crate) fn empty(&self) {
        assert_eq!((self.status, &self.body), (200, &json!({})));
    }

    #[track_caller]
    pub(crate) fn not_found(&self) {
        assert_eq!(
            (self.status, &self.body["type"]),
            (404, &json!("ResourceNotFound"))
        );
        assert_eq!(self.body["code"], 404);
    }

    /// Whether something was created.
    #[track_caller]
    pub(crate) fn is_new(&self) -> bool {
        self.field("meta")["created"].as_bool().unwrap()
    }

    /// The tags `id` of a list.
    #[track_caller]
    pub(crate) fn ids(&self, list: &str) -> String {
        let items = self.field(list);
        let items = items.as_array().unwrap().iter();
        let ids: Vec<_> = items
            .map(|item| item["tags"]["id"].as_str().unwrap())
            .collect();
        ids.join(" ")
    }
}

/// Checks the members of an entity that are expected. The others are ignored.
#[track_caller]
pub(crate) fn assert_has(entity: &Value, expected: &Value) {
    let empty = Map::new();
    let expected: &Map<_, _> = expected.as_object().unwrap_or(&empty);
    for (name, value) in expected {
        assert_eq!(&entity[name], value, "{name} of {entity}");
    }
}
