//! The users of a bot.

use std::marker::PhantomData;

use http::Method;
use serde_json::{Map, Value};

use super::api::ApiClient;
use super::body::{Body, encode_tags};
use super::creation::Creation;
use super::entity::User;
use super::error::ClientError;
use crate::Definition;

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
        self.creation(Creation::Always, tags)
    }

    /// Prepares a look-up of the user with these tags, who is created when there is none.
    pub fn get_or_create(&self, tags: &D::UserTags) -> CreateUser<D> {
        self.creation(Creation::UnlessFound { by: None }, tags)
    }

    fn creation(&self, creation: Creation, tags: &D::UserTags) -> CreateUser<D> {
        CreateUser {
            api: self.api.clone(),
            creation,
            tags: encode_tags(tags),
            name: None,
            picture_url: None,
            definition: PhantomData,
        }
    }

    /// Reads a user.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn get(&self, id: &str) -> Result<User<D::UserTags>, ClientError> {
        let path = ["v1", "chat", "users", id];
        self.api.ask(Method::GET, &path, None).await?.field("user")
    }

    /// Prepares a change of a user.
    pub fn update(&self, id: impl Into<String>) -> UpdateUser<D> {
        UpdateUser {
            api: self.api.clone(),
            id: id.into(),
            tags: None,
            name: None,
            picture_url: None,
            definition: PhantomData,
        }
    }

    /// Deletes a user.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn delete(&self, id: &str) -> Result<(), ClientError> {
        let path = ["v1", "chat", "users", id];
        self.api.ask(Method::DELETE, &path, None).await?;
        Ok(())
    }
}

/// A user who is about to be created, or found.
#[derive(Debug)]
#[must_use = "a user is created by `send`"]
pub struct CreateUser<D> {
    api: ApiClient,
    creation: Creation,
    tags: Result<Map<String, Value>, ClientError>,
    name: Option<String>,
    picture_url: Option<String>,
    definition: PhantomData<fn() -> D>,
}

impl<D: Definition> CreateUser<D> {
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

    /// Names the tags by which [`get_or_create`](Users::get_or_create) finds the user, instead of
    /// all that are given. A plain [`create`](Users::create) looks for nobody.
    pub fn discriminate_by<N: Into<String>>(mut self, tags: impl IntoIterator<Item = N>) -> Self {
        self.creation.find_by(tags);
        self
    }

    /// Creates the user, or finds who is there.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn send(self) -> Result<User<D::UserTags>, ClientError> {
        let tags = self.tags?;
        let tag_names = tags.keys().cloned().collect();
        let body = Body::default()
            .with("tags", tags)
            .with_some("name", self.name)
            .with_some("pictureUrl", self.picture_url);
        let found = self.creation.send(&self.api, "users", body, tag_names);
        found.await?.field("user")
    }
}

/// A user who is about to be changed; what is not given stays as it is.
#[derive(Debug)]
#[must_use = "a user is changed by `send`"]
pub struct UpdateUser<D> {
    api: ApiClient,
    id: String,
    tags: Option<Result<Map<String, Value>, ClientError>>,
    name: Option<String>,
    picture_url: Option<String>,
    definition: PhantomData<fn() -> D>,
}

impl<D: Definition> UpdateUser<D> {
    /// Sets the tags that are given.
    pub fn tags(mut self, tags: &D::UserTags) -> Self {
        self.tags = Some(encode_tags(tags));
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

    /// Changes the user.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn send(self) -> Result<User<D::UserTags>, ClientError> {
        let body = Body::default()
            .with_some("tags", self.tags.transpose()?)
            .with_some("name", self.name)
            .with_some("pictureUrl", self.picture_url);
        let path = ["v1", "chat", "users", &self.id];
        let answer = self.api.ask(Method::PUT, &path, Some(body)).await?;
        answer.field("user")
    }
}
