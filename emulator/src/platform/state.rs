//! The platform, and what it consists of.

use std::fmt;
use std::sync::{Arc, RwLock};

use super::error::PlatformError;
use super::instances;
use super::integration::{self, Identity, Integration};
use super::options::PlatformOptions;
use crate::api::Api;
use crate::clock::Clock;
use crate::exchange::Recorder;
use crate::ids::Ids;
use crate::storage::Storage;

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
        let platform = Self(Arc::new(Inner {
            parts,
            options,
            identity,
            integration: RwLock::new(integration),
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
