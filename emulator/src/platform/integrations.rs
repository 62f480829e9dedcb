//! All integrations of an emulator: the one that runs on this machine, and those that were deployed.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use bytes::Bytes;
use http::{Request, Response};

use super::state::Platform;
use super::webhooks::Route;
use crate::api::Api;

/// All integrations of an emulator. Clones share them.
#[derive(Clone)]
pub struct Integrations(Arc<Shared>);

struct Shared {
    api: Api,
    local: Option<Platform>,
    /// By id.
    deployed: RwLock<BTreeMap<String, Platform>>,
}

impl Integrations {
    /// The integrations of an API, which may have one that runs on this machine. None is deployed yet.
    #[must_use]
    pub fn new(api: Api, local: Option<Platform>) -> Self {
        Self(Arc::new(Shared {
            api,
            local,
            deployed: RwLock::default(),
        }))
    }

    /// The integration that runs on this machine.
    #[must_use]
    pub fn local(&self) -> Option<&Platform> {
        self.0.local.as_ref()
    }

    /// The integrations that were deployed, the newest first.
    #[must_use]
    pub fn deployed(&self) -> Vec<Platform> {
        self.read().values().rev().cloned().collect()
    }

    /// An integration that was deployed, by its id.
    #[must_use]
    pub fn find(&self, integration_id: &str) -> Option<Platform> {
        self.read().get(integration_id).cloned()
    }

    /// Answers a request of an integration to the API, and records it. The token says which integration it is.
    #[must_use]
    pub fn answer_api(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let made_by = self.maker(request);
        match made_by.as_ref().or(self.local()) {
            Some(platform) => platform.answer_api(request),
            None => self.0.api.answer(request),
        }
    }

    pub(crate) fn insert(&self, platform: Platform) {
        let id = platform.integration_id().to_owned();
        self.write().insert(id, platform);
    }

    pub(crate) fn remove(&self, integration_id: &str) {
        self.write().remove(integration_id);
    }

    /// The integration that a webhook request is for. `state` is the parameter of the query. Without a better one it is the
    /// first integration, which then says that nothing is there.
    pub(super) fn receiver(&self, path: &str, state: Option<&str>) -> Option<Platform> {
        let local = self.local().cloned();
        let all: Vec<_> = local.into_iter().chain(self.deployed()).collect();
        let with_instance = |id: &str| all.iter().find(|one| one.instance(id).is_ok());
        let found = match Route::of(path, "") {
            _ if all.len() < 2 => None,
            Route::Instance { webhook_id, .. } => with_instance(webhook_id),
            Route::OAuth { .. } => state.and_then(with_instance),
            Route::Interstitial => None,
            Route::Global { .. } | Route::Unknown => shared(&all, path),
        };
        found.or(all.first()).cloned()
    }

    fn maker(&self, request: &Request<Bytes>) -> Option<Platform> {
        if self.read().is_empty() {
            return None;
        }
        self.find(&self.0.api.integration_of(request.headers())?)
    }

    fn read(&self) -> RwLockReadGuard<'_, BTreeMap<String, Platform>> {
        let deployed = self.0.deployed.read();
        deployed.unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, BTreeMap<String, Platform>> {
        let deployed = self.0.deployed.write();
        deployed.unwrap_or_else(PoisonError::into_inner)
    }
}

/// The integration that a shared address names. Of several versions it is the first that is installed.
fn shared<'a>(all: &'a [Platform], path: &str) -> Option<&'a Platform> {
    let is_named = |one: &&Platform| {
        let definition = one.definition();
        matches!(Route::of(path, definition.name()), Route::Global { .. })
    };
    let named = || all.iter().filter(is_named);
    let is_installed = |one: &&Platform| one.instances().is_ok_and(|found| !found.is_empty());
    named().find(is_installed).or_else(|| named().next())
}

impl fmt::Debug for Integrations {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Integrations")
            .field("local", &self.0.local)
            .field("deployed", &self.deployed())
            .finish()
    }
}
