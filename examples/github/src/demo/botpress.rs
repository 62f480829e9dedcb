//! The stand-in for the Botpress API: it answers in the API's shape and keeps nothing.

use hyper::StatusCode;
use serde_json::{Map, Value, json};

use super::setting::{ALIAS, BOT, BOTPRESS_TOKEN, INTEGRATION};
use super::stand_in::{Answer, Asked};

/// When everything was created.
const CREATED: &str = "2026-01-01T12:00:00.000Z";

/// Answers a request of the integration.
pub(super) fn answer(asked: &Asked) -> Answer {
    if !is_authorized(asked) {
        let message = "the token or the identifiers are not those of the integration";
        return refuse(StatusCode::UNAUTHORIZED, "Unauthorized", message);
    }
    let body = &asked.body;
    let Some((method, path)) = asked.route("/v1/chat/") else {
        return unknown(asked);
    };
    match (method, path.as_slice()) {
        ("POST", ["states", "integration", owner, name]) => {
            let state = json!({ "type": "integration", "integrationId": owner, "name": name });
            found(StatusCode::OK, "state", "state_demo", &state, body)
        }
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

/// Gives back what was sent, with an identifier, as if it had been stored.
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
    let message = format!("the stand-in knows no {} {}", asked.method, asked.path);
    refuse(StatusCode::NOT_FOUND, "ResourceNotFound", &message)
}

fn refuse(status: StatusCode, kind: &str, message: &str) -> Answer {
    let id = "err_20260101120000x0000DEMO";
    let error = json!({ "id": id, "code": status.as_u16(), "type": kind, "message": message });
    (status, error)
}
