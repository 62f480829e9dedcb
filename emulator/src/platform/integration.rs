//! The integration that the platform calls, and its identity, which is kept between runs.

use std::collections::BTreeMap;
use std::fmt;

use rusqlite::{Connection, OptionalExtension as _, params};

use super::error::PlatformError;
use super::signing;
use crate::definition::Definition;
use crate::ids::{IdKind, Ids};

/// The integration that the platform calls.
#[derive(Clone, Default)]
pub struct Integration {
    /// Its definition.
    pub definition: Definition,
    /// Its address, such as `http://127.0.0.1:8072`.
    pub address: String,
    /// Its secrets, by their names in the definition. Scripts read them, and the record does not show them.
    pub secrets: BTreeMap<String, String>,
}

/// Shows the names of secrets only.
impl fmt::Debug for Integration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Integration")
            .field("name", &self.definition.name())
            .field("address", &self.address)
            .field("secrets", &self.secrets.keys())
            .finish()
    }
}

/// What the integration is at Botpress.
#[derive(Clone)]
pub(super) struct Identity {
    pub(super) integration_id: String,
    /// The token of its API requests.
    pub(super) token: String,
}

/// Finds the identity of an integration by its name, or creates it with its first signing secret.
pub(super) fn identify(
    connection: &Connection,
    ids: &Ids,
    name: &str,
    now: u64,
) -> Result<Identity, PlatformError> {
    let known = connection
        .query_row(
            "SELECT integration_id, token FROM platform_integrations WHERE name = ?1",
            params![name],
            |row| {
                Ok(Identity {
                    integration_id: row.get(0)?,
                    token: row.get(1)?,
                })
            },
        )
        .optional()?;
    if let Some(identity) = known {
        return Ok(identity);
    }
    let identity = Identity {
        integration_id: ids.next(IdKind::DevIntegration),
        token: format!("bp_iak_{}", signing::new_secret()?),
    };
    connection.execute(
        "INSERT INTO platform_integrations (name, integration_id, token) VALUES (?1, ?2, ?3)",
        params![name, identity.integration_id, identity.token],
    )?;
    signing::rotate(connection, &identity.integration_id, now)?;
    Ok(identity)
}
