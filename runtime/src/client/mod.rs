//! The client: what an integration asks of the Botpress API in the name of one call.
//!
//! [`Client`] is typed by the definition; [`ApiClient`] under it sends any request as JSON; a
//! [`Transport`] carries the bytes.

mod api;
mod body;
mod conversations;
mod creation;
mod entity;
mod error;
mod events;
#[cfg(feature = "transport")]
mod http_transport;
mod messages;
mod states;
mod transport;
mod typed;
mod url;
mod users;

pub use api::ApiClient;
pub use conversations::{Conversations, CreateConversation};
pub use entity::{Conversation, Event, EventStatus, Message, MessageDirection, User};
pub use error::ClientError;
pub use events::{CreateEvent, EventsClient};
#[cfg(feature = "transport")]
pub use http_transport::HttpTransport;
pub use messages::{CreateMessage, Messages};
pub use states::{State, StatesClient};
pub use transport::{SendFuture, Transport, TransportError};
pub use typed::Client;
pub use users::{CreateUser, UpdateUser, Users};
