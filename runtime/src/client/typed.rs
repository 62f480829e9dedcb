//! The client that knows the definition.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::api::ApiClient;
use super::conversations::Conversations;
use super::events::EventsClient;
use super::messages::Messages;
use super::states::StatesClient;
use super::users::Users;
use crate::{CallIdentity, Definition, Environment};

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

    /// Gives the states that the definition declares.
    #[must_use]
    pub fn states(&self) -> D::States {
        StatesClient::new(self.api.clone()).into()
    }

    /// Gives the events that the definition declares.
    #[must_use]
    pub fn events(&self) -> D::Events {
        EventsClient::new(self.api.clone()).into()
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
