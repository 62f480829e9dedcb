//! The messages of a bot.

use std::fmt;
use std::marker::PhantomData;
use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};

use super::api::ApiClient;
use super::api_request::ApiRequest;
use super::creation::Creation;
use super::entity::Message;
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

    /// Prepares a message that `user` sends to the bot in `conversation`; the type of the payload says
    /// which channel it belongs to.
    ///
    /// Where the answer is lost, it is not known whether the message was created, and it is not sent
    /// again. A message that has a tag of its own is better made by
    /// [`get_or_create`](Self::get_or_create), which can be repeated.
    pub fn create<M>(
        &self,
        conversation: impl Into<ConversationId>,
        user: impl Into<UserId>,
        payload: &M,
    ) -> CreateMessage<M::Channel>
    where
        M: ChannelMessage<Channel: Channel<Definition = D>>,
    {
        let creation = Creation::always(&<M::Channel as Channel>::MessageTags::default());
        self.creation(creation, conversation.into(), user.into(), payload)
    }

    /// Prepares a look-up of the message that has all of these tags, of which one at least has to be
    /// set. A message is created when there is none.
    pub fn get_or_create<M>(
        &self,
        conversation: impl Into<ConversationId>,
        user: impl Into<UserId>,
        payload: &M,
        by: &<M::Channel as Channel>::MessageTags,
    ) -> CreateMessage<M::Channel>
    where
        M: ChannelMessage<Channel: Channel<Definition = D>>,
    {
        let creation = Creation::unless_found(by);
        self.creation(creation, conversation.into(), user.into(), payload)
    }

    fn creation<M: ChannelMessage>(
        &self,
        creation: Creation,
        conversation_id: ConversationId,
        user_id: UserId,
        payload: &M,
    ) -> CreateMessage<M::Channel> {
        CreateMessage {
            api: self.api.clone(),
            creation,
            conversation_id,
            user_id,
            message_type: M::TYPE,
            payload: payload.to_value(),
            schedule: None,
            synthetic: false,
            channel: PhantomData,
        }
    }

    /// Reads a message of a channel; `None` when there is no such message.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn get<K>(
        &self,
        id: impl Into<MessageId>,
    ) -> Result<Option<Message<K::MessageTags>>, ClientError>
    where
        K: Channel<Definition = D>,
    {
        self.read(&id.into()).await
    }

    /// Reads a message of any channel; `None` when there is no such message.
    ///
    /// # Errors
    ///
    /// As any request to the API.
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

    /// Prepares a list of messages of every channel; [`channel`](List::channel) gives them the tags of
    /// one.
    pub fn list(&self) -> List<Message<TagMap>, OfMessages<D>> {
        List::new(&self.api, &["v1", "chat", "messages"], "messages")
    }

    /// Prepares a change of a message of a channel.
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
    /// As any request to the API.
    pub async fn delete(&self, id: impl Into<MessageId>) -> Result<(), ClientError> {
        let id = id.into();
        let path = ["v1", "chat", "messages", id.as_str()];
        self.api.execute(ApiRequest::delete(path)).await
    }
}

/// A message that is about to be created, or found.
#[must_use = "a message is created by `send`"]
pub struct CreateMessage<K> {
    api: ApiClient,
    creation: Creation,
    conversation_id: ConversationId,
    user_id: UserId,
    message_type: &'static str,
    payload: Result<Value, Violations>,
    schedule: Option<Schedule>,
    synthetic: bool,
    channel: PhantomData<fn() -> K>,
}

impl<K: Channel> CreateMessage<K> {
    /// Adds tags that the message is created with, and that none is looked for by.
    pub fn tags(mut self, tags: &K::MessageTags) -> Self {
        self.creation.store(tags);
        self
    }

    /// Has the message sent when so much time has passed, counted in milliseconds.
    pub fn after(mut self, delay: Duration) -> Self {
        self.schedule = Some(Schedule::After(delay));
        self
    }

    /// Has the message sent at a time.
    pub fn at(mut self, time: SystemTime) -> Self {
        self.schedule = Some(Schedule::At(time));
        self
    }

    /// Says that no person wrote the message.
    pub fn synthetic(mut self) -> Self {
        self.synthetic = true;
        self
    }

    /// Creates the message, or finds what is there.
    ///
    /// # Errors
    ///
    /// [`ClientError::Invalid`] when the payload does not fit its schema, [`ClientError::Request`]
    /// when nothing can be found, since no tag is set; otherwise as any request to the API.
    pub async fn send(self) -> Result<Message<K::MessageTags>, ClientError> {
        let payload = self.payload?;
        let body = |tags| {
            JsonBody::default()
                .with("payload", payload)
                .with("userId", self.user_id)
                .with("conversationId", self.conversation_id)
                .with("type", self.message_type)
                .with("tags", tags)
                .with_some("schedule", self.schedule)
                .with_some("origin", self.synthetic.then_some("synthetic"))
        };
        let answer = self.creation.send(&self.api, "messages", body).await?;
        answer.field("message")
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

/// A message that is about to be changed; what is not given stays as it is.
#[must_use = "a message is changed by `send`"]
pub struct UpdateMessage<K> {
    api: ApiClient,
    id: MessageId,
    tags: EncodedTags,
    payload: Option<Result<Value, Violations>>,
    channel: PhantomData<fn() -> K>,
}

impl<K: Channel> UpdateMessage<K> {
    /// Sets the tags that are given.
    pub fn tags(mut self, tags: &K::MessageTags) -> Self {
        set_tags(&mut self.tags, tags);
        self
    }

    /// Clears tags.
    pub fn clear_tags(mut self, tags: impl IntoIterator<Item = Tag<K::MessageTags>>) -> Self {
        clear_tags(&mut self.tags, tags);
        self
    }

    /// Sets the payload; the message keeps its type.
    pub fn payload<M: ChannelMessage<Channel = K>>(mut self, payload: &M) -> Self {
        self.payload = Some(payload.to_value());
        self
    }

    /// Changes the message.
    ///
    /// # Errors
    ///
    /// [`ClientError::Invalid`] when the payload does not fit its schema; otherwise as any request to
    /// the API.
    pub async fn send(self) -> Result<Message<K::MessageTags>, ClientError> {
        let body = JsonBody::default()
            .with("tags", self.tags?)
            .with_some("payload", self.payload.transpose()?);
        let path = ["v1", "chat", "messages", self.id.as_str()];
        let answer = self.api.send(ApiRequest::put(path).body(body)).await?;
        answer.field("message")
    }
}

/// As that of [`CreateMessage`].
impl<K: Channel> fmt::Debug for UpdateMessage<K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("UpdateMessage")
            .field("channel", &K::NAME)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
