//! The conversations of a bot.

use std::marker::PhantomData;

use http::Method;
use serde_json::{Map, Value};

use super::api::ApiClient;
use super::body::{Body, encode_tags};
use super::creation::Creation;
use super::entity::Conversation;
use super::error::ClientError;
use crate::{Channel, Definition};

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
        self.creation(Creation::Always, tags)
    }

    /// Prepares a look-up of the conversation with these tags, which is created when there is none.
    pub fn get_or_create<K>(&self, tags: &K::ConversationTags) -> CreateConversation<K>
    where
        K: Channel<Definition = D>,
    {
        self.creation(Creation::UnlessFound { by: None }, tags)
    }

    fn creation<K>(&self, creation: Creation, tags: &K::ConversationTags) -> CreateConversation<K>
    where
        K: Channel<Definition = D>,
    {
        CreateConversation {
            api: self.api.clone(),
            creation,
            tags: encode_tags(tags),
            channel: PhantomData,
        }
    }

    /// Reads a conversation of a channel.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn get<K>(&self, id: &str) -> Result<Conversation<K::ConversationTags>, ClientError>
    where
        K: Channel<Definition = D>,
    {
        let path = ["v1", "chat", "conversations", id];
        let answer = self.api.ask(Method::GET, &path, None).await?;
        answer.field("conversation")
    }

    /// Sets the tags that are given; others stay as they are.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn update<K>(
        &self,
        id: &str,
        tags: &K::ConversationTags,
    ) -> Result<Conversation<K::ConversationTags>, ClientError>
    where
        K: Channel<Definition = D>,
    {
        let path = ["v1", "chat", "conversations", id];
        let body = Body::default().with("tags", encode_tags(tags)?);
        let answer = self.api.ask(Method::PUT, &path, Some(body)).await?;
        answer.field("conversation")
    }

    /// Deletes a conversation.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn delete(&self, id: &str) -> Result<(), ClientError> {
        let path = ["v1", "chat", "conversations", id];
        self.api.ask(Method::DELETE, &path, None).await?;
        Ok(())
    }
}

/// A conversation that is about to be created, or found.
#[derive(Debug)]
#[must_use = "a conversation is created by `send`"]
pub struct CreateConversation<K> {
    api: ApiClient,
    creation: Creation,
    tags: Result<Map<String, Value>, ClientError>,
    channel: PhantomData<fn() -> K>,
}

impl<K: Channel> CreateConversation<K> {
    /// Names the tags by which [`get_or_create`](Conversations::get_or_create) finds the
    /// conversation, instead of all that are given. A plain [`create`](Conversations::create) looks
    /// for nothing.
    pub fn discriminate_by<N: Into<String>>(mut self, tags: impl IntoIterator<Item = N>) -> Self {
        self.creation.find_by(tags);
        self
    }

    /// Creates the conversation, or finds what is there.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn send(self) -> Result<Conversation<K::ConversationTags>, ClientError> {
        let tags = self.tags?;
        let tag_names = tags.keys().cloned().collect();
        let body = Body::default().with("channel", K::NAME).with("tags", tags);
        let found = self
            .creation
            .send(&self.api, "conversations", body, tag_names);
        found.await?.field("conversation")
    }
}
