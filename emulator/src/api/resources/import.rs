//! The import of messages.

use http::Method;
use serde_json::{Map, Value, json};

use contexture::{ApiError, ApiErrorKind};

use super::bodies::NEW_TAGS;
use super::messages;
use crate::api::call::{Answer, Call, Operation};
use crate::wire::failure::{Failure, Result};
use crate::wire::limits::IMPORTED_MESSAGES;
use crate::wire::shape::{Field, ID, NAME, NAMES, Shape, required};
use crate::wire::time;

const MESSAGE: &[Field] = &[
    required("payload", Shape::Payload),
    required("userId", ID),
    required("conversationId", ID),
    required("type", NAME),
    required("tags", NEW_TAGS),
    required("createdAt", Shape::DateTime),
    required("discriminateByTags", NAMES),
];

const IMPORT: &[Field] = &[required(
    "messages",
    Shape::List {
        of: &Shape::Object(MESSAGE),
        max: IMPORTED_MESSAGES,
    },
)];

pub(super) const OPERATIONS: &[Operation] = &[Operation {
    name: "importMessages",
    method: Method::POST,
    path: "/v1/chat/messages/import-messages",
    query: &[],
    body: IMPORT,
    run: import,
}];

/// Imports each message that does not exist. Messages that fail do not keep others from being imported.
fn import(call: &mut Call<'_>) -> Result<Answer> {
    let sent = call.body.get("messages").and_then(Value::as_array).cloned();
    let (mut resolved, mut failed) = (Vec::new(), Vec::new());
    for message in sent.unwrap_or_default() {
        let Value::Object(body) = &message else {
            continue;
        };
        match import_one(call, body) {
            Ok(imported) => resolved.push(imported),
            Err(Failure::Refused(error)) => {
                failed.push(json!({ "message": message, "error": error.message }));
            }
            Err(other) => return Err(other),
        }
    }
    if failed.is_empty() {
        return Ok(Answer::ok(json!({ "messages": resolved })));
    }
    let message = format!("{} of the messages could not be imported", failed.len());
    let lists = json!({ "resolvedMessages": resolved, "failedMessages": failed });
    let error = ApiError::new(ApiErrorKind::InvalidPayload, message).with_metadata(lists.clone());
    let mut answer = Answer::error(&error);
    answer.body["resolvedMessages"] = lists["resolvedMessages"].clone();
    answer.body["failedMessages"] = lists["failedMessages"].clone();
    Ok(answer)
}

fn import_one(call: &mut Call<'_>, body: &Map<String, Value>) -> Result<Value> {
    messages::check(call, body)?;
    if let Some(id) = messages::find_by_tags(call, body)? {
        return messages::shown(call, &id);
    }
    let created_at = body.get("createdAt").and_then(Value::as_str);
    let created_at = created_at.and_then(time::parse).unwrap_or(call.now);
    messages::create_at(call, body, created_at)
}
