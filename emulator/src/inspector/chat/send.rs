//! Messages that are sent here: those of the bot, and those of the user.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect};
use serde_json::{Value, json};

use super::composer::{AS_JSON, Composer};
use super::payload::ANSWER;
use super::{conversation, list, user};
use crate::inspector::data::Data;
use crate::inspector::failure::{Answer, Failure};
use crate::inspector::form::{Problems, Reading, form_of, read};
use crate::inspector::named::Named;
use crate::inspector::sent::Sent;
use crate::inspector::text::part;
use crate::platform::{OutgoingMessage, PlatformError};

/// Sends a message, or the answer of a user, and leads back to the conversation.
pub(in crate::inspector) async fn send(
    Named(inspector): Named,
    Path((webhook_id, id)): Path<(String, String)>,
    sent: Sent,
) -> Answer {
    let instance = inspector.platform.instance(&webhook_id)?;
    let data = Data {
        inspector: &inspector,
        instance: &instance,
    };
    let conversation = conversation::find(data, &id)?;
    if let Some(text) = sent.text(ANSWER) {
        return answer(data, &conversation, text);
    }
    let message_type = sent.text("type").unwrap_or_default();
    let as_user = sent.text("as") == Some("user");
    let reading = read_payload(data, &conversation, message_type, &sent)?;
    let mut problems = reading.problems;
    if problems.is_empty() && !reading.is_edit {
        let written = if as_user {
            user::write(data, &id, message_type, &reading.value)?
        } else {
            as_bot(data, &id, message_type, &reading.value).await?
        };
        match written {
            Ok(()) => {
                let user = if as_user { "&as=user" } else { "" };
                let address = format!(
                    "{}?type={}{user}",
                    list::address_of(data, &id),
                    part(message_type)
                );
                return Ok(Redirect::to(&address).into_response());
            }
            Err(problem) => problems.add("", &problem),
        }
    }
    let composer = Composer {
        message_type: Some(message_type),
        as_user,
        is_json: sent.text(AS_JSON).is_some(),
        payload: Some(&reading.value),
        problems: &problems,
    };
    conversation::render(data, &conversation, &composer, None)
}

/// Answers as the user who has pressed a button.
fn answer(data: Data<'_>, conversation: &Value, text: &str) -> Answer {
    let id = conversation["id"].as_str().unwrap_or_default();
    match user::write(data, id, "text", &json!({ "text": text }))? {
        Ok(()) => Ok(Redirect::to(&list::address_of(data, id)).into_response()),
        Err(problem) => {
            let composer = Composer {
                message_type: None,
                as_user: false,
                is_json: false,
                payload: None,
                problems: &Problems::whole(&problem),
            };
            conversation::render(data, conversation, &composer, None)
        }
    }
}

fn read_payload(
    data: Data<'_>,
    conversation: &Value,
    message_type: &str,
    sent: &Sent,
) -> Result<Reading, Failure> {
    if let Some(text) = sent.text(AS_JSON) {
        return Ok(match serde_json::from_str(text) {
            Ok(value) => Reading {
                value,
                ..Reading::default()
            },
            Err(error) => Reading {
                value: text.into(),
                problems: Problems::whole(&format!("the payload is no JSON: {error}")),
                ..Reading::default()
            },
        });
    }
    let definition = data.inspector.platform.definition();
    let channel = conversation["channel"].as_str().unwrap_or_default();
    let schema = definition
        .channel(channel)
        .and_then(|channel| channel.message(message_type));
    let schema = schema.ok_or_else(|| Failure::not_found("message type", message_type))?;
    Ok(read(&form_of(schema), sent, None))
}

/// Sends a message of the bot. An error of the integration is seen at the message; the inner error is a refusal.
async fn as_bot(
    data: Data<'_>,
    conversation: &str,
    message_type: &str,
    payload: &Value,
) -> Result<Result<(), String>, Failure> {
    let Value::Object(payload) = payload else {
        return Ok(Err("the payload must be a JSON object".to_owned()));
    };
    let message = OutgoingMessage {
        conversation_id: conversation.to_owned(),
        message_type: message_type.to_owned(),
        payload: payload.clone(),
        ..OutgoingMessage::default()
    };
    let sent = data
        .inspector
        .platform
        .send_message(&data.instance.webhook_id, &message)
        .await;
    match sent {
        Ok(_) => Ok(Ok(())),
        Err(PlatformError::Storage(error)) => Err(error.into()),
        Err(refused) => Ok(Err(refused.to_string())),
    }
}
