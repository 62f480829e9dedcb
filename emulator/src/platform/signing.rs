//! The secrets that calls are signed with.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use rusqlite::{Connection, params};

use super::error::PlatformError;
use crate::storage::StorageError;

/// How long an old secret remains valid after a rotation: 24 hours, as in Botpress.
const OLD_SECRETS: u64 = 24 * 60 * 60 * 1000;

/// How many signatures a call can have.
const MOST_SIGNATURES: i64 = 5;

/// Returns the valid secrets of an integration, the newest first.
pub(super) fn valid(
    connection: &Connection,
    integration_id: &str,
    now: u64,
) -> Result<Vec<String>, StorageError> {
    let mut statement = connection.prepare_cached(
        "SELECT secret FROM platform_signing_secrets
         WHERE integration_id = ?1 AND (ends IS NULL OR ends > ?2) ORDER BY rowid DESC LIMIT ?3",
    )?;
    let secrets = statement.query_map(
        params![integration_id, signed(now), MOST_SIGNATURES],
        |row| row.get(0),
    )?;
    Ok(secrets.collect::<Result<_, _>>()?)
}

/// Adds a new secret. The older ones remain valid for a while.
pub(crate) fn rotate(
    connection: &Connection,
    integration_id: &str,
    now: u64,
) -> Result<String, PlatformError> {
    let secret = new_secret()?;
    let ends = signed(now.saturating_add(OLD_SECRETS));
    let stored = || -> Result<(), StorageError> {
        connection.execute(
            "DELETE FROM platform_signing_secrets WHERE integration_id = ?1 AND ends <= ?2",
            params![integration_id, signed(now)],
        )?;
        connection.execute(
            "UPDATE platform_signing_secrets SET ends = ?2 WHERE integration_id = ?1 AND ends IS NULL",
            params![integration_id, ends],
        )?;
        connection.execute(
            "INSERT INTO platform_signing_secrets (integration_id, secret, created) VALUES (?1, ?2, ?3)",
            params![integration_id, secret, signed(now)],
        )?;
        Ok(())
    };
    stored()?;
    Ok(secret)
}

/// A new random text in the form of Botpress's secrets: base64url.
pub(super) fn new_secret() -> Result<String, PlatformError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| PlatformError::NoRandomNumbers)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

fn signed(time: u64) -> i64 {
    i64::try_from(time).unwrap_or(i64::MAX)
}
