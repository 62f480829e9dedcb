//! A stand-in for the Botpress API that keeps what it is given.

use std::sync::{Arc, Mutex, MutexGuard};

use bytes::Bytes;
use contexture::ApiErrorKind;
use contexture::client::{RequestBody, SendFuture, Transport};
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::{Map, Value, json};

/// The address that the content of files is uploaded to.
const UPLOADS: &str = "http://uploads.test/";

/// Clones share what is kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Botpress {
    shared: Arc<Mutex<Shared>>,
}

#[derive(Debug, Default)]
struct Shared {
    states: Map<String, Value>,
    conversations: Vec<Value>,
    users: Vec<Value>,
    messages: Vec<Value>,
    files: Vec<Value>,
    uploads: Vec<Bytes>,
    /// The requests, each with its method, its path and its body.
    requests: Vec<String>,
    is_down: bool,
}

impl Botpress {
    pub(super) fn set_state(&self, name: &str, payload: Value) {
        self.shared().states.insert(name.to_owned(), payload);
    }

    pub(super) fn state(&self, name: &str) -> Option<Value> {
        self.shared().states.get(name).cloned()
    }

    /// Keeps a message or a conversation, as if it had come before.
    pub(super) fn add(&self, collection: &str, entity: Value) {
        self.shared().collection(collection).push(entity);
    }

    pub(super) fn messages(&self) -> Vec<Value> {
        self.shared().messages.clone()
    }

    pub(super) fn conversations(&self) -> Vec<Value> {
        self.shared().conversations.clone()
    }

    pub(super) fn users(&self) -> Vec<Value> {
        self.shared().users.clone()
    }

    pub(super) fn files(&self) -> Vec<Value> {
        self.shared().files.clone()
    }

    pub(super) fn uploads(&self) -> Vec<Bytes> {
        self.shared().uploads.clone()
    }

    pub(super) fn requests(&self) -> Vec<String> {
        self.shared().requests.clone()
    }

    /// Refuses everything from now on, or no longer.
    pub(super) fn set_down(&self, is_down: bool) {
        self.shared().is_down = is_down;
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap()
    }
}

impl Transport for Botpress {
    fn send(&self, request: Request<RequestBody>) -> SendFuture {
        let this = self.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body
                .collect()
                .await
                .expect("the content can be read")
                .to_bytes();
            let mut shared = this.shared();
            if head.uri.to_string().starts_with(UPLOADS) {
                assert_eq!(head.headers["x-amz-tagging"], "public=true");
                shared.uploads.push(body);
                return Ok(respond(StatusCode::OK, &json!({})));
            }
            let body: Value = serde_json::from_slice(&body).unwrap_or_default();
            let path = head.uri.path().to_owned();
            shared
                .requests
                .push(format!("{} {path} {body}", head.method));
            if shared.is_down {
                return Ok(refuse(ApiErrorKind::Forbidden));
            }
            let answer = shared.answer(head.method.as_str(), &path, &body);
            Ok(answer.map_or_else(
                || refuse(ApiErrorKind::ResourceNotFound),
                |answer| respond(StatusCode::OK, &answer),
            ))
        })
    }
}

impl Shared {
    fn answer(&mut self, method: &str, path: &str, body: &Value) -> Option<Value> {
        let segments: Vec<_> = path.trim_start_matches("/v1/").split('/').collect();
        Some(match (method, segments.as_slice()) {
            ("GET", ["chat", "states", "integration", "integration-1", name]) => {
                state(name, self.states.get(*name)?)
            }
            ("POST", ["chat", "states", "integration", "integration-1", name]) => {
                self.states
                    .insert((*name).to_owned(), body["payload"].clone());
                state(name, &body["payload"])
            }
            ("POST", ["chat", "integrations", "configure"]) => json!({}),
            ("POST", ["chat", "initialize-incoming-message"]) => self.incoming(body),
            ("GET", ["chat", collection @ ("messages" | "conversations"), id]) => {
                let entities = self.collection(collection);
                let found = entities.iter().find(|entity| entity["id"] == *id)?.clone();
                json!({ collection.trim_end_matches('s'): found })
            }
            ("PUT", ["chat", "messages", id]) => {
                let found = self
                    .messages
                    .iter_mut()
                    .find(|message| message["id"] == *id)?;
                found["tags"] = body["tags"].clone();
                json!({ "message": found })
            }
            ("PUT", ["files"]) => {
                let mut file = body.clone();
                file["id"] = json!(format!("file-{}", self.files.len() + 1));
                file["url"] = json!(format!("https://files.test/{}", body["key"].as_str()?));
                file["uploadUrl"] = json!(format!("{UPLOADS}{}", self.files.len() + 1));
                self.files.push(file.clone());
                json!({ "file": file })
            }
            _ => return None,
        })
    }

    fn incoming(&mut self, body: &Value) -> Value {
        let conversation = found(
            &mut self.conversations,
            "conversation",
            &body["conversation"],
        );
        let user = found(&mut self.users, "user", &body["user"]);
        let mut message = body["message"].clone();
        message["conversationId"] = conversation["id"].clone();
        message["userId"] = user["id"].clone();
        let message = found(&mut self.messages, "message", &message);
        json!({ "conversation": conversation, "user": user, "message": message })
    }

    fn collection(&mut self, name: &str) -> &mut Vec<Value> {
        match name {
            "messages" => &mut self.messages,
            "conversations" => &mut self.conversations,
            _ => panic!("no {name} are kept"),
        }
    }
}

/// Finds what has the tags that are looked by, or keeps it.
fn found(kept: &mut Vec<Value>, what: &str, sent: &Value) -> Value {
    let by = sent["discriminateByTags"].as_array().unwrap();
    assert!(!by.is_empty(), "nothing is looked by: {sent}");
    let tag = |entity: &Value, name: &Value| entity["tags"][name.as_str().unwrap()].clone();
    let same = |entity: &&Value| by.iter().all(|name| tag(entity, name) == tag(sent, name));
    if let Some(found) = kept.iter().find(same) {
        return found.clone();
    }
    let mut entity = sent.clone();
    entity.as_object_mut().unwrap().remove("discriminateByTags");
    entity["id"] = json!(format!("{what}-{}", kept.len() + 1));
    kept.push(entity.clone());
    entity
}

fn state(name: &str, payload: &Value) -> Value {
    json!({ "state": { "id": "state-1", "name": name, "type": "integration", "payload": payload } })
}

fn respond(status: StatusCode, body: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = status;
    response
}

fn refuse(kind: ApiErrorKind) -> Response<Bytes> {
    let error = contexture::ApiError::new(kind, "the stand-in says no");
    respond(StatusCode::from_u16(kind.code()).unwrap(), &json!(error))
}
