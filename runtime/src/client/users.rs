//! The users of a bot.

use std::marker::PhantomData;

use serde_json::{Map, Value};

use super::api::{Answer, ApiClient, ReadAnswer};
use super::api_request::ApiRequest;
use super::change::Change;
use super::creation::Creation;
use super::entity::{FoundOrCreated, User};
use super::id::UserId;
use super::json_body::JsonBody;
use super::list::{List, OfUsers};
use crate::ClientError;
use crate::{Definition, Tag};

/// The users of a bot, with the tags that the definition declares.
#[derive(Clone, Debug)]
pub struct Users<D> {
    api: ApiClient,
    definition: PhantomData<fn() -> D>,
}

impl<D: Definition> Users<D> {
    pub(super) fn new(api: ApiClient) -> Self {
        Self {
            api,
            definition: PhantomData,
        }
    }

    /// Returns a builder that creates a user.
    pub fn create(&self, tags: &D::UserTags) -> CreateUser<D, User<D::UserTags>> {
        self.creation(Creation::always(tags), Answer::field)
    }

    /// Returns a builder that finds the user with all of these tags, or creates one if there is
    /// none. At least one tag must be set. An existing user gets the tags, the name, the picture and
    /// the attributes that the builder sets.
    pub fn get_or_create(
        &self,
        by: &D::UserTags,
    ) -> CreateUser<D, FoundOrCreated<User<D::UserTags>>> {
        self.creation(Creation::unless_found(by), Answer::found_or_created)
    }

    fn creation<A>(&self, creation: Creation, read: ReadAnswer<A>) -> CreateUser<D, A> {
        CreateUser {
            api: self.api.clone(),
            creation,
            name: None,
            picture_url: None,
            properties: Map::new(),
            attributes: Map::new(),
            read,
            definition: PhantomData,
        }
    }

    /// Reads a user. Returns `None` if it does not exist.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn get(
        &self,
        id: impl Into<UserId>,
    ) -> Result<Option<User<D::UserTags>>, ClientError> {
        let id = id.into();
        let call = ApiRequest::get(["v1", "chat", "users", id.as_str()]);
        self.api.get_optional(call, "user").await
    }

    /// Returns a list of users.
    pub fn list(&self) -> List<User<D::UserTags>, OfUsers> {
        List::new(&self.api, &["v1", "chat", "users"], "users")
    }

    /// Returns a builder that updates a user.
    pub fn update(&self, id: impl Into<UserId>) -> UpdateUser<D> {
        UpdateUser {
            change: Change::new(&self.api, "users", id.into()),
            definition: PhantomData,
        }
    }

    /// Deletes a user.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn delete(&self, id: impl Into<UserId>) -> Result<(), ClientError> {
        let id = id.into();
        let path = ["v1", "chat", "users", id.as_str()];
        self.api.execute(ApiRequest::delete(path)).await
    }
}

/// A builder that creates a user, or finds an existing one. `A` is what `send` returns.
#[derive(Debug)]
#[must_use = "the request is sent only when `send` is called"]
pub struct CreateUser<D, A> {
    api: ApiClient,
    creation: Creation,
    name: Option<String>,
    picture_url: Option<String>,
    properties: Map<String, Value>,
    attributes: Map<String, Value>,
    read: ReadAnswer<A>,
    definition: PhantomData<fn() -> D>,
}

impl<D: Definition, A> CreateUser<D, A> {
    /// Adds tags. They are not used to find an existing user.
    pub fn tags(mut self, tags: &D::UserTags) -> Self {
        self.creation.store(tags);
        self
    }

    /// Sets the user's name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the URL of the user's picture.
    pub fn picture_url(mut self, picture_url: impl Into<String>) -> Self {
        self.picture_url = Some(picture_url.into());
        self
    }

    /// Sets a property. Properties are not declared in the definition.
    pub fn property(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.properties.insert(name.into(), value.into().into());
        self
    }

    /// Sets an attribute. Botpress recommends properties instead.
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.attributes.insert(name.into(), value.into().into());
        self
    }

    /// Creates the user, or finds the existing one and updates it.
    ///
    /// # Errors
    ///
    /// Returns [`ClientError::Request`] if an existing user should be found and no tag is set, and
    /// any other [`ClientError`] if the request fails.
    pub async fn send(self) -> Result<A, ClientError> {
        let body = |tags| {
            JsonBody::default()
                .with("tags", tags)
                .with_some("name", self.name)
                .with_some("pictureUrl", self.picture_url)
                .with_map("properties", self.properties)
                .with_map("attributes", self.attributes)
        };
        let answer = self.creation.send(&self.api, "users", body).await?;
        (self.read)(answer, "user")
    }
}

/// A builder that updates a user. Fields that are not set stay unchanged.
#[derive(Debug)]
#[must_use = "the request is sent only when `send` is called"]
pub struct UpdateUser<D> {
    change: Change,
    definition: PhantomData<fn() -> D>,
}

impl<D: Definition> UpdateUser<D> {
    /// Sets the given tags and keeps the others.
    pub fn tags(mut self, tags: &D::UserTags) -> Self {
        self.change = self.change.tags(tags);
        self
    }

    /// Clears tags.
    pub fn clear_tags(mut self, tags: impl IntoIterator<Item = Tag<D::UserTags>>) -> Self {
        self.change = self.change.clear_tags(tags);
        self
    }

    /// Sets the user's name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.change = self.change.field("name", name.into());
        self
    }

    /// Clears the user's name.
    pub fn clear_name(mut self) -> Self {
        self.change = self.change.field("name", Value::Null);
        self
    }

    /// Sets the URL of the user's picture.
    pub fn picture_url(mut self, picture_url: impl Into<String>) -> Self {
        self.change = self.change.field("pictureUrl", picture_url.into());
        self
    }

    /// Clears the URL of the user's picture.
    pub fn clear_picture_url(mut self) -> Self {
        self.change = self.change.field("pictureUrl", Value::Null);
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

    /// Sets an attribute. Botpress recommends properties instead.
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.change = self.change.attribute(name, value.into());
        self
    }

    /// Clears an attribute.
    pub fn clear_attribute(mut self, name: impl Into<String>) -> Self {
        self.change = self.change.attribute(name, Value::Null);
        self
    }

    /// Updates the user.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn send(self) -> Result<User<D::UserTags>, ClientError> {
        self.change.send("user").await
    }
}
