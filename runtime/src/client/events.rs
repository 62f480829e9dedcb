//! Events: creating them and reading those of a bot.

use std::fmt;
use std::marker::PhantomData;
use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::api::ApiClient;
use super::api_request::ApiRequest;
use super::entity::Event;
use super::id::{ConversationId, EventId, MessageId, UserId};
use super::json_body::{JsonBody, Schedule};
use super::list::{List, OfEvents};
use crate::ClientError;
use crate::{Definition, Payload, Violations};

/// Creates events by name. Generated code has a method for each declared event.
#[derive(Clone, Debug)]
pub struct EventsClient {
    api: ApiClient,
}

impl EventsClient {
    pub(crate) fn new(api: ApiClient) -> Self {
        Self { api }
    }

    /// Returns a builder that creates an event; [`send`](CreateEvent::send) sends the request.
    pub fn create<T: Payload>(&self, name: &'static str, payload: &T) -> CreateEvent {
        CreateEvent {
            api: self.api.clone(),
            name,
            payload: payload.to_value(),
            schedule: None,
            links: JsonBody::default(),
        }
    }
}

/// The events of a bot, read-only.
#[derive(Clone, Debug)]
pub struct EventHistory<D> {
    api: ApiClient,
    definition: PhantomData<fn() -> D>,
}

impl<D: Definition> EventHistory<D> {
    pub(super) fn new(api: ApiClient) -> Self {
        Self {
            api,
            definition: PhantomData,
        }
    }

    /// Reads an event. Returns `None` if it does not exist.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn get(&self, id: impl Into<EventId>) -> Result<Option<Event>, ClientError> {
        let id = id.into();
        let call = ApiRequest::get(["v1", "chat", "events", id.as_str()]);
        self.api.get_optional(call, "event").await
    }

    /// Returns a list of events.
    pub fn list(&self) -> List<Event, OfEvents<D>> {
        List::new(&self.api, &["v1", "chat", "events"], "events")
    }
}

/// A builder that creates an event.
#[derive(Clone)]
#[must_use = "the request is sent only when `send` is called"]
pub struct CreateEvent {
    api: ApiClient,
    name: &'static str,
    payload: Result<Value, Violations>,
    schedule: Option<Schedule>,
    links: JsonBody,
}

impl CreateEvent {
    /// Sets the conversation that the event belongs to.
    pub fn conversation(self, conversation: impl Into<ConversationId>) -> Self {
        self.link("conversationId", conversation.into())
    }

    /// Sets the user that the event belongs to.
    pub fn user(self, user: impl Into<UserId>) -> Self {
        self.link("userId", user.into())
    }

    /// Sets the message that the event belongs to.
    pub fn message(self, message: impl Into<MessageId>) -> Self {
        self.link("messageId", message.into())
    }

    fn link(mut self, name: &str, id: impl Into<Value>) -> Self {
        self.links = self.links.with(name, id);
        self
    }

    /// Delays the event by this duration, with millisecond precision.
    pub fn after(mut self, delay: Duration) -> Self {
        self.schedule = Some(Schedule::After(delay));
        self
    }

    /// Schedules the event for this time.
    pub fn at(mut self, time: SystemTime) -> Self {
        self.schedule = Some(Schedule::At(time));
        self
    }

    /// Sends the event to the bot.
    ///
    /// The request is not retried if the response is lost, because Botpress may already have
    /// created the event.
    ///
    /// # Errors
    ///
    /// Returns [`ClientError::Invalid`] if the payload does not fit its schema, and any other
    /// [`ClientError`] if the request fails.
    pub async fn send(self) -> Result<Event, ClientError> {
        let body = JsonBody::default()
            .with("type", self.name)
            .with("payload", self.payload?)
            .with_some("schedule", self.schedule)
            .and(self.links);
        let call = ApiRequest::post(["v1", "chat", "events"]).body(body);
        self.api.send(call).await?.field("event")
    }
}

/// Leaves out the payload: it may contain secrets, which are not redacted in the request.
impl fmt::Debug for CreateEvent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CreateEvent")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
