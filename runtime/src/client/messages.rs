//! The messages of a bot.

use std::fmt;
use std::marker::PhantomData;
use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};

use super::api::{Answer, ApiClient, ReadAnswer};
use super::api_request::ApiRequest;
use super::creation::Creation;
use super::entity::{FoundOrCreated, Message};
use super::id::{ConversationId, MessageId, UserId};
use super::json_body::{EncodedTags, JsonBody, Schedule, clear_tags, set_tags};
use super::list::{List, OfMessages};
use crate::ClientError;
use crate::{Channel, ChannelMessage, Definition, Tag, TagMap, Tags, Violations};

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

    /// Returns a builder that creates a message from `user` to the bot in `conversation`. The type
    /// of the payload determines the channel; if several channels share the type, name the channel:
    /// `create::<DmChannel, _>(…)`.
    ///
    /// The request is not retried if the response is lost, because Botpress may already have
    /// created the message. If the message has a unique tag, use
    /// [`get_or_create`](Self::get_or_create), which can be retried.
    pub fn create<K, M>(
        &self,
        conversation: impl Into<ConversationId>,
        user: impl Into<UserId>,
        payload: &M,
    ) -> CreateMessage<K, Message<K::MessageTags>>
    where
        K: Channel<Definition = D>,
        M: ChannelMessage<K>,
    {
        CreateMessage {
            api: self.api.clone(),
            creation: Creation::always(&K::MessageTags::default()),
            conversation_id: conversation.into(),
            user_id: user.into(),
            message_type: M::TYPE,
            payload: Some(payload.to_value()),
            schedule: None,
            synthetic: false,
            read: Answer::field,
            channel: PhantomData,
        }
    }

    /// Returns a builder that finds the message with all of these tags, or creates it if there is
    /// none. At least one tag must be set. An existing message gets the payload and the tags.
    pub fn get_or_create<K, M>(
        &self,
        conversation: impl Into<ConversationId>,
        user: impl Into<UserId>,
        payload: &M,
        by: &K::MessageTags,
    ) -> CreateMessage<K, FoundOrCreated<Message<K::MessageTags>>>
    where
        K: Channel<Definition = D>,
        M: ChannelMessage<K>,
    {
        CreateMessage {
            payload: Some(payload.to_value()),
            ..self.get_or_create_without_payload::<K, M>(conversation, user, by)
        }
    }

    /// Returns a builder like that of [`get_or_create`](Self::get_or_create), without a payload: an
    /// existing message keeps its payload. `M` is the type of a new message.
    pub fn get_or_create_without_payload<K, M>(
        &self,
        conversation: impl Into<ConversationId>,
        user: impl Into<UserId>,
        by: &K::MessageTags,
    ) -> CreateMessage<K, FoundOrCreated<Message<K::MessageTags>>>
    where
        K: Channel<Definition = D>,
        M: ChannelMessage<K>,
    {
        CreateMessage {
            api: self.api.clone(),
            creation: Creation::unless_found(by),
            conversation_id: conversation.into(),
            user_id: user.into(),
            message_type: M::TYPE,
            payload: None,
            schedule: None,
            synthetic: false,
            read: Answer::found_or_created,
            channel: PhantomData,
        }
    }

    /// Reads a message of a channel. Returns `None` if it does not exist.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn get<K>(
        &self,
        id: impl Into<MessageId>,
    ) -> Result<Option<Message<K::MessageTags>>, ClientError>
    where
        K: Channel<Definition = D>,
    {
        self.read(&id.into()).await
    }

    /// Reads a message of any channel. Returns `None` if it does not exist.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn get_any(
        &self,
        id: impl Into<MessageId>,
    ) -> Result<Option<Message<TagMap>>, ClientError> {
        self.read(&id.into()).await
    }

    async fn read<T: Tags>(&self, id: &MessageId) -> Result<Option<Message<T>>, ClientError> {
        let call = ApiRequest::get(["v1", "chat", "messages", id.as_str()]);
        self.api.get_optional(call, "message").await
    }

    /// Returns a list of the messages of all channels. With [`channel`](List::channel), the tags
    /// are deserialized as those of a channel.
    pub fn list(&self) -> List<Message<TagMap>, OfMessages<D>> {
        List::new(&self.api, &["v1", "chat", "messages"], "messages")
    }

    /// Returns a builder that updates a message of a channel.
    pub fn update<K>(&self, id: impl Into<MessageId>) -> UpdateMessage<K>
    where
        K: Channel<Definition = D>,
    {
        UpdateMessage {
            api: self.api.clone(),
            id: id.into(),
            tags: Ok(Map::new()),
            payload: None,
            channel: PhantomData,
        }
    }

    /// Deletes a message.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn delete(&self, id: impl Into<MessageId>) -> Result<(), ClientError> {
        let id = id.into();
        let path = ["v1", "chat", "messages", id.as_str()];
        self.api.execute(ApiRequest::delete(path)).await
    }
}

