//! The users of a bot.

use std::marker::PhantomData;

use serde_json::{Map, Value};

use super::api::ApiClient;
use super::api_request::ApiRequest;
use super::change::Change;
use super::creation::Creation;
use super::entity::User;
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

    /// Prepares a new user.
    pub fn create(&self, tags: &D::UserTags) -> CreateUser<D> {
        self.creation(Creation::always(tags))
    }

    /// Prepares a look-up of the user who has all of these tags, of which one at least has to be set.
    /// A user is created when there is none.
    pub fn get_or_create(&self, by: &D::UserTags) -> CreateUser<D> {
        self.creation(Creation::unless_found(by))
    }

    fn creation(&self, creation: Creation) -> CreateUser<D> {
        CreateUser {
            api: self.api.clone(),
            creation,
            name: None,
            picture_url: None,
            properties: Map::new(),
            attributes: Map::new(),
            definition: PhantomData,
        }
    }

    /// Reads a user; `None` when there is no such user.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn get(
        &self,
        id: impl Into<UserId>,
    ) -> Result<Option<User<D::UserTags>>, ClientError> {
        let id = id.into();
        let call = ApiRequest::get(["v1", "chat", "users", id.as_str()]);
        self.api.get_optional(call, "user").await
    }

    /// Prepares a list of users.
    pub fn list(&self) -> List<User<D::UserTags>, OfUsers> {
        List::new(&self.api, &["v1", "chat", "users"], "users")
    }

    /// Prepares a change of a user.
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
    /// As any request to the API.
    pub async fn delete(&self, id: impl Into<UserId>) -> Result<(), ClientError> {
        let id = id.into();
        let path = ["v1", "chat", "users", id.as_str()];
        self.api.execute(ApiRequest::delete(path)).await
    }
}

/// A user who is about to be created, or found.
#[derive(Debug)]
#[must_use = "a user is created by `send`"]
pub struct CreateUser<D> {
    api: ApiClient,
    creation: Creation,
    name: Option<String>,
    picture_url: Option<String>,
    properties: Map<String, Value>,
    attributes: Map<String, Value>,
    definition: PhantomData<fn() -> D>,
}

impl<D: Definition> CreateUser<D> {
    /// Adds tags that a user is created with, and that nobody is looked for by.
    pub fn tags(mut self, tags: &D::UserTags) -> Self {
        self.creation.store(tags);
        self
    }

    /// Sets the user's name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the address of the user's picture.
    pub fn picture_url(mut self, picture_url: impl Into<String>) -> Self {
        self.picture_url = Some(picture_url.into());
        self
    }

    /// Sets a property, which no definition declares.
    pub fn property(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.properties.insert(name.into(), value.into().into());
        self
    }

    /// Sets an attribute, which no definition declares.
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.attributes.insert(name.into(), value.into().into());
        self
    }

    /// Creates the user, or finds who is there.
    ///
    /// # Errors
    ///
    /// [`ClientError::Request`] when nobody can be found, since no tag is set; otherwise as any
    /// request to the API.
    pub async fn send(self) -> Result<User<D::UserTags>, ClientError> {
        let body = |tags| {
            JsonBody::default()
                .with("tags", tags)
                .with_some("name", self.name)
                .with_some("pictureUrl", self.picture_url)
                .with_map("properties", self.properties)
                .with_map("attributes", self.attributes)
        };
        let answer = self.creation.send(&self.api, "users", body).await?;
        answer.field("user")
    }
}

/// A user who is about to be changed; what is not given stays as it is.
#[derive(Debug)]
#[must_use = "a user is changed by `send`"]
pub struct UpdateUser<D> {
    change: Change,
    definition: PhantomData<fn() -> D>,
}

impl<D: Definition> UpdateUser<D> {
    /// Sets the tags that are given.
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

    /// Sets the address of the user's picture.
    pub fn picture_url(mut self, picture_url: impl Into<String>) -> Self {
        self.change = self.change.field("pictureUrl", picture_url.into());
        self
    }

    /// Clears the address of the user's picture.
    pub fn clear_picture_url(mut self) -> Self {
        self.change = self.change.field("pictureUrl", Value::Null);
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

    /// Sets an attribute, which no definition declares.
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.change = self.change.attribute(name, value.into());
        self
    }

    /// Clears an attribute.
    pub fn clear_attribute(mut self, name: impl Into<String>) -> Self {
        self.change = self.change.attribute(name, Value::Null);
        self
    }

    /// Changes the user.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn send(self) -> Result<User<D::UserTags>, ClientError> {
        self.change.send("user").await
    }
}
