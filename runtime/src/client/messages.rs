//! The messages of a bot.

use std::fmt;
use std::marker::PhantomData;

use http::Method;
use serde_json::{Map, Value};

use super::api::ApiClient;
use super::body::{Body, encode_tags};
use super::creation::Creation;
use super::entity::Message;
use super::error::ClientError;
use crate::{Channel, ChannelMessage, Definition};

/// The messages of a bot, typed by the channels of the definition.
#[derive(Clone, Debug)]
pub struct Messages<D> {
    api: ApiClient,
    definition: PhantomData<fn() -> D>,
}

impl<D: Definition> Messages<D> {
    pub(super) fn new(api: ApiClient) -> Self {
        Self {
            api,
            definition: PhantomData,
        }
    }

    /// Prepares a message to the bot; its type says which channel it belongs to.
    pub fn create<M>(&self, payload: &M) -> CreateMessage<M::Channel>
    where
        M: ChannelMessage<Channel: Channel<Definition = D>>,
    {
        self.creation(Creation::Always, payload)
    }

    /// Prepares a look-up of the message with the tags that are given, which is created when there
    /// is none.
    pub fn get_or_create<M>(&self, payload: &M) -> CreateMessage<M::Channel>
    where
        M: ChannelMessage<Channel: Channel<Definition = D>>,
    {
        self.creation(Creation::UnlessFound { by: None }, payload)
    }

    fn creation<M: ChannelMessage>(
        &self,
        creation: Creation,
        payload: &M,
    ) -> CreateMessage<M::Channel> {
        CreateMessage {
            api: self.api.clone(),
            creation,
            message_type: M::TYPE,
            payload: payload.to_value().map_err(ClientError::Invalid),
            tags: Ok(Map::new()),
            conversation_id: None,
            user_id: None,
            channel: PhantomData,
        }
    }

    /// Reads a message of a channel.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn get<K>(&self, id: &str) -> Result<Message<K::MessageTags>, ClientError>
    where
        K: Channel<Definition = D>,
    {
        let path = ["v1", "chat", "messages", id];
        let answer = self.api.ask(Method::GET, &path, None).await?;
        answer.field("message")
    }

    /// Sets the tags that are given; others stay as they are.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn update<K>(
        &self,
        id: &str,
        tags: &K::MessageTags,
    ) -> Result<Message<K::MessageTags>, ClientError>
    where
        K: Channel<Definition = D>,
    {
        let path = ["v1", "chat", "messages", id];
        let body = Body::default().with("tags", encode_tags(tags)?);
        let answer = self.api.ask(Method::PUT, &path, Some(body)).await?;
        answer.field("message")
    }

    /// Deletes a message.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn delete(&self, id: &str) -> Result<(), ClientError> {
        let path = ["v1", "chat", "messages", id];
        self.api.ask(Method::DELETE, &path, None).await?;
        Ok(())
    }
}

/// A message that is about to be created, or found. The conversation and the user have to be given.
#[must_use = "a message is created by `send`"]
pub struct CreateMessage<K> {
    api: ApiClient,
    creation: Creation,
    message_type: &'static str,
    payload: Result<Value, ClientError>,
    tags: Result<Map<String, Value>, ClientError>,
    conversation_id: Option<String>,
    user_id: Option<String>,
    channel: PhantomData<fn() -> K>,
}

impl<K: Channel> CreateMessage<K> {
    /// Names the conversation that the message belongs to.
    pub fn conversation(mut self, conversation_id: impl Into<String>) -> Self {
        self.conversation_id = Some(conversation_id.into());
        self
    }

    /// Names the user that the message is from.
    pub fn user(mut self, user_id: impl Into<String>) -> Self {
        self.user_id = Some(user_id.into());
        self
    }

    /// Sets the tags of the message.
    pub fn tags(mut self, tags: &K::MessageTags) -> Self {
        self.tags = encode_tags(tags);
        self
    }

    /// Names the tags by which [`get_or_create`](Messages::get_or_create) finds the message,
    /// instead of all that are given. A plain [`create`](Messages::create) looks for nothing.
    pub fn discriminate_by<N: Into<String>>(mut self, tags: impl IntoIterator<Item = N>) -> Self {
        self.creation.find_by(tags);
        self
    }

    /// Creates the message, or finds what is there.
    ///
    /// # Errors
    ///
    /// [`ClientError::Invalid`] when the payload does not fit its schema, [`ClientError::Request`]
    /// when no conversation or no user is named; otherwise as any request to the API.
    pub async fn send(self) -> Result<Message<K::MessageTags>, ClientError> {
        let tags = self.tags?;
        let tag_names = tags.keys().cloned().collect();
        let body = Body::default()
            .with("payload", self.payload?)
            .with("userId", named("user", self.user_id)?)
            .with(
                "conversationId",
                named("conversation", self.conversation_id)?,
            )
            .with("type", self.message_type)
            .with("tags", tags);
        let found = self.creation.send(&self.api, "messages", body, tag_names);
        found.await?.field("message")
    }
}

/// The payload may hold secrets, which are plain in what is about to be sent.
impl<K: Channel> fmt::Debug for CreateMessage<K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CreateMessage")
            .field("channel", &K::NAME)
            .field("message_type", &self.message_type)
            .finish_non_exhaustive()
    }
}

fn named(what: &str, id: Option<String>) -> Result<String, ClientError> {
    id.ok_or_else(|| {
        ClientError::Request(format!(
            "a message needs a {what}: name it with `{what}(id)`"
        ))
    })
}
