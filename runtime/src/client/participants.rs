//! The participants of a conversation.

use std::marker::PhantomData;

use super::api::ApiClient;
use super::api_request::ApiRequest;
use super::entity::User;
use super::id::{ConversationId, UserId};
use super::json_body::JsonBody;
use super::list::{List, Unfiltered};
use crate::ClientError;
use crate::Definition;

/// The participants of a conversation: the users who take part in it.
#[derive(Clone, Debug)]
pub struct Participants<D> {
    api: ApiClient,
    conversation: ConversationId,
    definition: PhantomData<fn() -> D>,
}

impl<D: Definition> Participants<D> {
    pub(super) fn new(api: ApiClient, conversation: ConversationId) -> Self {
        Self {
            api,
            conversation,
            definition: PhantomData,
        }
    }

    /// Returns a list of the participants.
    pub fn list(&self) -> List<User<D::UserTags>, Unfiltered> {
        List::new(&self.api, &self.path(), "participants")
    }

    /// Adds a user to the conversation.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn add(&self, user: impl Into<UserId>) -> Result<User<D::UserTags>, ClientError> {
        let body = JsonBody::default().with("userId", user.into());
        // Idempotent: a user who already takes part is not added again.
        let call = ApiRequest::post(self.path()).body(body).repeatable(true);
        self.api.send(call).await?.field("participant")
    }

    /// Reads a participant. Returns `None` if the user does not take part in the conversation.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn get(
        &self,
        user: impl Into<UserId>,
    ) -> Result<Option<User<D::UserTags>>, ClientError> {
        let user = user.into();
        let path = self.path().into_iter().chain([user.as_str()]);
        self.api
            .get_optional(ApiRequest::get(path), "participant")
            .await
    }

    /// Removes a user from the conversation.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn remove(&self, user: impl Into<UserId>) -> Result<(), ClientError> {
        let user = user.into();
        let path = self.path().into_iter().chain([user.as_str()]);
        self.api.execute(ApiRequest::delete(path)).await
    }

    fn path(&self) -> [&str; 5] {
        let id = self.conversation.as_str();
        ["v1", "chat", "conversations", id, "participants"]
    }
}
