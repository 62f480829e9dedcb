//! Messages of a bot, and updates of messages and conversations. They are stored first, as in Botpress.

use http::Method;
use serde_json::{Map, Value, json};

use super::Platform;
use super::answer::{Answer, CallError};
use super::call::Origin;
use super::error::PlatformError;
use super::instance::Instance;
use super::operations::{TagValues, subject};

/// A message that a bot sends.
#[derive(Clone, Debug, Default)]
pub struct OutgoingMessage {
    /// The conversation.
    pub conversation_id: String,
    /// The type, such as `text`.
    pub message_type: String,
    /// The payload.
    pub payload: Map<String, Value>,
    /// The tags.
    pub tags: TagValues,
}

/// What becomes of something that is stored first and then sent.
#[derive(Debug)]
#[non_exhaustive]
pub struct Delivery {
    /// The stored message or conversation, as it is after the call.
    pub entity: Value,
    /// The answer of the integration.
    pub answer: Result<Answer, CallError>,
}

impl Platform {
    /// Sends a message of the bot: it is created in the data, with the direction `outgoing`, and the integration is called
    /// with `message_created`.
    ///
    /// # Errors
    ///
    /// There is no such instance or conversation, the message does not fit the definition, or the storage fails. Then the
    /// integration was not called.
    pub async fn send_message(
        &self,
        webhook_id: &str,
        message: &OutgoingMessage,
    ) -> Result<Delivery, PlatformError> {
        let instance = self.active(webhook_id)?;
        let conversation = self.read_entity(&instance, "conversation", &message.conversation_id)?;
        let body = json!({
            "conversationId": message.conversation_id,
            "userId": instance.bot_user_id,
            "type": message.message_type,
            "payload": message.payload,
            "tags": message.tags,
        });
        let created = self.as_bot(&instance, Method::POST, "/v1/chat/messages", Some(&body))?;
        let created = created["message"].clone();
        let user = self.read_entity(&instance, "user", &instance.bot_user_id)?;
        let body = json!({
            "type": created["type"],
            "payload": created["payload"],
            "conversation": conversation,
            "user": user,
            "message": created,
        });
        let answer = self.deliver(&instance, "message_created", &body).await?;
        self.delivery(&instance, "message", &created, answer)
    }

    /// Updates a message, and calls `message_updated`. Absent parts remain.
    ///
    /// # Errors
    ///
    /// There is no such instance or message, the payload does not fit the definition, or the storage fails. Then the
    /// integration was not called.
    pub async fn update_message(
        &self,
        webhook_id: &str,
        message_id: &str,
        payload: Option<&Map<String, Value>>,
        tags: Option<&TagValues>,
    ) -> Result<Delivery, PlatformError> {
        let instance = self.active(webhook_id)?;
        let previous = self.read_entity(&instance, "message", message_id)?;
        let mut change = Map::new();
        if let Some(payload) = payload {
            change.insert("payload".to_owned(), payload.clone().into());
        }
        if let Some(tags) = tags {
            change.insert("tags".to_owned(), tags.clone().into());
        }
        let path = format!("/v1/chat/messages/{}", path_part(message_id));
        let current = self.as_bot(&instance, Method::PUT, &path, Some(&change.into()))?;
        let current = current["message"].clone();
        let id = |name: &str| current[name].as_str().unwrap_or_default().to_owned();
        let body = json!({
            "type": current["type"],
            "payload": current["payload"],
            "conversation": self.read_entity(&instance, "conversation", &id("conversationId"))?,
            "user": self.read_entity(&instance, "user", &id("userId"))?,
            "currentMessage": current,
            "previousMessage": previous,
        });
        let answer = self.deliver(&instance, "message_updated", &body).await?;
        self.delivery(&instance, "message", &current, answer)
    }

    /// Updates the tags of a conversation, and calls `conversation_updated`.
    ///
    /// # Errors
    ///
    /// There is no such instance or conversation, or the storage fails. Then the integration was not called.
    pub async fn update_conversation(
        &self,
        webhook_id: &str,
        conversation_id: &str,
        tags: &TagValues,
    ) -> Result<Delivery, PlatformError> {
        let instance = self.active(webhook_id)?;
        let previous = self.read_entity(&instance, "conversation", conversation_id)?;
        let path = format!("/v1/chat/conversations/{}", path_part(conversation_id));
        let current = self.as_bot(
            &instance,
            Method::PUT,
            &path,
            Some(&json!({ "tags": tags })),
        )?;
        let current = current["conversation"].clone();
        let body = json!({ "currentConversation": current, "previousConversation": previous });
        let answer = self
            .deliver(&instance, "conversation_updated", &body)
            .await?;
        self.delivery(&instance, "conversation", &current, answer)
    }

    /// Calls the integration. A bad answer is a part of the result, because the data was changed.
    async fn deliver(
        &self,
        instance: &Instance,
        operation: &str,
        body: &Value,
    ) -> Result<Result<Answer, CallError>, PlatformError> {
        let about = subject(operation, body);
        let called = self
            .operate(instance, operation, about, body, Origin::default())
            .await;
        match called {
            Ok(answer) => Ok(Ok(answer)),
            Err(PlatformError::Call(failed)) => Ok(Err(failed)),
            Err(other) => Err(other),
        }
    }

    /// Reads what the integration may have changed, such as the tags of an acknowledged message.
    fn delivery(
        &self,
        instance: &Instance,
        kind: &str,
        sent: &Value,
        answer: Result<Answer, CallError>,
    ) -> Result<Delivery, PlatformError> {
        let id = sent["id"].as_str().unwrap_or_default();
        let entity = match self.read_entity(instance, kind, id) {
            Ok(entity) => entity,
            // The integration can delete a message.
            Err(PlatformError::Api(_)) => sent.clone(),
            Err(other) => return Err(other),
        };
        Ok(Delivery { entity, answer })
    }

    /// Reads a user, a conversation or a message.
    fn read_entity(
        &self,
        instance: &Instance,
        kind: &str,
        id: &str,
    ) -> Result<Value, PlatformError> {
        let path = format!("/v1/chat/{kind}s/{}", path_part(id));
        let found = self.as_bot(instance, Method::GET, &path, None)?;
        Ok(found[kind].clone())
    }
}

fn path_part(id: &str) -> String {
    percent_encoding::utf8_percent_encode(id, percent_encoding::NON_ALPHANUMERIC).to_string()
}
