//! The client of the Botpress API.
//!
//! [`Client`] is typed by the definition. It uses [`ApiClient`], which sends any request as JSON
//! and retries it as its [`RetryPolicy`] allows. A [`Transport`] sends the HTTP requests.

mod api;
mod api_request;
mod change;
mod configure;
mod conversations;
mod creation;
mod entity;
mod event_name;
mod events;
mod files;
mod id;
mod incoming;
mod json_body;
mod list;
mod messages;
mod participants;
mod send;
mod states;
mod typed_client;
mod upload;
mod url;
mod users;

pub use api::ApiClient;
pub use configure::{Configure, RegisterSchedule};
pub use conversations::{Conversations, CreateConversation, UpdateConversation};
pub use entity::{
    AccessPolicy, Conversation, Event, EventStatus, File, FileStatus, FoundOrCreated, Message,
    MessageDirection, StoredState, User,
};
pub use event_name::EventName;
pub use events::{CreateEvent, EventHistory, EventsClient};
pub use files::{Files, UpdateFile};
pub use id::{ConversationId, EventId, FileId, MessageId, UserId};
pub use incoming::{Incoming, IncomingMessage};
pub use list::{
    Direction, List, OfConversations, OfEvents, OfFiles, OfMessages, OfUsers, Page, Pages, SortBy,
    SortFilesBy, Unfiltered,
};
pub use messages::{CreateMessage, Messages, UpdateMessage};
pub use participants::Participants;
pub(crate) use send::send_with_retries;
pub(crate) use send::within;
pub use states::{State, StatesClient};
pub use typed_client::Client;
pub use upload::{FileContent, Upload, Upsert, Upserted};
pub(crate) use url::push_parameter;
pub use users::{CreateUser, UpdateUser, Users};

#[cfg(all(feature = "http-client", not(target_family = "wasm")))]
pub use crate::transport::HttpTransport;
pub use crate::{
    ClientError,
    transport::{
        Clock, RequestBody, RetryPolicy, SendFuture, SleepFuture, Transport, TransportError,
    },
};
