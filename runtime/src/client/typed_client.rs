//! The client that knows the definition.

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

/// A client of the Botpress API that acts for one bot, with the states, events, tags and messages
/// of a definition.
///
/// A context gives it. Cloning is cheap.
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

    /// Gives a client that sends requests again as this policy says, for the calls that are made with it:
    /// `client.retries(RetryPolicy::never()).events()…`.
    #[must_use]
    pub fn retries(&self, retries: RetryPolicy) -> Self {
        Self {
            api: self.api.clone().retries(retries),
            definition: PhantomData,
        }
    }

    /// Gives the states that the definition declares.
    #[must_use]
    pub fn states(&self) -> D::States
    where
        D::States: From<StatesClient>,
    {
        StatesClient::new(self.api.clone()).into()
    }

    /// Gives the events that the definition declares.
    #[must_use]
    pub fn events(&self) -> D::Events
    where
        D::Events: From<EventsClient>,
    {
        EventsClient::new(self.api.clone()).into()
    }

    /// Gives the events that the bot was told about.
    #[must_use]
    pub fn event_history(&self) -> EventHistory<D> {
        EventHistory::new(self.api.clone())
    }

    /// Gives the users of the bot.
    #[must_use]
    pub fn users(&self) -> Users<D> {
        Users::new(self.api.clone())
    }

    /// Gives the conversations of the bot.
    #[must_use]
    pub fn conversations(&self) -> Conversations<D> {
        Conversations::new(self.api.clone())
    }

    /// Gives the messages of the bot.
    #[must_use]
    pub fn messages(&self) -> Messages<D> {
        Messages::new(self.api.clone())
    }

    /// Prepares a message that comes in from outside, in the conversation and from the user that have all
    /// of these tags, of which one at least has to be set for each. What is not there is created.
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

    /// Gives the files of the bot.
    #[must_use]
    pub fn files(&self) -> Files {
        Files::new(self.api.clone())
    }

    /// Prepares a change of the settings of this installation.
    pub fn configure(&self) -> Configure {
        Configure::new(self.api.clone())
    }

    /// Adds to a count of the integration's analytics.
    ///
    /// # Errors
    ///
    /// As any request to the API.
    pub async fn track(&self, name: &str, count: u64) -> Result<(), ClientError> {
        let body = JsonBody::default().with("name", name).with("count", count);
        self.api
            .execute(ApiRequest::post(["v1", "chat", "analytics"]).body(body))
            .await
    }

    /// Gives the client that sends any request.
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