/// A builder that creates a message, or finds an existing one. `A` is what `send` returns.
#[must_use = "the request is sent only when `send` is called"]
pub struct CreateMessage<K, A> {
    api: ApiClient,
    creation: Creation,
    conversation_id: ConversationId,
    user_id: UserId,
    message_type: &'static str,
    payload: Option<Result<Value, Violations>>,
    schedule: Option<Schedule>,
    synthetic: bool,
    read: ReadAnswer<A>,
    channel: PhantomData<fn() -> K>,
}

impl<K: Channel, A> CreateMessage<K, A> {
    /// Adds tags. They are not used to find an existing message.
    pub fn tags(mut self, tags: &K::MessageTags) -> Self {
        self.creation.store(tags);
        self
    }

    /// Delays the message by this duration, with millisecond precision.
    pub fn after(mut self, delay: Duration) -> Self {
        self.schedule = Some(Schedule::After(delay));
        self
    }

    /// Schedules the message for this time.
    pub fn at(mut self, time: SystemTime) -> Self {
        self.schedule = Some(Schedule::At(time));
        self
    }

    /// Marks the message as synthetic: it was not written by a person.
    pub fn synthetic(mut self) -> Self {
        self.synthetic = true;
        self
    }

    /// Creates the message, or finds the existing one and updates it.
    ///
    /// # Errors
    ///
    /// Returns [`ClientError::Invalid`] if the payload does not fit its schema,
    /// [`ClientError::Request`] if an existing message should be found and no tag is set, and any
    /// other [`ClientError`] if the request fails.
    pub async fn send(self) -> Result<A, ClientError> {
        let payload = self.payload.transpose()?;
        let body = |tags| {
            JsonBody::default()
                .with_some("payload", payload)
                .with("userId", self.user_id)
                .with("conversationId", self.conversation_id)
                .with("type", self.message_type)
                .with("tags", tags)
                .with_some("schedule", self.schedule)
                .with_some("origin", self.synthetic.then_some("synthetic"))
        };
        let answer = self.creation.send(&self.api, "messages", body).await?;
        (self.read)(answer, "message")
    }
}

/// Leaves out the payload: it may contain secrets, which are not redacted in the request.
impl<K: Channel, A> fmt::Debug for CreateMessage<K, A> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CreateMessage")
            .field("channel", &K::NAME)
            .field("message_type", &self.message_type)
            .finish_non_exhaustive()
    }
}

/// A builder that updates a message. Fields that are not set stay unchanged.
#[must_use = "the request is sent only when `send` is called"]
pub struct UpdateMessage<K> {
    api: ApiClient,
    id: MessageId,
    tags: EncodedTags,
    payload: Option<Result<Value, Violations>>,
    channel: PhantomData<fn() -> K>,
}

impl<K: Channel> UpdateMessage<K> {
    /// Sets the given tags and keeps the others.
    pub fn tags(mut self, tags: &K::MessageTags) -> Self {
        set_tags(&mut self.tags, tags);
        self
    }

    /// Clears tags.
    pub fn clear_tags(mut self, tags: impl IntoIterator<Item = Tag<K::MessageTags>>) -> Self {
        clear_tags(&mut self.tags, tags);
        self
    }

    /// Sets the payload. The type of the message does not change.
    pub fn payload<M: ChannelMessage<K>>(mut self, payload: &M) -> Self {
        self.payload = Some(payload.to_value());
        self
    }

    /// Updates the message.
    ///
    /// # Errors
    ///
    /// Returns [`ClientError::Invalid`] if the payload does not fit its schema, and any other
    /// [`ClientError`] if the request fails.
    pub async fn send(self) -> Result<Message<K::MessageTags>, ClientError> {
        let body = JsonBody::default()
            .with("tags", self.tags?)
            .with_some("payload", self.payload.transpose()?);
        let path = ["v1", "chat", "messages", self.id.as_str()];
        let answer = self.api.send(ApiRequest::put(path).body(body)).await?;
        answer.field("message")
    }
}

/// Leaves out the payload, like the `Debug` output of [`CreateMessage`].
impl<K: Channel> fmt::Debug for UpdateMessage<K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("UpdateMessage")
            .field("channel", &K::NAME)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
