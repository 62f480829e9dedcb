//! The user of a conversation.

use http::Method;
use serde_json::{Value, json};

use crate::inspector::data::Data;
use crate::inspector::failure::Failure;
use crate::inspector::text::part;

/// The name of a user that was not brought in.
const NAME: &str = "User of the inspector";

/// Returns the id of the conversation's user, who is created if there is none.
pub(super) fn of(data: Data<'_>, conversation: &str) -> Result<String, Failure> {
    let path = format!("/v1/chat/conversations/{}/participants", part(conversation));
    let read = data.get(&path)?;
    let participants = read["participants"].as_array().into_iter().flatten();
    let mut ids = participants.filter_map(|participant| participant["id"].as_str());
    if let Some(user) = ids.find(|id| *id != data.instance.bot_user_id) {
        return Ok(user.to_owned());
    }
    let body = json!({ "tags": {}, "name": NAME });
    let created = data.send(Method::POST, "/v1/chat/users", &body)??;
    Ok(created["user"]["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned())
}

/// Creates a message of the user. The inner error says why the API refused it.
pub(super) fn write(
    data: Data<'_>,
    conversation: &str,
    message_type: &str,
    payload: &Value,
) -> Result<Result<(), String>, Failure> {
    let user = of(data, conversation)?;
    let body = json!({
        "conversationId": conversation,
        "userId": user,
        "type": message_type,
        "payload": payload,
        "tags": {},
        "origin": "synthetic",
    });
    let created = data.send(Method::POST, "/v1/chat/messages", &body)?;
    Ok(created.map(drop).map_err(|error| error.message.clone()))
}
