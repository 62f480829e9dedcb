//! Contexture: the Rust SDK for Botpress integrations.
//!
//! An author writes a definition file, `contexture-codegen` generates types from it at build time,
//! and this crate runs the integration. A request passes through these steps:
//!
//! ```text
//! headers -> configuration -> operation -> body -> payload -> handler -> response
//! ```
//!
//! | module | subject |
//! |---|---|
//! | `call` | the steps of a call, from its headers to its response |
//! | [`client`] | the Botpress API, typed by the definition |
//! | `definition` | the interface between generated code and the runtime |
//! | `environment` | the API, the token and the log of the process, from environment variables |
//! | [`error`] | errors of handlers and of the API, and their responses |
//! | [`http_client`] | requests to other services |
//! | `lambda` | the integration as a function of AWS Lambda (feature `lambda`) |
//! | [`log`] | log lines for the owners of the integration and of its bots (module `logger`) |
//! | `meaning` | what the keywords of a schema mean together, for people |
//! | `metrics`, `telemetry` | Prometheus and OpenTelemetry (module `observe`, features `metrics`, `opentelemetry`) |
//! | `oauth` | access to other services on behalf of a user (feature `oauth`) |
//! | [`payload`] | validation of payloads against their schemas |
//! | [`pem`] | PEM keys whose line breaks were lost |
//! | `server` | the HTTP server (feature `server`) |
//! | `signed_calls` | proof that a call comes from Botpress (feature `call-signatures`) |
//! | [`store`] | claims that several processes share (in Redis: feature `redis`) |
//! | `host` | the program that has loaded the integration as WebAssembly |
//! | `testing` | the test harness (feature `testing`) |
//! | `transport` | the HTTP transport, the clock and the retry policy of requests |
//! | `value` | JSON, numbers, dates (conversions: features `jiff`, `chrono`), tags, secrets |
//! | [`webhook`] | webhook requests, their signatures and responses |
//!
//! The core opens no socket and starts no thread; only `server`, `lambda`, the default transport and the
//! store in Redis do.
//! [`Service`] is called in process, by the server of this crate or by any other.
//!
//! # Trust
//!
//! Botpress signs the time and the body of its calls. The server verifies the signature if
//! `BP_SIGNING_SECRET` is set ([`VerifyCallsLayer`]). The headers of a call, which name the bot and
//! contain the configuration, are not signed. Without the secret, any client that reaches the port of
//! an integration can claim to be any bot with any configuration. The same holds for the official
//! SDK. Keep the port private, or put a proxy in front of it that authenticates the caller.
//!
//! # Panics in handlers
//!
//! A handler that panics fails only its own call, with a 500. With `panic = "abort"` the whole
//! process ends instead.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(clippy::disallowed_methods)]

pub mod client;
#[doc(hidden)]
pub mod codegen;
pub mod error;
pub mod http_client;
#[cfg(all(feature = "lambda", not(target_family = "wasm")))]
pub mod lambda;
#[doc(hidden)]
pub mod meaning;
#[cfg(feature = "oauth")]
pub mod oauth;
pub mod payload;
pub mod prelude;
pub mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod webhook;
#[cfg(feature = "wizard")]
pub mod wizard;

mod after_response;
mod call;
mod context;
#[cfg(any(feature = "call-signatures", feature = "webhook-signatures"))]
mod crypto;
mod date_time;
mod definition;
mod environment;
#[cfg(any(test, target_family = "wasm"))]
#[cfg_attr(
    not(target_family = "wasm"),
    expect(dead_code, reason = "tests use a part of it")
)]
mod host;
mod identity;
mod include;
mod logger;
mod observe;
mod operation;
mod panics;
mod random;
mod require_header;
#[cfg(any(feature = "lambda", feature = "server", target_family = "wasm"))]
mod run;
#[cfg(all(feature = "server", not(target_family = "wasm")))]
mod server;
mod service;
#[cfg(feature = "call-signatures")]
mod signed_calls;
mod transport;
#[cfg(any(feature = "call-signatures", feature = "webhook-signatures"))]
mod unix_time;
mod value;

/// The log: lines for the owner of the integration and for the owners of the bots that use it.
pub mod log {
    pub use crate::logger::{
        Issue, IssueCategory, LogFormat, LogLevel, LogOutput, LogSettings, LogSink, Logger,
        StandardStreams,
    };
    #[cfg(feature = "tracing-layer")]
    pub use crate::observe::TracingLayer;
    pub use crate::observe::TracingSubscriber;
}

#[cfg(feature = "metrics")]
pub use self::observe::metrics;
#[cfg(all(feature = "opentelemetry", not(target_family = "wasm")))]
pub use self::observe::telemetry;
#[cfg(any(feature = "lambda", feature = "server", target_family = "wasm"))]
pub use self::run::run;
#[cfg(all(feature = "server", not(target_family = "wasm")))]
pub use self::server::{BoundServer, ServeError, Server, serve};
#[cfg(feature = "call-signatures")]
pub use self::signed_calls::{
    CallSignatureError, CallSigner, SigningSecretError, SigningVariableError, VerifyCalls,
    VerifyCallsLayer,
};
pub use self::{
    call::{
        ActionCall, ConversationUpdate, CreatedConversation, CreatedUser, MessageCall,
        MessageUpdate, RawRequest, UnreadableConfiguration,
    },
    client::Client,
    context::{Context, ContextData},
    definition::{
        Channel, ChannelMessage, ConfigurationError, Definition, DefinitionDocument, MigrateFrom,
        MissingSecrets, SecretReader, Secrets, UnknownConfigurationType,
    },
    environment::Environment,
    error::{ApiError, ApiErrorKind, ClientError, Error, Explain, Explanation, Result},
    identity::{CallIdentity, Installation},
    logger::Logger,
    operation::Operation,
    payload::{InvalidSchema, Payload, UnknownFields, Violation, Violations},
    require_header::{RequireHeader, RequireHeaderError, RequireHeaderFuture, RequireHeaderLayer},
    service::{CheckError, Service},
    value::{Date, DateTime, InvalidDate, Number, Secret, Tag, TagMap, Tags, pem},
    webhook::{WebhookHeaders, WebhookRequest, WebhookResponse},
};
