//! Contexture: the Rust SDK for Botpress integrations.
//!
//! An author writes one definition file; `contexture-codegen` turns it into types at build time;
//! this crate runs them. What it does with one request:
//!
//! ```text
//! headers -> configuration -> operation -> body -> payload -> handler -> response
//! ```
//!
//! | module | subject |
//! |---|---|
//! | `request` | headers and bodies into a call: identifiers, the typed configuration |
//! | `dispatch` | the operation of a call to its handler, and the answer back; one file a family |
//! | [`payload`] | what crosses the wire: validated against its schema, then typed |
//! | [`error`] | what handlers fail with, and what Botpress sees of it |
//! | [`client`] | the Botpress API, typed by the definition |
//! | [`log`] | what the integration tells its operator and the bot's owner |
//! | `server` | the HTTP server (feature `server`) |
//! | [`webhook`] | requests to the webhook: whether they are genuine, what they say |
//! | `oauth` | acting for somebody at another service (feature `oauth`) |
//! | [`pem`] | keys whose line breaks were lost |
//! | `metrics`, `telemetry` | Prometheus and OpenTelemetry (features `metrics`, `opentelemetry`) |
//! | [`testing`] | contexts for unit tests |
//!
//! The core (everything but `server` and the client's default transport) opens no socket and
//! starts no thread: [`Service`] is called in process, by the server here, or by any other one.
//!
//! # Trust
//!
//! Whoever reaches the port of an integration can claim to be any bot with any configuration, as
//! with the official SDK: the protocol carries no proof of who asks. Keep the port private, or put
//! something in front of it that checks who is calling.
//!
//! # Panics in handlers
//!
//! A handler that panics fails its own call with a 500 and nothing more. Under
//! `panic = "abort"` there is no such net: the process ends.

#![warn(clippy::disallowed_methods)]

pub mod client;
#[doc(hidden)]
pub mod codegen;
pub mod error;
pub mod log;
#[cfg(feature = "metrics")]
pub mod metrics;
#[cfg(feature = "oauth")]
pub mod oauth;
pub mod payload;
pub mod pem;
pub mod prelude;
#[cfg(feature = "opentelemetry")]
pub mod telemetry;
pub mod testing;
pub mod webhook;

mod channel;
mod context;
mod definition;
mod dispatch;
mod environment;
mod include;
mod json;
mod observe;
mod operation;
mod request;
mod require_header;
mod secret;
mod secrets;
#[cfg(feature = "server")]
mod server;
mod service;
mod tags;

#[cfg(feature = "server")]
pub use self::server::{BoundServer, ServeError, Server, serve};
pub use self::{
    channel::{Channel, ChannelMessage},
    client::{Client, ClientError},
    context::{CallIdentity, Context, ContextData},
    definition::{ConfigurationError, Definition, DefinitionDocument, UnknownConfigurationType},
    dispatch::{
        ActionCall, ConversationUpdate, MessageCall, MessageUpdate, RawRequest,
        UnreadableConfiguration,
    },
    environment::Environment,
    error::{ApiError, ApiErrorKind, Error, Explain, Explanation, Result},
    log::Logger,
    operation::Operation,
    payload::{InvalidSchema, Number, Payload, UnknownFields, Violation, Violations},
    require_header::{HeaderRequired, HeaderRequiredFuture, RequireHeader, RequireHeaderError},
    secret::Secret,
    secrets::{MissingSecrets, SecretReader, Secrets},
    service::{CheckError, Service},
    tags::{Tag, TagMap, Tags},
    webhook::{WebhookHeaders, WebhookRequest, WebhookResponse},
};
