//! The platform, and what it consists of.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, RwLock};

use super::error::PlatformError;
use super::instances;
use super::integration::{self, Identity, Integration};
use super::options::PlatformOptions;
use crate::api::Api;
use crate::clock::Clock;
use crate::exchange::{RecordLimits, Recorder};
use crate::ids::Ids;
use crate::storage::{Storage, StorageError};

/// The reason of a registration that was interrupted.
const INTERRUPTED: &str = "the emulator ended before the answer came";

/// Botpress's side of the protocol, for one integration. Clones share it.
#[derive(Clone)]
pub struct Platform(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) parts: PlatformParts,
    pub(super) options: PlatformOptions,
    pub(super) identity: Identity,
    pub(super) integration: RwLock<Integration>,
    /// The keys that its API requests may have, beside its token.
    pub(super) keys: RwLock<BTreeSet<String>>,
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

impl PlatformParts {
    /// Creates the parts of an emulator with a storage.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn new(
        storage: Storage,
        clock: Clock,
        base_url: impl Into<String>,
    ) -> Result<Self, StorageError> {
        let ids = Ids::new(clock.clone());
        let limits = RecordLimits::default();
        Ok(Self {
            api: Api::with_ids(storage.clone(), clock.clone(), ids.clone()),
            recorder: Recorder::new(storage.clone(), ids.clone(), clock.clone(), limits)?,
            storage,
            ids,
            clock,
            base_url: base_url.into(),
        })
    }
}

impl Platform {
    /// Creates the platform of an integration. Its identity, its instances and its signing secrets are those of earlier
    /// runs, if the storage has them: the name of the definition identifies the integration.
    ///
    /// # Errors
    ///
    /// The storage fails, or the system has no random numbers.
    pub fn new(
        parts: PlatformParts,
        integration: Integration,
        options: PlatformOptions,
    ) -> Result<Self, PlatformError> {
        let name = integration.definition.name();
        let now = parts.clock.now();
        let identity = parts.storage.write(|transaction| {
            let identity = integration::identify(transaction, &parts.ids, name, now)?;
            instances::end_pending(transaction, &identity.integration_id, INTERRUPTED)?;
            Ok::<_, PlatformError>(identity)
        })?;
        Self::open(parts, integration, options, identity)
    }

    /// Opens the platform of an integration that was deployed, and has an identity.
    pub(crate) fn deployed(
        parts: PlatformParts,
        id: &str,
        integration: Integration,
        options: PlatformOptions,
    ) -> Result<Self, PlatformError> {
        let identity = parts.storage.write(|transaction| {
            let identity = integration::deployed(transaction, id)?;
            instances::end_pending(transaction, id, INTERRUPTED)?;
            Ok::<_, PlatformError>(identity)
        })?;
        Self::open(parts, integration, options, identity)
    }

    fn open(
        parts: PlatformParts,
        integration: Integration,
        options: PlatformOptions,
        identity: Identity,
    ) -> Result<Self, PlatformError> {
        let platform = Self(Arc::new(Inner {
            parts,
            options,
            identity,
            integration: RwLock::new(integration),
            keys: RwLock::default(),
        }));
        platform.open_data()?;
        Ok(platform)
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
