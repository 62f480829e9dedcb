//! Messages that the bot sends.

use bytes::Bytes;
use http::{Method, Request};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::Control;
use super::body::Refusal;
use super::called::{Called, answered};
use crate::api::Role;
use crate::platform::{Instance, OutgoingMessage};

/// A message of the bot.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Message {
    #[serde(rename = "type")]
    kind: String,
    payload: Map<String, Value>,
    #[serde(default)]
    tags: Map<String, Value>,
    /// The channel, if no conversation is given.
    channel: Option<String>,
    /// The conversation; the newest one of the channel by default, or a new one.
    conversation_id: Option<String>,
}

impl Control {
    pub(super) async fn send_message(
        &self,
        instance: &Instance,
        message: Message,
    ) -> Result<Called, Refusal> {
        let conversation_id = match message.conversation_id {
            Some(id) => id,
            None => self.conversation(instance, message.channel.as_deref())?,
        };
        let message = OutgoingMessage {
            conversation_id,
            message_type: message.kind,
            payload: message.payload,
            tags: message.tags,
        };
        let id = &instance.webhook_id;
        let delivery = self.platform.send_message(id, &message).await?;
        Ok(answered(delivery.answer))
    }

    /// The newest conversation of a channel, or a new one.
    fn conversation(&self, instance: &Instance, channel: Option<&str>) -> Result<String, Refusal> {
        let definition = self.platform.definition();
        let no_channel = || Refusal::wrong("the definition has no channel");
        let first = || definition.channels().next().ok_or_else(no_channel);
        let channel = channel.map_or_else(first, Ok)?;
        let path = format!("/v1/chat/conversations?channel={}", encoded(channel));
        let known = self.ask(instance, Method::GET, &path, None)?;
        if let Some(id) = known["conversations"][0]["id"].as_str() {
            return Ok(id.to_owned());
        }
        let body = json!({ "channel": channel, "tags": {} });
        let created = self.ask(
            instance,
            Method::POST,
            "/v1/chat/conversations",
            Some(&body),
        )?;
        let id = created["conversation"]["id"].as_str();
        Ok(id.unwrap_or_default().to_owned())
    }

    /// Makes a request to the API in the name of the integration. It is not recorded.
    fn ask(
        &self,
        instance: &Instance,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, Refusal> {
        let body = Bytes::from(body.map(Value::to_string).unwrap_or_default());
        let request = Request::builder().method(method).uri(path).body(body);
        let request = request.map_err(|error| Refusal::wrong(error.to_string()))?;
        let (role, bot) = (Role::Integration, &instance.bot_id);
        let response = self.api.answer_as(role, bot, &instance.alias, &request);
        let answer: Value = serde_json::from_slice(response.body()).unwrap_or_default();
        if response.status().is_success() {
            return Ok(answer);
        }
        let reason = answer["message"].as_str().unwrap_or("no reason was given");
        Err(Refusal::wrong(format!("the API refused: {reason}")))
    }
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
