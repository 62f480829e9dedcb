//! Instances in the storage.

use rusqlite::{Connection, OptionalExtension as _, Row, named_params, params};
use serde_json::Value;

use super::instance::{Instance, RegistrationStatus};
use crate::storage::StorageError;

/// Adds an instance. Returns `false` if the bot has another one with its alias.
pub(super) fn insert(connection: &Connection, instance: &Instance) -> Result<bool, StorageError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO platform_instances (webhook_id, integration_id, bot_id, bot_user_id, alias, configuration_type,
            configuration, status, reason, created, updated)
         VALUES (:webhook_id, :integration_id, :bot_id, :bot_user_id, :alias, :configuration_type,
            :configuration, :status, :reason, :created, :updated)
         ON CONFLICT (bot_id, alias) DO NOTHING",
    )?;
    let added = statement.execute(named_params! {
        ":webhook_id": instance.webhook_id,
        ":integration_id": instance.integration_id,
        ":bot_id": instance.bot_id,
        ":bot_user_id": instance.bot_user_id,
        ":alias": instance.alias,
        ":configuration_type": instance.configuration_type,
        ":configuration": instance.configuration.to_string(),
        ":status": instance.status.as_str(),
        ":reason": instance.reason,
        ":created": signed(instance.created),
        ":updated": signed(instance.updated),
    })?;
    Ok(added == 1)
}

/// Sets the configuration.
pub(super) fn set_configuration(
    connection: &Connection,
    webhook_id: &str,
    configuration_type: Option<&str>,
    configuration: &Value,
) -> Result<(), StorageError> {
    connection.execute(
        "UPDATE platform_instances SET configuration_type = ?2, configuration = ?3 WHERE webhook_id = ?1",
        params![webhook_id, configuration_type, configuration.to_string()],
    )?;
    Ok(())
}

/// Sets the state of the registration.
pub(super) fn set_status(
    connection: &Connection,
    webhook_id: &str,
    status: RegistrationStatus,
    reason: Option<&str>,
    now: u64,
) -> Result<(), StorageError> {
    connection.execute(
        "UPDATE platform_instances SET status = ?2, reason = ?3, updated = ?4 WHERE webhook_id = ?1",
        params![webhook_id, status.as_str(), reason, signed(now)],
    )?;
    Ok(())
}

/// Ends the registrations that a process has left pending.
pub(super) fn end_pending(
    connection: &Connection,
    integration_id: &str,
    reason: &str,
) -> Result<(), StorageError> {
    for (pending, failed) in [
        (
            RegistrationStatus::RegistrationPending,
            RegistrationStatus::RegistrationFailed,
        ),
        (
            RegistrationStatus::UnregistrationPending,
            RegistrationStatus::UnregistrationFailed,
        ),
    ] {
        connection.execute(
            "UPDATE platform_instances SET status = ?2, reason = ?3 WHERE status = ?1 AND integration_id = ?4",
            params![pending.as_str(), failed.as_str(), reason, integration_id],
        )?;
    }
    Ok(())
}

pub(super) fn delete(connection: &Connection, webhook_id: &str) -> Result<(), StorageError> {
    connection.execute(
        "DELETE FROM platform_instances WHERE webhook_id = ?1",
        params![webhook_id],
    )?;
    Ok(())
}

pub(super) fn find(
    connection: &Connection,
    integration_id: &str,
    webhook_id: &str,
) -> Result<Option<Instance>, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT * FROM platform_instances WHERE integration_id = ?1 AND webhook_id = ?2",
    )?;
    let found = statement.query_row(params![integration_id, webhook_id], read);
    Ok(found.optional()?)
}

/// Returns the user that a bot is, if it has an instance of any integration.
pub(super) fn bot_user(
    connection: &Connection,
    bot_id: &str,
) -> Result<Option<String>, StorageError> {
    let mut statement = connection
        .prepare_cached("SELECT bot_user_id FROM platform_instances WHERE bot_id = ?1 LIMIT 1")?;
    let found = statement.query_row(params![bot_id], |row| row.get(0));
    Ok(found.optional()?)
}

/// Returns the instance with an alias.
pub(super) fn with_alias(
    connection: &Connection,
    integration_id: &str,
    bot_id: &str,
    alias: &str,
) -> Result<Option<Instance>, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT * FROM platform_instances WHERE integration_id = ?1 AND bot_id = ?2 AND alias = ?3",
    )?;
    let found = statement.query_row(params![integration_id, bot_id, alias], read);
    Ok(found.optional()?)
}

/// Returns all instances of an integration, the oldest first.
pub(super) fn list(
    connection: &Connection,
    integration_id: &str,
) -> Result<Vec<Instance>, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT * FROM platform_instances WHERE integration_id = ?1 ORDER BY created, webhook_id",
    )?;
    let found = statement.query_map(params![integration_id], read)?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Instance> {
    let configuration = row.get_ref("configuration")?.as_str()?;
    let status = row.get_ref("status")?.as_str()?;
    Ok(Instance {
        webhook_id: row.get("webhook_id")?,
        integration_id: row.get("integration_id")?,
        bot_id: row.get("bot_id")?,
        bot_user_id: row.get("bot_user_id")?,
        alias: row.get("alias")?,
        configuration_type: row.get("configuration_type")?,
        configuration: serde_json::from_str(configuration).unwrap_or_default(),
        status: RegistrationStatus::from_name(status)
            .unwrap_or(RegistrationStatus::RegistrationFailed),
        reason: row.get("reason")?,
        created: unsigned(row.get("created")?),
        updated: unsigned(row.get("updated")?),
    })
}

fn signed(time: u64) -> i64 {
    i64::try_from(time).unwrap_or(i64::MAX)
}

fn unsigned(time: i64) -> u64 {
    u64::try_from(time).unwrap_or_default()
}
