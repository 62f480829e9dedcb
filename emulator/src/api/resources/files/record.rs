//! A stored file.

use rusqlite::{OptionalExtension, Row, params};
use serde_json::{Map, Value, json};

use crate::api::call::Call;
use crate::api::page::milliseconds;
use crate::api::{properties, tags};
use crate::wire::failure::{Failure, Result};
use crate::wire::time;

pub(super) const COLUMNS: &str = "id, bot_id, alias, integration, key, content_type, size, status, failed_reason, \
    metadata, is_public, is_shared, is_indexed, upload_secret, needs_tagging, read_secret, content, expires_at, \
    created_at, updated_at";

/// The condition for files that the installation may read: its own, and those that are shared. The parameters are
/// the bot, the installation and the current time.
pub(super) const READABLE: &str =
    "bot_id = ? AND (alias = ? OR is_shared) AND (expires_at IS NULL OR expires_at > ?)";

/// A file, without its tags.
#[expect(
    clippy::struct_excessive_bools,
    reason = "a row has the flags that the API has"
)]
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) id: String,
    pub(super) bot_id: String,
    pub(super) alias: String,
    pub(super) integration: String,
    pub(super) key: String,
    pub(super) content_type: String,
    pub(super) size: Option<u64>,
    pub(super) status: String,
    pub(super) failed_reason: Option<String>,
    pub(super) metadata: Map<String, Value>,
    pub(super) is_public: bool,
    pub(super) is_shared: bool,
    pub(super) is_indexed: bool,
    pub(super) upload_secret: String,
    pub(super) needs_tagging: bool,
    pub(super) read_secret: String,
    pub(super) content: Option<String>,
    pub(super) expires_at: Option<u64>,
    pub(super) created_at: u64,
    pub(super) updated_at: u64,
}

impl File {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            bot_id: row.get(1)?,
            alias: row.get(2)?,
            integration: row.get(3)?,
            key: row.get(4)?,
            content_type: row.get(5)?,
            size: row.get(6)?,
            status: row.get(7)?,
            failed_reason: row.get(8)?,
            metadata: properties::parse(&row.get::<_, String>(9)?),
            is_public: row.get(10)?,
            is_shared: row.get(11)?,
            is_indexed: row.get(12)?,
            upload_secret: row.get(13)?,
            needs_tagging: row.get(14)?,
            read_secret: row.get(15)?,
            content: row.get(16)?,
            expires_at: row.get(17)?,
            created_at: row.get(18)?,
            updated_at: row.get(19)?,
        })
    }

    pub(super) fn shown(&self, call: &Call<'_>) -> Result<Value> {
        let policies = [
            (self.is_public, "public_content"),
            (self.is_shared, "integrations"),
        ];
        let policies = policies.into_iter().filter(|(is_set, _)| *is_set);
        let mut shown = json!({
            "id": self.id,
            "botId": self.bot_id,
            "key": self.key,
            "url": self.url(&call.base_url),
            "size": self.size,
            "contentType": self.content_type,
            "tags": tags::read(call.database, &self.id, "")?,
            "metadata": self.metadata,
            "createdAt": time::format(self.created_at),
            "updatedAt": time::format(self.updated_at),
            "accessPolicies": policies.map(|(_, name)| name).collect::<Vec<_>>(),
            "index": self.is_indexed,
            "status": self.status,
            "owner": { "type": "integration", "name": self.integration, "alias": self.alias },
        });
        if let Some(reason) = &self.failed_reason {
            shown["failedStatusReason"] = json!(reason);
        }
        if let Some(expires_at) = self.expires_at {
            shown["expiresAt"] = json!(time::format(expires_at));
        }
        if self.status == "indexing_completed" {
            shown["indexingStack"] = json!("v2");
        }
        Ok(shown)
    }

    /// The address of the content. Only that of a public file can be guessed.
    fn url(&self, base_url: &str) -> String {
        let id = &self.id;
        if self.is_public {
            format!("{base_url}/contents/{id}")
        } else {
            format!("{base_url}/contents/{id}/{}", self.read_secret)
        }
    }

    /// Stores the file. It replaces one with the same id.
    pub(super) fn write(&self, database: &rusqlite::Connection) -> Result<()> {
        let sql = format!(
            "INSERT OR REPLACE INTO files ({COLUMNS})
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)"
        );
        database.prepare_cached(&sql)?.execute(params![
            self.id,
            self.bot_id,
            self.alias,
            self.integration,
            self.key,
            self.content_type,
            self.size.map(milliseconds),
            self.status,
            self.failed_reason,
            properties::text(&self.metadata),
            self.is_public,
            self.is_shared,
            self.is_indexed,
            self.upload_secret,
            self.needs_tagging,
            self.read_secret,
            self.content,
            self.expires_at.map(milliseconds),
            milliseconds(self.created_at),
            milliseconds(self.updated_at),
        ])?;
        Ok(())
    }
}

/// Returns a file that the installation may read, by its id or its key.
pub(super) fn get(call: &Call<'_>, id_or_key: &str) -> Result<File> {
    let sql = format!(
        "SELECT {COLUMNS} FROM files WHERE {READABLE} AND (id = ? OR key = ?)
         ORDER BY id = ? DESC, alias = ? DESC LIMIT 1"
    );
    let mut statement = call.database.prepare_cached(&sql)?;
    let (bot, alias, now) = (call.bot_id(), call.alias(), milliseconds(call.now));
    let values = params![bot, alias, now, id_or_key, id_or_key, id_or_key, alias];
    let found = statement.query_row(values, File::read).optional()?;
    found.ok_or_else(|| Failure::not_found("file", id_or_key))
}

/// Returns a file that the installation may change: its own.
pub(super) fn get_own(call: &Call<'_>, id_or_key: &str) -> Result<File> {
    let file = get(call, id_or_key)?;
    if file.alias == call.alias() {
        Ok(file)
    } else {
        Err(Failure::forbidden(format!(
            "file {id_or_key:?} belongs to another integration"
        )))
    }
}

/// Returns an own file by its key.
pub(super) fn find_by_key(call: &Call<'_>, bot_id: &str, key: &str) -> Result<Option<File>> {
    let sql = format!("SELECT {COLUMNS} FROM files WHERE bot_id = ?1 AND alias = ?2 AND key = ?3");
    let mut statement = call.database.prepare_cached(&sql)?;
    let found = statement.query_row(params![bot_id, call.alias(), key], File::read);
    Ok(found.optional()?)
}

/// Deletes a file with its tags, its passages and its content.
pub(super) fn delete(call: &mut Call<'_>, file: &File) -> Result<()> {
    tags::delete(call.database, &file.id)?;
    for sql in [
        "DELETE FROM passages WHERE file_id = ?1",
        "DELETE FROM files WHERE id = ?1",
    ] {
        call.database.execute(sql, [&file.id])?;
    }
    call.obsolete.extend(file.content.clone());
    Ok(())
}

/// Deletes the files that have expired.
pub(super) fn delete_expired(call: &mut Call<'_>) -> Result<()> {
    let sql = format!("SELECT {COLUMNS} FROM files WHERE expires_at <= ?1");
    let mut statement = call.database.prepare_cached(&sql)?;
    let expired = statement.query_map([milliseconds(call.now)], File::read)?;
    let expired = expired.collect::<rusqlite::Result<Vec<_>>>()?;
    drop(statement);
    expired.iter().try_for_each(|file| delete(call, file))
}
