//! A stored message.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Map, Value, json};

use crate::api::call::Call;
use crate::api::change::{Change, ChangeKind, Resource};
use crate::api::page::milliseconds;
use crate::api::{properties, tags};
use crate::wire::failure::Result;
use crate::wire::time;

pub(super) const COLUMNS: &str =
    "id, created_at, updated_at, type, payload, direction, user_id, conversation_id, origin";

/// A stored message, without its tags.
pub(super) struct Message {
    pub(super) id: String,
    pub(super) created_at: u64,
    pub(super) updated_at: u64,
    pub(super) kind: String,
    pub(super) payload: Map<String, Value>,
    pub(super) direction: String,
    pub(super) user_id: String,
    pub(super) conversation_id: String,
    pub(super) origin: Option<String>,
}

impl Message {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            created_at: row.get(1)?,
            updated_at: row.get(2)?,
            kind: row.get(3)?,
            payload: properties::parse(&row.get::<_, String>(4)?),
            direction: row.get(5)?,
            user_id: row.get(6)?,
            conversation_id: row.get(7)?,
            origin: row.get(8)?,
        })
    }

    pub(super) fn shown(&self, call: &Call<'_>) -> Result<Value> {
        let tags = tags::read(call.database, &self.id, call.alias())?;
        Ok(self.with_tags(&tags))
    }

    fn with_tags(&self, tags: &Map<String, Value>) -> Value {
        let mut shown = json!({
            "id": self.id,
            "createdAt": time::format(self.created_at),
            "updatedAt": time::format(self.updated_at),
            "type": self.kind,
            "payload": self.payload,
            "direction": self.direction,
            "userId": self.user_id,
            "conversationId": self.conversation_id,
            "tags": tags,
        });
        if let Some(origin) = &self.origin {
            shown["origin"] = json!(origin);
        }
        shown
    }

    pub(super) fn insert(&self, call: &Call<'_>, due_at: Option<u64>) -> Result<()> {
        let sql = "INSERT INTO messages
        (id, bot_id, alias, conversation_id, user_id, type, payload, direction, origin, due_at, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
        call.database.prepare_cached(sql)?.execute(params![
            self.id,
            call.bot_id(),
            call.alias(),
            self.conversation_id,
            self.user_id,
            self.kind,
            properties::text(&self.payload),
            self.direction,
            self.origin,
            due_at.map(milliseconds),
            milliseconds(self.created_at),
            milliseconds(self.updated_at),
        ])?;
        Ok(())
    }

    pub(super) fn update(&self, call: &Call<'_>) -> Result<()> {
        let sql = "UPDATE messages SET payload = ?2, updated_at = ?3 WHERE id = ?1";
        let payload = properties::text(&self.payload);
        let mut statement = call.database.prepare_cached(sql)?;
        statement.execute(params![self.id, payload, milliseconds(self.updated_at)])?;
        Ok(())
    }
}

/// Finds a message of the installation. A scheduled one is hidden until it is sent.
pub(super) fn find(call: &Call<'_>, id: &str) -> Result<Option<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages WHERE id = ?1 AND bot_id = ?2 AND alias = ?3 AND due_at IS NULL"
    );
    let mut statement = call.database.prepare_cached(&sql)?;
    let scope = params![id, call.bot_id(), call.alias()];
    Ok(statement.query_row(scope, Message::read).optional()?)
}

/// Sends the scheduled messages that are due.
pub(in crate::api) fn send_due(database: &Connection, now: u64) -> rusqlite::Result<Vec<Change>> {
    let sql = format!(
        "UPDATE messages SET due_at = NULL WHERE due_at <= ?1 RETURNING {COLUMNS}, bot_id, alias"
    );
    let mut statement = database.prepare_cached(&sql)?;
    let due = statement.query_map([milliseconds(now)], |row| {
        Ok((Message::read(row)?, row.get(9)?, row.get(10)?))
    })?;
    let mut due = due.collect::<rusqlite::Result<Vec<(Message, String, String)>>>()?;
    due.sort_by(|(one, ..), (other, ..)| one.id.cmp(&other.id));
    let sent = due.into_iter().map(|(message, bot_id, alias)| {
        let sql = "UPDATE conversations SET message_count = message_count + 1 WHERE id = ?1";
        database.execute(sql, [&message.conversation_id])?;
        let tags = tags::read(database, &message.id, &alias)?;
        Ok(Change {
            entity: message.with_tags(&tags),
            resource: Resource::Message,
            kind: ChangeKind::Created,
            bot_id,
            alias,
        })
    });
    sent.collect()
}
