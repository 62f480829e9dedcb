//! Botpress's side of the protocol: instances of an integration, and calls of its operations.
//!
//! A [`Platform`] calls one integration, on behalf of all its instances.

mod access;
mod answer;
mod api_record;
mod call;
mod configuration;
mod data;
mod error;
mod headers;
mod instance;
mod instances;
mod integration;
mod lifecycle;
mod messages;
mod operations;
mod providers;
mod raw;
mod replay;
mod scripts;
mod signing;
mod webhooks;

use std::fmt;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use contexture::client::{HttpTransport, Transport};

pub use self::answer::{Answer, CallError, CallProblem};
pub use self::error::PlatformError;
pub use self::instance::{Instance, RegistrationStatus};
use self::integration::Identity;
pub use self::integration::Integration;
pub use self::lifecycle::NewInstance;
pub use self::messages::{Delivery, OutgoingMessage};
pub use self::operations::TagValues;
pub use self::providers::Provider;
pub use self::raw::RawCall;
pub use self::replay::{ReplayEdit, Replayed, WebhookSigning};
pub use self::scripts::{ScriptEngine, ScriptError, ScriptProgram};
pub use self::webhooks::AuthorizationLink;
use crate::api::Api;
use crate::clock::Clock;
use crate::exchange::Recorder;
use crate::ids::Ids;
use crate::storage::Storage;

/// How long Botpress waits for the answer of an integration.
const TIME_LIMIT: Duration = Duration::from_mins(1);

/// The error of an instance whose registration was interrupted.
const INTERRUPTED: &str = "the emulator ended before the answer came";

/// Botpress's side of the protocol, for one integration. Clones share it.
#[derive(Clone)]
pub struct Platform(Arc<Inner>);

struct Inner {
    parts: PlatformParts,
    identity: Identity,
    integration: RwLock<Integration>,
    transport: Arc<dyn Transport>,
    time_limit: Duration,
    scripts: Arc<dyn ScriptEngine>,
}

/// What a platform shares with the other parts of the emulator.
#[derive(Clone, Debug)]
pub struct PlatformParts {
    /// The storage.
    pub storage: Storage,
    /// The API, with the same storage.
    pub api: Api,
    /// The record of exchanges.
    pub recorder: Recorder,
    /// The source of ids.
    pub ids: Ids,
    /// The clock.
    pub clock: Clock,
    /// The address of the emulator, such as `http://127.0.0.1:8090`.
    pub base_url: String,
}

impl Platform {
    /// Creates the platform of an integration. Its identity, its instances and its signing secrets are those of earlier
    /// runs, if the storage has them.
    ///
    /// # Errors
    ///
    /// The storage fails, or the system has no random numbers.
    pub fn new(parts: PlatformParts, integration: Integration) -> Result<Self, PlatformError> {
        let name = integration.definition.name();
        let now = parts.clock.now();
        let identity = parts.storage.write(|transaction| {
            instances::end_pending(transaction, INTERRUPTED)?;
            integration::identify(transaction, &parts.ids, name, now)
        })?;
        let platform = Self(Arc::new(Inner {
            parts,
            identity,
            integration: RwLock::new(integration),
            transport: Arc::new(HttpTransport::new()),
            time_limit: TIME_LIMIT,
            scripts: Arc::new(ScriptProgram::default()),
        }));
        platform.open_data()?;
        Ok(platform)
    }

    /// Sets the transport of calls.
    #[must_use]
    pub fn with_transport(self, transport: Arc<dyn Transport>) -> Self {
        self.with(|inner| inner.transport = transport)
    }

    /// Sets how long a call may take. The default is 60 seconds, as in Botpress.
    #[must_use]
    pub fn with_time_limit(self, limit: Duration) -> Self {
        self.with(|inner| inner.time_limit = limit)
    }

    /// Sets the engine that runs the scripts of the definition. The default is [`ScriptProgram`].
    #[must_use]
    pub fn with_scripts(self, engine: Arc<dyn ScriptEngine>) -> Self {
        self.with(|inner| inner.scripts = engine)
    }

    /// Changes a platform that has not been shared yet.
    fn with(self, change: impl FnOnce(&mut Inner)) -> Self {
        let mut inner = Arc::try_unwrap(self.0).unwrap_or_else(|shared| Inner {
            parts: shared.parts.clone(),
            identity: shared.identity.clone(),
            integration: RwLock::new(shared.read().clone()),
            transport: Arc::clone(&shared.transport),
            time_limit: shared.time_limit,
            scripts: Arc::clone(&shared.scripts),
        });
        change(&mut inner);
        Self(Arc::new(inner))
    }
}

impl fmt::Debug for Platform {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Platform")
            .field("integration_id", &self.0.identity.integration_id)
            .field("integration", &self.0.read())
            .finish_non_exhaustive()
    }
}
