//! The states of an instance, of which the API has no list.

use rusqlite::params;
use serde_json::Value;

use super::Data;
use crate::exchange::Secrets;
use crate::storage::StorageError;
use crate::wire::time::format;

/// The most states that are shown.
const SHOWN: u32 = 200;

/// A state that has not expired.
pub(super) struct State {
    pub(super) name: String,
    pub(super) owner: String,
    pub(super) owner_id: String,
    /// The payload, without its secrets.
    pub(super) payload: String,
    pub(super) expires: Option<String>,
    pub(super) updated: String,
}

/// Reads the states, the latest first.
pub(super) fn list(data: Data<'_>) -> Result<Vec<State>, StorageError> {
    const SQL: &str = "SELECT name, type, owner_id, payload, expires_at, updated_at FROM states
        WHERE bot_id = ?1 AND alias = ?2 AND (expires_at IS NULL OR expires_at > ?3)
        ORDER BY updated_at DESC, name, owner_id LIMIT ?4";

    let parts = data.inspector.platform.parts();
    let now = i64::try_from(parts.clock.now()).unwrap_or(i64::MAX);
    let instance = data.instance;
    let states: Vec<State> = parts.storage.read(|database| {
        let mut statement = database.prepare_cached(SQL)?;
        let scope = params![instance.bot_id, instance.alias, now, SHOWN];
        let states = statement.query_map(scope, |row| {
            Ok(State {
                name: row.get(0)?,
                owner: row.get(1)?,
                owner_id: row.get(2)?,
                payload: row.get(3)?,
                expires: row.get::<_, Option<u64>>(4)?.map(format),
                updated: format(row.get(5)?),
            })
        })?;
        Ok::<_, StorageError>(states.collect::<Result<_, _>>()?)
    })?;
    // The secrets are in the storage, which reads one thing at a time.
    Ok(states
        .into_iter()
        .map(|state| state.redacted(data))
        .collect())
}

impl State {
    fn redacted(mut self, data: Data<'_>) -> Self {
        let payload: Value = serde_json::from_str(&self.payload).unwrap_or_default();
        let definition = data.inspector.platform.definition();
        if let Some(state) = definition.state(&self.name) {
            let name = format!("state {}", self.name);
            let secrets = Secrets::of_payload(&name, state.schema, &payload);
            self.payload = secrets.redact(&self.payload);
        }
        self.payload = data
            .inspector
            .platform
            .secrets_of(data.instance)
            .redact(&self.payload);
        self
    }
}
