//! The conversations of a bot.

use std::marker::PhantomData;

use serde_json::{Map, Value};

use super::api::ApiClient;
use super::api_request::ApiRequest;
use super::change::Change;
use super::creation::Creation;
use super::entity::Conversation;
use super::id::ConversationId;
use super::json_body::JsonBody;
use super::list::{List, OfConversations};
use super::participants::Participants;
use crate::ClientError;
use crate::{Channel, Definition, Tag, TagMap, Tags};

/// The conversations of a bot, with the tags that the definition declares for each channel.
///
/// A channel is named by its type: `conversations().get_or_create::<IssueCommentsChannel>(&tags)`.
#[derive(Clone, Debug)]
pub struct Conversations<D> {
    api: ApiClient,
    definition: PhantomData<fn() -> D>,
}

impl<D: Definition> Conversations<D> {
    pub(super) fn new(api: ApiClient) -> Self {
        Self {
            api,
            definition: PhantomData,
        }
    }

    /// Prepares a new conversation of a channel.
    pub fn create<K>(&self, tags: &K::ConversationTags) -> CreateConversation<K>
    where
        K: Channel<Definition = D>,
    {
        self.creation(Creation::always(tags))
    }

    /// Prepares a look-up of the conversation that has all of these tags, of which one at least has
    /// to be set. A conversation is created when there is none.
    pub fn get_or_create<K>(&self, by: &K::ConversationTags) -> CreateConversation<K>
    where
        K: Channel<Definition = D>,
    {
        self.creation(Creation::unless_found(by))
    }

    fn creation<K>(&self, creation: Creation) -> CreateConversation<K> {
        CreateConversation {
            api: self.api.clone(),
            creation,
            properties: Map::new(),
            channel: PhantomData,
        }
    }

    /// Reads a conversation of a channel; `None` when there is no such conversation.
    ///
    /// # Errors
    ///
    /// [`ClientError::Decode`] when the conversation is of another channel; otherwise as any request
    /// to the API.
    pub async fn get<K>(
        &self,
        id: impl Into<ConversationId>,
    ) -> Result<Option<Conversation<K::ConversationTags>>, ClientError>
    where
        K: Channel<Definition = D>,
    {
        let found = self.read(&id.into()).await?;
        match found {
            // One that does not tell is believed to be what was asked for.
            Some(Conversation { channel, .. }) if !["", K::NAME].contains(&channel.as_str()) => {
                let expected = K::NAME;
                let problem = format!("it is of the channel `{channel}`, not of `{expected}`");
                Err(ClientError::Decode(problem))
            }
            found => Ok(found),
        }
    }

    /// Reads a conversation of any channel; `None` when there is no such conversation.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn get_any(
        &self,
        id: impl Into<ConversationId>,
    ) -> Result<Option<Conversation<TagMap>>, ClientError> {
        self.read(&id.into()).await
    }

    async fn read<T: Tags>(
        &self,
        id: &ConversationId,
    ) -> Result<Option<Conversation<T>>, ClientError> {
        let call = ApiRequest::get(["v1", "chat", "conversations", id.as_str()]);
        self.api.get_optional(call, "conversation").await
    }

    /// Prepares a list of conversations of every channel; [`channel`](List::channel) names one.
    pub fn list(&self) -> List<Conversation<TagMap>, OfConversations<D>> {
        let path = ["v1", "chat", "conversations"];
        List::new(&self.api, &path, "conversations")
    }

    /// Prepares a change of a conversation of a channel.
    pub fn update<K>(&self, id: impl Into<ConversationId>) -> UpdateConversation<K>
    where
        K: Channel<Definition = D>,
    {
        UpdateConversation {
            change: Change::new(&self.api, "conversations", id.into()),
            channel: PhantomData,
        }
    }

    /// Deletes a conversation.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn delete(&self, id: impl Into<ConversationId>) -> Result<(), ClientError> {
        let id = id.into();
        let path = ["v1", "chat", "conversations", id.as_str()];
        self.api.execute(ApiRequest::delete(path)).await
    }

    /// Gives the users who take part in a conversation.
    pub fn participants(&self, conversation: impl Into<ConversationId>) -> Participants<D> {
        Participants::new(self.api.clone(), conversation.into())
    }
}

/// A conversation that is about to be created, or found.
#[derive(Debug)]
#[must_use = "a conversation is created by `send`"]
pub struct CreateConversation<K> {
    api: ApiClient,
    creation: Creation,
    properties: Map<String, Value>,
    channel: PhantomData<fn() -> K>,
}

impl<K: Channel> CreateConversation<K> {
    /// Adds tags that a conversation is created with, and that none is looked for by.
    pub fn tags(mut self, tags: &K::ConversationTags) -> Self {
        self.creation.store(tags);
        self
    }

    /// Sets a property, which no definition declares.
    pub fn property(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.properties.insert(name.into(), value.into().into());
        self
    }

    /// Creates the conversation, or finds what is there.
    ///
    /// # Errors
    ///
    /// [`ClientError::Request`] when nothing can be found, since no tag is set; otherwise as any
    /// request to the API.
    pub async fn send(self) -> Result<Conversation<K::ConversationTags>, ClientError> {
        let body = |tags| {
            JsonBody::default()
                .with("channel", K::NAME)
                .with("tags", tags)
                .with_map("properties", self.properties)
        };
        let answer = self.creation.send(&self.api, "conversations", body).await?;
        answer.field("conversation")
    }
}

/// A conversation that is about to be changed; what is not given stays as it is.
#[derive(Debug)]
#[must_use = "a conversation is changed by `send`"]
pub struct UpdateConversation<K> {
    change: Change,
    channel: PhantomData<fn() -> K>,
}

impl<K: Channel> UpdateConversation<K> {
    /// Sets the tags that are given.
    pub fn tags(mut self, tags: &K::ConversationTags) -> Self {
        self.change = self.change.tags(tags);
        self
    }

    /// Clears tags.
    pub fn clear_tags(mut self, tags: impl IntoIterator<Item = Tag<K::ConversationTags>>) -> Self {
        self.change = self.change.clear_tags(tags);
        self
    }

    /// Sets a property, which no definition declares.
    pub fn property(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.change = self.change.property(name, value.into());
        self
    }

    /// Clears a property.
    pub fn clear_property(mut self, name: impl Into<String>) -> Self {
        self.change = self.change.property(name, Value::Null);
        self
    }

    /// Changes the conversation.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn send(self) -> Result<Conversation<K::ConversationTags>, ClientError> {
        self.change.send("conversation").await
    }
}
