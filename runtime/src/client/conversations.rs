//! The conversations of a bot.

use std::marker::PhantomData;

use serde_json::{Map, Value};

use super::api::{Answer, ApiClient, ReadAnswer};
use super::api_request::ApiRequest;
use super::change::Change;
use super::creation::Creation;
use super::entity::{Conversation, FoundOrCreated};
use super::id::ConversationId;
use super::json_body::JsonBody;
use super::list::{List, OfConversations};
use super::participants::Participants;
use crate::ClientError;
use crate::{Channel, Definition, Tag, TagMap, Tags};

/// The conversations of a bot, with the tags that the definition declares for each channel.
///
/// A type parameter selects the channel:
/// `conversations().get_or_create::<IssueCommentsChannel>(&tags)`.
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

    /// Returns a builder that creates a conversation in a channel.
    pub fn create<K>(
        &self,
        tags: &K::ConversationTags,
    ) -> CreateConversation<K, Conversation<K::ConversationTags>>
    where
        K: Channel<Definition = D>,
    {
        self.creation(Creation::always(tags), Answer::field)
    }

    /// Returns a builder that finds the conversation with all of these tags, or creates it if there
    /// is none. At least one tag must be set. An existing conversation gets the tags that the
    /// builder sets.
    pub fn get_or_create<K>(
        &self,
        by: &K::ConversationTags,
    ) -> CreateConversation<K, FoundOrCreated<Conversation<K::ConversationTags>>>
    where
        K: Channel<Definition = D>,
    {
        self.creation(Creation::unless_found(by), Answer::found_or_created)
    }

    fn creation<K, A>(&self, creation: Creation, read: ReadAnswer<A>) -> CreateConversation<K, A> {
        CreateConversation {
            api: self.api.clone(),
            creation,
            properties: Map::new(),
            read,
            channel: PhantomData,
        }
    }

    /// Reads a conversation of a channel. Returns `None` if it does not exist.
    ///
    /// # Errors
    ///
    /// Returns [`ClientError::Decode`] if the conversation belongs to another channel, and any
    /// other [`ClientError`] if the request fails.
    pub async fn get<K>(
        &self,
        id: impl Into<ConversationId>,
    ) -> Result<Option<Conversation<K::ConversationTags>>, ClientError>
    where
        K: Channel<Definition = D>,
    {
        let found = self.read(&id.into()).await?;
        match found {
            // A response without a channel is accepted.
            Some(Conversation { channel, .. }) if !["", K::NAME].contains(&channel.as_str()) => {
                let expected = K::NAME;
                let problem = format!(
                    "the conversation belongs to the channel `{channel}`, expected `{expected}`"
                );
                Err(ClientError::Decode(problem))
            }
            found => Ok(found),
        }
    }

    /// Reads a conversation of any channel. Returns `None` if it does not exist.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
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

    /// Returns a list of the conversations of all channels. Use [`channel`](List::channel) to
    /// filter by channel.
    pub fn list(&self) -> List<Conversation<TagMap>, OfConversations<D>> {
        let path = ["v1", "chat", "conversations"];
        List::new(&self.api, &path, "conversations")
    }

    /// Returns a builder that updates a conversation of a channel.
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
    /// Returns a [`ClientError`] if the request fails.
    pub async fn delete(&self, id: impl Into<ConversationId>) -> Result<(), ClientError> {
        let id = id.into();
        let path = ["v1", "chat", "conversations", id.as_str()];
        self.api.execute(ApiRequest::delete(path)).await
    }

    /// Returns a client for the participants of a conversation.
    pub fn participants(&self, conversation: impl Into<ConversationId>) -> Participants<D> {
        Participants::new(self.api.clone(), conversation.into())
    }
}

/// A builder that creates a conversation, or finds an existing one. `A` is what `send` returns.
#[derive(Debug)]
#[must_use = "the request is sent only when `send` is called"]
pub struct CreateConversation<K, A> {
    api: ApiClient,
    creation: Creation,
    properties: Map<String, Value>,
    read: ReadAnswer<A>,
    channel: PhantomData<fn() -> K>,
}

impl<K: Channel, A> CreateConversation<K, A> {
    /// Adds tags. They are not used to find an existing conversation.
    pub fn tags(mut self, tags: &K::ConversationTags) -> Self {
        self.creation.store(tags);
        self
    }

    /// Sets a property. Properties are not declared in the definition.
    pub fn property(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.properties.insert(name.into(), value.into().into());
        self
    }

    /// Creates the conversation, or finds the existing one and updates it.
    ///
    /// # Errors
    ///
    /// Returns [`ClientError::Request`] if an existing conversation should be found and no tag is
    /// set, and any other [`ClientError`] if the request fails.
    pub async fn send(self) -> Result<A, ClientError> {
        let body = |tags| {
            JsonBody::default()
                .with("channel", K::NAME)
                .with("tags", tags)
                .with_map("properties", self.properties)
        };
        let answer = self.creation.send(&self.api, "conversations", body).await?;
        (self.read)(answer, "conversation")
    }
}

/// A builder that updates a conversation. Fields that are not set stay unchanged.
#[derive(Debug)]
#[must_use = "the request is sent only when `send` is called"]
pub struct UpdateConversation<K> {
    change: Change,
    channel: PhantomData<fn() -> K>,
}

impl<K: Channel> UpdateConversation<K> {
    /// Sets the given tags and keeps the others.
    pub fn tags(mut self, tags: &K::ConversationTags) -> Self {
        self.change = self.change.tags(tags);
        self
    }

    /// Clears tags.
    pub fn clear_tags(mut self, tags: impl IntoIterator<Item = Tag<K::ConversationTags>>) -> Self {
        self.change = self.change.clear_tags(tags);
        self
    }

    /// Sets a property. Properties are not declared in the definition.
    pub fn property(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.change = self.change.property(name, value.into());
        self
    }

    /// Clears a property.
    pub fn clear_property(mut self, name: impl Into<String>) -> Self {
        self.change = self.change.property(name, Value::Null);
        self
    }

    /// Updates the conversation.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn send(self) -> Result<Conversation<K::ConversationTags>, ClientError> {
        self.change.send("conversation").await
    }
}
