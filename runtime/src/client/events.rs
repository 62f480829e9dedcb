//! Events: what an integration tells a bot.

use std::fmt;

use http::Method;
use serde_json::Value;

use super::api::ApiClient;
use super::body::Body;
use super::entity::Event;
use super::error::ClientError;
use crate::{Payload, Violations};

/// Makes events by name; generated code gives each declared one a method.
#[derive(Clone, Debug)]
pub struct EventsClient {
    api: ApiClient,
}

impl EventsClient {
    pub(crate) fn new(api: ApiClient) -> Self {
        Self { api }
    }

    /// Prepares an event; [`send`](CreateEvent::send) sends it.
    pub fn create<T: Payload>(&self, name: &'static str, payload: &T) -> CreateEvent {
        CreateEvent {
            api: self.api.clone(),
            name,
            payload: payload.to_value(),
            conversation_id: None,
            user_id: None,
            message_id: None,
        }
    }
}

/// An event that is about to be sent.
#[derive(Clone)]
#[must_use = "an event is sent by `send`"]
pub struct CreateEvent {
    api: ApiClient,
    name: &'static str,
    payload: Result<Value, Violations>,
    conversation_id: Option<String>,
    user_id: Option<String>,
    message_id: Option<String>,
}

impl CreateEvent {
    /// Names the conversation that the event belongs to.
    pub fn conversation(mut self, conversation_id: impl Into<String>) -> Self {
        self.conversation_id = Some(conversation_id.into());
        self
    }

    /// Names the user that the event belongs to.
    pub fn user(mut self, user_id: impl Into<String>) -> Self {
        self.user_id = Some(user_id.into());
        self
    }

    /// Names the message that the event belongs to.
    pub fn message(mut self, message_id: impl Into<String>) -> Self {
        self.message_id = Some(message_id.into());
        self
    }

    /// Sends the event to the bot.
    ///
    /// # Errors
    ///
    /// [`ClientError::Invalid`] when the payload does not fit its schema; otherwise as any request
    /// to the API.
    pub async fn send(self) -> Result<Event, ClientError> {
        let body = Body::default()
            .with("type", self.name)
            .with("payload", self.payload?)
            .with_some("conversationId", self.conversation_id)
            .with_some("userId", self.user_id)
            .with_some("messageId", self.message_id);
        let path = ["v1", "chat", "events"];
        let answer = self.api.ask(Method::POST, &path, Some(body)).await?;
        answer.field("event")
    }
}

/// The payload may hold secrets, which are plain in what is about to be sent.
impl fmt::Debug for CreateEvent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CreateEvent")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
