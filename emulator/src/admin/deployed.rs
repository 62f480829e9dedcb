//! What is deployed, as it is called.

use std::sync::{Mutex, PoisonError};

use contexture::ApiErrorKind;

use super::integrations::{self, Record};
use super::{account, keys};
use crate::definition::Definition;
use crate::platform::{
    Integration, Integrations, Platform, PlatformError, PlatformOptions, PlatformParts,
};
use crate::wire::failure::{Failure, Result};

/// What is deployed, as it is called.
pub(super) struct Deployed {
    parts: PlatformParts,
    options: PlatformOptions,
    integrations: Integrations,
    /// Held while an integration is made equal to the one in the storage.
    opening: Mutex<()>,
}

impl Deployed {
    pub(super) fn new(
        parts: PlatformParts,
        options: PlatformOptions,
        local: Option<Platform>,
    ) -> Self {
        Self {
            integrations: Integrations::new(parts.api.clone(), local),
            parts,
            options,
            opening: Mutex::new(()),
        }
    }

    pub(super) fn integrations(&self) -> &Integrations {
        &self.integrations
    }

    /// Opens what the storage has.
    pub(super) fn open_all(&self) -> Result<()> {
        for record in self.parts.storage.read(integrations::all)? {
            self.open(&record.id)?;
        }
        Ok(())
    }

    /// Makes an integration that is called equal to the one in the storage. Calls that run go on as they began.
    pub(super) fn open(&self, id: &str) -> Result<Option<Platform>> {
        let _one_at_a_time = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        let stored: Result<_> = self.parts.storage.read(|database| {
            let record = integrations::find(database, id)?;
            let workspace = record.as_ref().map_or("", |record| &record.workspace_id);
            let tokens = account::tokens_of(database, workspace)?;
            Ok((record, keys::values(database, id)?, tokens))
        });
        let (Some(record), keys, tokens) = stored? else {
            return Ok(None);
        };
        let integration = integration_of(&record);
        let platform = if let Some(platform) = self.integrations.find(id) {
            platform.set_integration(integration)?;
            platform
        } else {
            let (parts, options) = (self.parts.clone(), self.options.clone());
            Platform::deployed(parts, id, integration, options)?
        };
        platform.set_keys(keys);
        // During development, a program calls the API with the token of its author.
        for token in tokens.iter().filter(|_| record.is_dev) {
            self.parts.api.add_token(token, id);
        }
        self.integrations.insert(platform.clone());
        Ok(Some(platform))
    }

    /// Ends the access of an integration that was deleted.
    pub(super) fn close(&self, id: &str) {
        self.integrations.remove(id);
        self.parts.api.remove_integration(id);
    }
}

/// What is called: the definition with its name, at the address.
fn integration_of(record: &Record) -> Integration {
    let mut document = record.definition.clone();
    document.insert("name".to_owned(), record.name.as_str().into());
    document.insert("version".to_owned(), record.version.as_str().into());
    let secrets = record.secrets.iter();
    let secrets =
        secrets.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
    Integration {
        address: record.url.clone().unwrap_or_default(),
        secrets: secrets.collect(),
        definition: Definition::new(document.into()),
    }
}

impl From<PlatformError> for Failure {
    fn from(error: PlatformError) -> Self {
        match error {
            PlatformError::Storage(error) => Self::Storage(error),
            other => Self::new(ApiErrorKind::Internal, other.to_string()),
        }
    }
}
