//! Integrations in the storage.

use rusqlite::{Connection, OptionalExtension as _, Row, named_params};
use serde_json::{Map, Value};

use crate::wire::failure::Result;

/// Who can find an integration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::admin) enum Visibility {
    /// Its workspace.
    Private,
    /// All who know its name.
    Unlisted,
    /// All.
    Public,
}

impl Visibility {
    const ALL: [Self; 3] = [Self::Private, Self::Unlisted, Self::Public];

    pub(in crate::admin) fn as_str(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Unlisted => "unlisted",
            Self::Public => "public",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }
}

/// An integration that was deployed.
#[derive(Clone)]
pub(in crate::admin) struct Record {
    pub(in crate::admin) id: String,
    pub(in crate::admin) workspace_id: String,
    pub(in crate::admin) name: String,
    pub(in crate::admin) version: String,
    pub(in crate::admin) is_dev: bool,
    pub(in crate::admin) visibility: Visibility,
    pub(in crate::admin) verification: String,
    /// Where it is served, if it does not have its code at Botpress.
    pub(in crate::admin) url: Option<String>,
    /// The sections of the body that make the definition.
    pub(in crate::admin) definition: Map<String, Value>,
    /// The secrets by their names.
    pub(in crate::admin) secrets: Map<String, Value>,
    /// The names of its contents.
    pub(in crate::admin) code: Option<String>,
    pub(in crate::admin) icon: Option<String>,
    pub(in crate::admin) readme: Option<String>,
    pub(in crate::admin) created: i64,
    pub(in crate::admin) updated: i64,
}

/// Writes an integration. It replaces the one with its id.
pub(super) fn write(database: &Connection, record: &Record) -> Result<()> {
    let sql = "INSERT INTO admin_integrations (id, workspace_id, name, version, is_dev, visibility, verification, url,
            definition, secrets, code, icon, readme, created_at, updated_at)
        VALUES (:id, :workspace_id, :name, :version, :is_dev, :visibility, :verification, :url,
            :definition, :secrets, :code, :icon, :readme, :created, :updated)
        ON CONFLICT (id) DO UPDATE SET visibility = excluded.visibility, verification = excluded.verification,
            url = excluded.url, definition = excluded.definition, secrets = excluded.secrets, code = excluded.code,
            icon = excluded.icon, readme = excluded.readme, updated_at = excluded.updated_at";
    let mut statement = database.prepare_cached(sql)?;
    statement.execute(named_params! {
        ":id": record.id,
        ":workspace_id": record.workspace_id,
        ":name": record.name,
        ":version": record.version,
        ":is_dev": record.is_dev,
        ":visibility": record.visibility.as_str(),
        ":verification": record.verification,
        ":url": record.url,
        ":definition": text(&record.definition),
        ":secrets": text(&record.secrets),
        ":code": record.code,
        ":icon": record.icon,
        ":readme": record.readme,
        ":created": record.created,
        ":updated": record.updated,
    })?;
    Ok(())
}

/// Gives all versions of an integration one icon.
pub(super) fn share_icon(database: &Connection, record: &Record) -> Result<()> {
    let sql = "UPDATE admin_integrations SET icon = ?3 WHERE workspace_id = ?1 AND name = ?2";
    let values = (&record.workspace_id, &record.name, &record.icon);
    database.execute(sql, values)?;
    Ok(())
}

/// An integration by its id.
pub(in crate::admin) fn find(database: &Connection, id: &str) -> Result<Option<Record>> {
    let mut statement =
        database.prepare_cached("SELECT * FROM admin_integrations WHERE id = ?1")?;
    Ok(statement.query_row([id], read).optional()?)
}

/// The versions of an integration, without those under development.
pub(super) fn versions(database: &Connection, name: &str) -> Result<Vec<Record>> {
    let sql = "SELECT * FROM admin_integrations WHERE name = ?1 AND NOT is_dev";
    let mut statement = database.prepare_cached(sql)?;
    let found = statement.query_map([name], read)?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// All integrations, the oldest first.
pub(in crate::admin) fn all(database: &Connection) -> Result<Vec<Record>> {
    let mut statement = database.prepare_cached("SELECT * FROM admin_integrations ORDER BY id")?;
    let found = statement.query_map([], read)?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// Reads a row of the table.
pub(in crate::admin) fn read(row: &Row<'_>) -> rusqlite::Result<Record> {
    let visibility = row.get_ref("visibility")?.as_str()?;
    Ok(Record {
        id: row.get("id")?,
        workspace_id: row.get("workspace_id")?,
        name: row.get("name")?,
        version: row.get("version")?,
        is_dev: row.get("is_dev")?,
        visibility: Visibility::from_name(visibility).unwrap_or(Visibility::Private),
        verification: row.get("verification")?,
        url: row.get("url")?,
        definition: map(row, "definition")?,
        secrets: map(row, "secrets")?,
        code: row.get("code")?,
        icon: row.get("icon")?,
        readme: row.get("readme")?,
        created: row.get("created_at")?,
        updated: row.get("updated_at")?,
    })
}

fn map(row: &Row<'_>, column: &str) -> rusqlite::Result<Map<String, Value>> {
    let text = row.get_ref(column)?.as_str()?;
    Ok(serde_json::from_str(text).unwrap_or_default())
}

fn text(map: &Map<String, Value>) -> String {
    serde_json::to_string(map).unwrap_or_default()
}
