//! The API of a folder.

use std::path::Path;

use bytes::Bytes;
use contexture_emulator::api::{Api, Installation};
use contexture_emulator::clock::Clock;
use contexture_emulator::definition::Definition;
use contexture_emulator::storage::Storage;
use http::Request;
use serde_json::{Value, json};

const BOT: &str = "bot_01HF7YAT00000000000000000A";
pub(crate) const INTEGRATION: &str = "intver_01HF7YAT000000000000000001";
const TOKEN: &str = "token";

/// Opens the API whose data is in a folder.
pub(crate) fn open(folder: &Path) -> Api {
    let storage = Storage::open(&folder.join("emulator.sqlite")).expect("a storage");
    let api = Api::new(storage, Clock::system());
    let definition = json!({
        "name": "acme",
        "user": { "tags": { "id": {} } },
        "channels": { "chat": {
            "messages": { "text": { "schema": { "type": "object" } } },
            "message": { "tags": { "id": {} } },
            "conversation": { "tags": { "id": {} } },
        } },
        "states": { "counter": { "type": "integration", "schema": { "type": "object" } } },
    });
    let installation = Installation {
        bot_id: BOT.to_owned(),
        bot_user_id: "user_01HF7YAT00000000000000000B".to_owned(),
        integration_id: INTEGRATION.to_owned(),
        alias: "acme".to_owned(),
        definition: Definition::new(definition),
    };
    api.install(installation).expect("an installation");
    api.add_token(TOKEN, INTEGRATION);
    api
}

/// Sends a request and returns the answer, which has to be a success.
pub(crate) fn send(api: &Api, method: &str, path: &str, body: &Value) -> Value {
    let body = Bytes::from(body.to_string());
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {TOKEN}"))
        .header("x-bot-id", BOT)
        .header("x-integration-id", INTEGRATION)
        .header("x-integration-alias", "acme")
        .body(body)
        .expect("a request");
    let response = api.answer(&request);
    let body: Value = serde_json::from_slice(response.body()).expect("JSON");
    assert!(response.status().is_success(), "{method} {path}: {body}");
    body
}

/// Uploads a content to the address of a file.
pub(crate) fn upload(api: &Api, file: &Value, content: &str) {
    let request = Request::put(path_of(&file["uploadUrl"])).body(Bytes::from(content.to_owned()));
    let response = api.answer(&request.expect("a request"));
    assert!(response.status().is_success(), "{}", response.status());
}

/// Downloads the content of a file.
pub(crate) fn download(api: &Api, file: &Value) -> Bytes {
    let request = Request::get(path_of(&file["url"])).body(Bytes::new());
    api.answer(&request.expect("a request")).into_body()
}

fn path_of(address: &Value) -> &str {
    let address = address.as_str().expect("an address");
    address
        .strip_prefix("http://localhost")
        .expect("an address of the emulator")
}

/// A user and a conversation of their tags.
pub(crate) fn participants(api: &Api) -> (Value, Value) {
    let user = json!({ "tags": { "id": "1" } });
    let user = send(api, "POST", "/v1/chat/users/get-or-create", &user);
    let conversation = json!({ "channel": "chat", "tags": { "id": "7" } });
    let path = "/v1/chat/conversations/get-or-create";
    let conversation = send(api, "POST", path, &conversation);
    (
        user["user"]["id"].clone(),
        conversation["conversation"]["id"].clone(),
    )
}

/// Creates a message and returns its id.
pub(crate) fn create_message(
    api: &Api,
    (user, conversation): &(Value, Value),
    text: &str,
) -> String {
    let body = json!({
        "userId": user, "conversationId": conversation, "type": "text", "payload": { "text": text },
        "tags": { "id": text },
    });
    let message = send(api, "POST", "/v1/chat/messages", &body);
    message["message"]["id"].as_str().expect("an id").to_owned()
}
