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

#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(clippy::disallowed_methods)]

pub mod client;
#[doc(hidden)]
pub mod codegen;
pub mod error;
#[cfg(feature = "oauth")]
pub mod oauth;
pub mod payload;
pub mod prelude;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod webhook;

mod call;
mod context;
mod date_time;
mod definition;
mod environment;
mod identity;
mod include;
mod logger;
mod observe;
mod operation;
mod panics;
mod require_header;
#[cfg(feature = "server")]
mod server;
mod service;
mod transport;
mod value;

/// The log: what an integration tells its owner, and the owners of the bots that use it.
pub mod log {
    pub use crate::logger::{
        Issue, IssueCategory, LogFormat, LogLevel, LogOutput, LogSettings, LogSink, Logger,
        StandardStreams,
    };
    #[cfg(feature = "tracing-layer")]
    pub use crate::observe::TracingLayer;
}

#[cfg(feature = "metrics")]
pub use self::observe::metrics;
#[cfg(feature = "opentelemetry")]
pub use self::observe::telemetry;
#[cfg(feature = "server")]
pub use self::server::{BoundServer, ServeError, Server, serve};
pub use self::{
    call::{
        ActionCall, ConversationUpdate, MessageCall, MessageUpdate, RawRequest,
        UnreadableConfiguration,
    },
    client::Client,
    context::{Context, ContextData},
    definition::{
        Channel, ChannelMessage, ConfigurationError, Definition, DefinitionDocument,
        MissingSecrets, SecretReader, Secrets, UnknownConfigurationType,
    },
    environment::Environment,
    error::{ApiError, ApiErrorKind, ClientError, Error, Explain, Explanation, Result},
    identity::CallIdentity,
    logger::Logger,
    operation::Operation,
    payload::{InvalidSchema, Payload, UnknownFields, Violation, Violations},
    require_header::{RequireHeader, RequireHeaderError, RequireHeaderFuture, RequireHeaderLayer},
    service::{CheckError, Service},
    value::{Number, Secret, Tag, TagMap, Tags, pem},
    webhook::{WebhookHeaders, WebhookRequest, WebhookResponse},
};
