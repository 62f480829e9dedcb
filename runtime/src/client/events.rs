//! Events: what an integration tells a bot, and what the bot was told.

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
            schedule: None,
            links: JsonBody::default(),
        }
    }
}

/// The name of an event that the definition `D` declares; generated code has one for each:
/// `Events::ISSUE_OPENED`.
pub struct EventName<D> {
    name: &'static str,
    definition: PhantomData<fn() -> D>,
}

impl<D> EventName<D> {
    /// Names an event as it is on the wire.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            definition: PhantomData,
        }
    }

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.name
    }
}

impl<D> Clone for EventName<D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D> Copy for EventName<D> {}

impl<D> fmt::Debug for EventName<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("EventName")
            .field(&self.name)
            .finish()
    }
}

/// The events that a bot was told about.
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

    /// Reads an event; `None` when there is no such event.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn get(&self, id: impl Into<EventId>) -> Result<Option<Event>, ClientError> {
        let id = id.into();
        let call = ApiRequest::get(["v1", "chat", "events", id.as_str()]);
        self.api.get_optional(call, "event").await
    }

    /// Prepares a list of events.
    pub fn list(&self) -> List<Event, OfEvents<D>> {
        List::new(&self.api, &["v1", "chat", "events"], "events")
    }
}

/// An event that is about to be sent.
#[derive(Clone)]
#[must_use = "an event is sent by `send`"]
pub struct CreateEvent {
    api: ApiClient,
    name: &'static str,
    payload: Result<Value, Violations>,
    schedule: Option<Schedule>,
    links: JsonBody,
}

impl CreateEvent {
    /// Names the conversation that the event belongs to.
    pub fn conversation(self, conversation: impl Into<ConversationId>) -> Self {
        self.link("conversationId", conversation.into())
    }

    /// Names the user that the event belongs to.
    pub fn user(self, user: impl Into<UserId>) -> Self {
        self.link("userId", user.into())
    }

    /// Names the message that the event belongs to.
    pub fn message(self, message: impl Into<MessageId>) -> Self {
        self.link("messageId", message.into())
    }

    fn link(mut self, name: &str, id: impl Into<Value>) -> Self {
        self.links = self.links.with(name, id);
        self
    }

    /// Has the event sent when so much time has passed, counted in milliseconds.
    pub fn after(mut self, delay: Duration) -> Self {
        self.schedule = Some(Schedule::After(delay));
        self
    }

    /// Has the event sent at a time.
    pub fn at(mut self, time: SystemTime) -> Self {
        self.schedule = Some(Schedule::At(time));
        self
    }

    /// Sends the event to the bot.
    ///
    /// Where the answer is lost, it is not known whether the bot heard of it, and it is not sent again.
    ///
    /// # Errors
    ///
    /// [`ClientError::Invalid`] when the payload does not fit its schema; otherwise as any request
    /// to the API.
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

/// The payload may hold secrets, which are plain in what is about to be sent.
impl fmt::Debug for CreateEvent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CreateEvent")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
