//! The mock of the Botpress API. It responds in the API's format and stores states only.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use hyper::StatusCode;
use serde_json::{Map, Value, json};

use super::setting::{ALIAS, BOT, BOTPRESS_TOKEN, INTEGRATION};
use super::stand_in::{Answer, Asked};

/// The creation time of everything.
const CREATED: &str = "2026-01-01T12:00:00.000Z";

/// The stored payloads of states, by path.
#[derive(Clone, Debug, Default)]
pub(super) struct Botpress(Arc<Mutex<HashMap<String, Value>>>);

impl Botpress {
    /// Handles a request of the integration.
    pub(super) fn answer(&self, asked: &Asked) -> Answer {
        if !is_authorized(asked) {
            let message = "the token or the identifiers are not those of the integration";
            return refuse(StatusCode::UNAUTHORIZED, "Unauthorized", message);
        }
        match asked.route("/v1/chat/") {
            Some((method, path)) => match path.as_slice() {
                ["states", "integration", owner, name] => self.state(method, owner, name, asked),
                path => answer(method, path, asked),
            },
            None => unknown(asked),
        }
    }

    fn state(&self, method: &str, owner: &str, name: &str, asked: &Asked) -> Answer {
        let state = json!({ "type": "integration", "integrationId": owner, "name": name });
        let mut states = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if method == "POST" {
            states.insert(asked.path.clone(), asked.body["payload"].clone());
        }
        match states
            .get(&asked.path)
            .filter(|payload| !payload.is_null() || method == "POST")
        {
            Some(payload) => {
                let payload = json!({ "payload": payload });
                found(StatusCode::OK, "state", "state_demo", &state, &payload)
            }
            None => refuse(StatusCode::NOT_FOUND, "ResourceNotFound", "No State found"),
        }
    }
}

fn answer(method: &str, path: &[&str], asked: &Asked) -> Answer {
    let body = &asked.body;
    match (method, path) {
        ("POST", ["events"]) => {
            let event = json!({ "status": "pending" });
            found(StatusCode::CREATED, "event", "event_demo", &event, body)
        }
        ("POST", ["users", "get-or-create"]) => {
            found(StatusCode::OK, "user", "user_demo", &json!({}), body)
        }
        ("POST", ["conversations", "get-or-create"]) => {
            let conversation = json!({ "integration": ALIAS });
            found(
                StatusCode::OK,
                "conversation",
                "conv_demo",
                &conversation,
                body,
            )
        }
        ("POST", ["integrations", "configure"]) => (StatusCode::OK, json!({})),
        ("PUT", ["messages", id]) => found(StatusCode::OK, "message", id, &json!({}), body),
        _ => unknown(asked),
    }
}

fn is_authorized(asked: &Asked) -> bool {
    asked.header("authorization") == format!("Bearer {BOTPRESS_TOKEN}")
        && asked.header("x-bot-id") == BOT
        && asked.header("x-integration-id") == INTEGRATION
        && asked.header("x-integration-alias") == ALIAS
}

/// Returns the sent object with an identifier, as if it were stored.
fn found(status: StatusCode, field: &str, id: &str, own: &Value, sent: &Value) -> Answer {
    let mut entity = Map::from_iter([("id".to_owned(), id.into())]);
    for object in [own, sent].into_iter().filter_map(Value::as_object) {
        let fields = object
            .iter()
            .filter(|(name, _)| *name != "discriminateByTags");
        entity.extend(fields.map(|(name, value)| (name.clone(), value.clone())));
    }
    entity.insert("createdAt".to_owned(), CREATED.into());
    (status, json!({ field: entity }))
}

fn unknown(asked: &Asked) -> Answer {
    let message = format!("the mock does not support {} {}", asked.method, asked.path);
    refuse(StatusCode::NOT_FOUND, "ResourceNotFound", &message)
}

fn refuse(status: StatusCode, kind: &str, message: &str) -> Answer {
    let id = "err_20260101120000x0000DEMO";
    let error = json!({ "id": id, "code": status.as_u16(), "type": kind, "message": message });
    (status, error)
}
