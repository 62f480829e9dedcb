//! The user, the conversation and the message of something that arrives.

use http::Method;
use serde_json::{Map, Value, json};

use super::{conversations, messages, participants, users};
use crate::api::call::{Answer, Call, Operation};
use crate::wire::failure::{Failure, Result};
use crate::wire::shape::{Field, Shape, TEXT, optional};

const INITIALIZE: &[Field] = &[
    optional("userId", TEXT),
    optional("user", Shape::Object(users::INCOMING)),
    optional("conversationId", TEXT),
    optional("conversation", Shape::Object(conversations::INCOMING)),
    optional("message", Shape::Object(messages::INCOMING)),
];

pub(super) const OPERATIONS: &[Operation] = &[Operation {
    name: "initializeIncomingMessage",
    method: Method::POST,
    path: "/v1/chat/initialize-incoming-message",
    query: &[],
    body: INITIALIZE,
    run: initialize,
}];

fn initialize(call: &mut Call<'_>) -> Result<Answer> {
    let body = call.body.clone();
    let user = match one_of(&body, "userId", "user")? {
        Referenced::Id(id) => users::get_referenced(call, id)?,
        Referenced::Described(user) => users::get_or_create(call, user)?.0,
    };
    let conversation = match one_of(&body, "conversationId", "conversation")? {
        Referenced::Id(id) => conversations::get_referenced(call, id)?.shown(call)?,
        Referenced::Described(conversation) => conversations::get_or_create(call, conversation)?.0,
    };
    let id_of = |entity: &Value| entity["id"].as_str().unwrap_or_default().to_owned();
    let (user_id, conversation_id) = (id_of(&user), id_of(&conversation));
    participants::add(call, &conversation_id, &user_id)?;
    let mut answer = json!({ "user": user });
    if let Some(message) = body.get("message").and_then(Value::as_object) {
        let mut message = message.clone();
        message.insert("userId".to_owned(), Value::String(user_id));
        message.insert(
            "conversationId".to_owned(),
            Value::String(conversation_id.clone()),
        );
        answer["message"] = messages::get_or_create(call, &message)?.0;
    }
    answer["conversation"] = conversations::get(call, &conversation_id)?.shown(call)?;
    Ok(Answer::ok(answer))
}

/// A resource that is named by its id, or described to be found or created.
enum Referenced<'a> {
    Id(&'a str),
    Described(&'a Map<String, Value>),
}

fn one_of<'a>(body: &'a Map<String, Value>, id: &str, described: &str) -> Result<Referenced<'a>> {
    let by_id = body.get(id).and_then(Value::as_str);
    let by_description = body.get(described).and_then(Value::as_object);
    match (by_id, by_description) {
        (Some(id), None) => Ok(Referenced::Id(id)),
        (None, Some(described)) => Ok(Referenced::Described(described)),
        _ => Err(Failure::invalid(format!(
            "either {id} or {described} is needed"
        ))),
    }
}
