//! A stored user.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Map, Value, json};

use crate::api::call::Call;
use crate::api::installation::Installation;
use crate::api::page::milliseconds;
use crate::api::{properties, tags};
use crate::wire::failure::Result;
use crate::wire::time;

pub(in crate::api::resources) const COLUMNS: &str =
    "id, created_at, updated_at, name, picture_url, properties, attributes";

/// A stored user, without its tags.
pub(super) struct User {
    pub(super) id: String,
    pub(super) created_at: u64,
    pub(super) updated_at: u64,
    pub(super) name: Option<String>,
    pub(super) picture_url: Option<String>,
    pub(super) properties: Map<String, Value>,
    pub(super) attributes: Map<String, Value>,
}

impl User {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            created_at: row.get(1)?,
            updated_at: row.get(2)?,
            name: row.get(3)?,
            picture_url: row.get(4)?,
            properties: properties::parse(&row.get::<_, String>(5)?),
            attributes: properties::parse(&row.get::<_, String>(6)?),
        })
    }

    pub(super) fn shown(&self, call: &Call<'_>) -> Result<Value> {
        let mut shown = json!({
            "id": self.id,
            "createdAt": time::format(self.created_at),
            "updatedAt": time::format(self.updated_at),
            "tags": tags::read(call.database, &self.id, call.alias())?,
        });
        if let Some(name) = &self.name {
            shown["name"] = json!(name);
        }
        if let Some(picture_url) = &self.picture_url {
            shown["pictureUrl"] = json!(picture_url);
        }
        if !self.properties.is_empty() {
            shown["properties"] = json!(self.properties);
        }
        if !self.attributes.is_empty() {
            shown["attributes"] = json!(self.attributes);
        }
        Ok(shown)
    }

    /// Takes the members of a body that are there.
    pub(super) fn merge(&mut self, body: &Map<String, Value>) {
        let merged = |name: &str, before: Option<String>| match body.get(name) {
            Some(value) => value.as_str().map(str::to_owned),
            None => before,
        };
        self.name = merged("name", self.name.take());
        self.picture_url = merged("pictureUrl", self.picture_url.take());
        if let Some(changes) = body.get("properties") {
            properties::merge(&mut self.properties, changes);
        }
        if let Some(changes) = body.get("attributes") {
            properties::merge(&mut self.attributes, changes);
        }
    }

    pub(super) fn insert(&self, call: &Call<'_>) -> Result<()> {
        let sql = "INSERT INTO users (id, bot_id, alias, name, picture_url, properties, attributes, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        call.database.prepare_cached(sql)?.execute(params![
            self.id,
            call.bot_id(),
            call.alias(),
            self.name,
            self.picture_url,
            properties::text(&self.properties),
            properties::text(&self.attributes),
            milliseconds(self.created_at),
            milliseconds(self.updated_at),
        ])?;
        Ok(())
    }

    pub(super) fn update(&self, call: &Call<'_>) -> Result<()> {
        let sql = "UPDATE users SET name = ?2, picture_url = ?3, properties = ?4, attributes = ?5, updated_at = ?6
        WHERE id = ?1";
        call.database.prepare_cached(sql)?.execute(params![
            self.id,
            self.name,
            self.picture_url,
            properties::text(&self.properties),
            properties::text(&self.attributes),
            milliseconds(self.updated_at),
        ])?;
        Ok(())
    }
}

/// Finds a user that the installation may see: its own, or the bot's.
pub(super) fn find(call: &Call<'_>, id: &str) -> Result<Option<User>> {
    let sql =
        format!("SELECT {COLUMNS} FROM users WHERE id = ?1 AND bot_id = ?2 AND alias IN (?3, '')");
    let mut statement = call.database.prepare_cached(&sql)?;
    let found = statement.query_row(params![id, call.bot_id(), call.alias()], User::read);
    Ok(found.optional()?)
}

/// Creates the user that the bot is, unless it exists.
pub(in crate::api) fn ensure_bot_user(
    database: &Connection,
    installation: &Installation,
    now: u64,
) -> rusqlite::Result<()> {
    let sql =
        "INSERT INTO users (id, bot_id, alias, properties, attributes, created_at, updated_at)
        VALUES (?1, ?2, '', '{}', '{}', ?3, ?3) ON CONFLICT DO NOTHING";
    let (id, bot) = (&installation.bot_user_id, &installation.bot_id);
    database.execute(sql, params![id, bot, milliseconds(now)])?;
    Ok(())
}
