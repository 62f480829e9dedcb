//! The client that is typed by the definition.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::api::ApiClient;
use super::api_request::ApiRequest;
use super::configure::Configure;
use super::conversations::Conversations;
use super::events::{EventHistory, EventsClient};
use super::files::Files;
use super::incoming::IncomingMessage;
use super::json_body::JsonBody;
use super::messages::Messages;
use super::states::StatesClient;
use super::users::Users;
use crate::ClientError;
use crate::transport::RetryPolicy;
use crate::{CallIdentity, Channel, Definition, Environment};

/// A client of the Botpress API for one bot, with the states, events, tags and messages of a
/// definition.
///
/// A handler gets it from its context. Cloning is cheap.
pub struct Client<D: Definition> {
    api: ApiClient,
    definition: PhantomData<fn() -> D>,
}

impl<D: Definition> Client<D> {
    pub(crate) fn new(environment: &Environment, identity: &Arc<CallIdentity>) -> Self {
        Self {
            api: ApiClient::new(environment, identity),
            definition: PhantomData,
        }
    }

    /// Returns a client with this retry policy for the calls that are made with it:
    /// `client.retries(RetryPolicy::never()).events()…`.
    #[must_use]
    pub fn retries(&self, retries: RetryPolicy) -> Self {
        Self {
            api: self.api.clone().retries(retries),
            definition: PhantomData,
        }
    }

    /// Returns the client for the declared states.
    #[must_use]
    pub fn states(&self) -> D::States
    where
        D::States: From<StatesClient>,
    {
        StatesClient::new(self.api.clone()).into()
    }

    /// Returns the client for the declared events.
    #[must_use]
    pub fn events(&self) -> D::Events
    where
        D::Events: From<EventsClient>,
    {
        EventsClient::new(self.api.clone()).into()
    }

    /// Returns the client that reads the events of the bot.
    #[must_use]
    pub fn event_history(&self) -> EventHistory<D> {
        EventHistory::new(self.api.clone())
    }

    /// Returns the client for the users of the bot.
    #[must_use]
    pub fn users(&self) -> Users<D> {
        Users::new(self.api.clone())
    }

    /// Returns the client for the conversations of the bot.
    #[must_use]
    pub fn conversations(&self) -> Conversations<D> {
        Conversations::new(self.api.clone())
    }

    /// Returns the client for the messages of the bot.
    #[must_use]
    pub fn messages(&self) -> Messages<D> {
        Messages::new(self.api.clone())
    }

    /// Returns a builder for an incoming message. `conversation` and `user` are the tags for the
    /// lookup of the conversation and the user; at least one tag must be set in each. A
    /// conversation or a user that does not exist is created.
    pub fn incoming<K>(
        &self,
        conversation: &K::ConversationTags,
        user: &D::UserTags,
    ) -> IncomingMessage<K>
    where
        K: Channel<Definition = D>,
    {
        IncomingMessage::new(self.api.clone(), conversation, user)
    }

    /// Returns the client for the files of the bot.
    #[must_use]
    pub fn files(&self) -> Files {
        Files::new(self.api.clone())
    }

    /// Returns a builder that changes the settings of this installation.
    pub fn configure(&self) -> Configure {
        Configure::new(self.api.clone())
    }

    /// Adds `count` to a metric of the integration's analytics.
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`] if the request fails.
    pub async fn track(&self, name: &str, count: u64) -> Result<(), ClientError> {
        let body = JsonBody::default().with("name", name).with("count", count);
        self.api
            .execute(ApiRequest::post(["v1", "chat", "analytics"]).body(body))
            .await
    }

    /// Returns the untyped client, which sends any request.
    #[must_use]
    pub fn untyped(&self) -> &ApiClient {
        &self.api
    }
}

impl<D: Definition> Clone for Client<D> {
    fn clone(&self) -> Self {
        Self {
            api: self.api.clone(),
            definition: PhantomData,
        }
    }
}

impl<D: Definition> fmt::Debug for Client<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("definition", &D::DOCUMENT.name)
            .finish_non_exhaustive()
    }
}
