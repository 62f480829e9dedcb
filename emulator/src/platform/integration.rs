//! The integration that the platform calls, and its identity, which is kept between runs.

use std::collections::BTreeMap;
use std::fmt;

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::error::PlatformError;
use super::signing;
use crate::definition::Definition;
use crate::ids::{IdKind, Ids};

/// The integration that the platform calls.
#[derive(Clone, Default)]
pub struct Integration {
    /// Its definition.
    pub definition: Definition,
    /// Its address, such as `http://127.0.0.1:8072`; empty if it cannot be called.
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

/// Finds the identity of an integration that runs on this machine by its name, or creates it with its first signing
/// secret.
pub(super) fn identify(
    connection: &Connection,
    ids: &Ids,
    name: &str,
    now: u64,
) -> Result<Identity, PlatformError> {
    let known = connection
        .query_row(
            "SELECT integration_id, token FROM platform_integrations WHERE local_name = ?1",
            params![name],
            read,
        )
        .optional()?;
    if let Some(identity) = known {
        return Ok(identity);
    }
    let id = ids.next(IdKind::DevIntegration);
    insert(connection, &id, Some(name), now).map(|(identity, _)| identity)
}

/// The identity of an integration that was deployed.
pub(super) fn deployed(connection: &Connection, id: &str) -> Result<Identity, PlatformError> {
    let sql = "SELECT integration_id, token FROM platform_integrations WHERE integration_id = ?1";
    Ok(connection.query_row(sql, params![id], read)?)
}

/// Creates the identity of an integration that is deployed. Returns its first signing secret.
pub(crate) fn create_identity(
    connection: &Connection,
    id: &str,
    now: u64,
) -> Result<String, PlatformError> {
    insert(connection, id, None, now).map(|(_, secret)| secret)
}

/// Deletes the identity of an integration, with its signing secrets.
pub(crate) fn delete_identity(connection: &Connection, id: &str) -> Result<(), PlatformError> {
    for table in ["platform_signing_secrets", "platform_integrations"] {
        let sql = format!("DELETE FROM {table} WHERE integration_id = ?1");
        connection.execute(&sql, params![id])?;
    }
    Ok(())
}

fn insert(
    connection: &Connection,
    id: &str,
    local_name: Option<&str>,
    now: u64,
) -> Result<(Identity, String), PlatformError> {
    let identity = Identity {
        integration_id: id.to_owned(),
        token: new_key()?,
    };
    connection.execute(
        "INSERT INTO platform_integrations (integration_id, local_name, token) VALUES (?1, ?2, ?3)",
        params![identity.integration_id, local_name, identity.token],
    )?;
    let secret = signing::rotate(connection, id, now)?;
    Ok((identity, secret))
}

/// A new API key of an integration.
pub(crate) fn new_key() -> Result<String, PlatformError> {
    Ok(format!("bp_iak_{}", signing::new_secret()?))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Identity> {
    Ok(Identity {
        integration_id: row.get(0)?,
        token: row.get(1)?,
    })
}
