//! The client: what an integration asks of the Botpress API in the name of one call.
//!
//! [`Client`] is typed by the definition; [`ApiClient`] under it sends any request as JSON, again where
//! its [`RetryPolicy`] says so; a [`Transport`] carries the bytes.

mod api;
mod body;
mod call;
mod change;
mod clock;
mod configure;
mod content;
mod conversations;
mod creation;
mod entity;
mod error;
mod events;
mod exchange;
mod files;
#[cfg(feature = "transport")]
mod http_transport;
mod id;
mod incoming;
mod list;
mod messages;
mod participants;
mod plain_http;
mod retry;
mod states;
mod transport;
mod typed;
mod upload;
mod url;
mod users;

pub use api::ApiClient;
#[cfg(feature = "transport")]
pub(crate) use clock::TokioClock;
pub use clock::{Clock, SleepFuture};
pub use configure::{Configure, RegisterSchedule};
pub use content::RequestBody;
pub use conversations::{Conversations, CreateConversation, UpdateConversation};
pub use entity::{
    AccessPolicy, Conversation, Event, EventStatus, File, FileStatus, Message, MessageDirection,
    User,
};
pub use error::ClientError;
pub use events::{CreateEvent, EventHistory, EventName, EventsClient};
#[cfg(feature = "jwt")]
pub(crate) use exchange::exchange;
#[cfg(any(feature = "oauth", feature = "opentelemetry"))]
pub(crate) use exchange::within;
pub use files::{Files, UpdateFile};
#[cfg(feature = "transport")]
pub use http_transport::HttpTransport;
pub use id::{ConversationId, EventId, FileId, MessageId, UserId};
pub use incoming::{Incoming, IncomingMessage};
pub use list::{
    Direction, List, OfConversations, OfEvents, OfFiles, OfMessages, OfUsers, Page, Pages, SortBy,
    SortFilesBy, Unfiltered,
};
pub use messages::{CreateMessage, Messages, UpdateMessage};
pub use participants::Participants;
pub(crate) use plain_http::{PLAIN_HTTP_VARIABLE, PlainHttp, check as check_plain_http};
pub use retry::RetryPolicy;
pub use states::{State, StatesClient};
pub use transport::{SendFuture, Transport, TransportError};
pub use typed::Client;
pub use upload::{FileContent, Upload, Upsert, Upserted};
pub use users::{CreateUser, UpdateUser, Users};
