//! Accounts: their tokens, and their workspaces.

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde_json::{Map, Value};

use crate::ids::{IdKind, Ids};
use crate::wire::failure::Result;

/// A workspace that is created.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewWorkspace {
    /// Its name.
    pub name: String,
    /// The handle, with which the names of its integrations begin; it can be claimed later.
    pub handle: Option<String>,
}

/// A workspace in the storage.
#[derive(Clone, Debug)]
pub(super) struct Workspace {
    pub(super) id: String,
    pub(super) account_id: String,
    pub(super) name: String,
    pub(super) handle: Option<String>,
    pub(super) profile: Map<String, Value>,
    pub(super) created: i64,
    pub(super) updated: i64,
}

/// The account with a token.
pub(super) fn account_of(database: &Connection, token: &str) -> Result<Option<String>> {
    let sql = "SELECT account_id FROM admin_tokens WHERE token = ?1";
    let mut statement = database.prepare_cached(sql)?;
    Ok(statement.query_row([token], |row| row.get(0)).optional()?)
}

/// Adds a token of an account.
pub(super) fn add_token(database: &Connection, token: &str, account_id: &str) -> Result<()> {
    let sql = "INSERT INTO admin_tokens (token, account_id) VALUES (?1, ?2)
        ON CONFLICT DO UPDATE SET account_id = excluded.account_id";
    database.execute(sql, params![token, account_id])?;
    Ok(())
}

/// The tokens of the account that a workspace belongs to.
pub(super) fn tokens_of(database: &Connection, workspace_id: &str) -> Result<Vec<String>> {
    let sql =
        "SELECT token FROM admin_tokens JOIN admin_workspaces USING (account_id) WHERE id = ?1";
    let mut statement = database.prepare_cached(sql)?;
    let tokens = statement.query_map([workspace_id], |row| row.get(0))?;
    Ok(tokens.collect::<rusqlite::Result<_>>()?)
}

/// Creates a workspace, unless the account has one with its name and handle. Returns its id.
pub(super) fn create_workspace(
    database: &Connection,
    ids: &Ids,
    account_id: &str,
    new: &NewWorkspace,
    now: i64,
) -> Result<String> {
    let known =
        "SELECT id FROM admin_workspaces WHERE account_id = ?1 AND name = ?2 AND handle IS ?3";
    let known = database
        .query_row(known, params![account_id, new.name, new.handle], |row| {
            row.get(0)
        })
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    let id = ids.next(IdKind::Workspace);
    let sql = "INSERT INTO admin_workspaces (id, account_id, name, handle, profile, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, '{}', ?5, ?5)";
    database.execute(sql, params![id, account_id, new.name, new.handle, now])?;
    Ok(id)
}

/// A workspace by its id.
pub(super) fn workspace(database: &Connection, id: &str) -> Result<Option<Workspace>> {
    find(database, "id", id)
}

/// A workspace by its handle.
pub(super) fn with_handle(database: &Connection, handle: &str) -> Result<Option<Workspace>> {
    find(database, "handle", handle)
}

fn find(database: &Connection, column: &str, value: &str) -> Result<Option<Workspace>> {
    let sql = format!("SELECT * FROM admin_workspaces WHERE {column} = ?1");
    let mut statement = database.prepare_cached(&sql)?;
    Ok(statement.query_row([value], read).optional()?)
}

/// Writes what a workspace can change.
pub(super) fn update(database: &Connection, workspace: &Workspace) -> Result<()> {
    let sql = "UPDATE admin_workspaces SET name = ?2, handle = ?3, profile = ?4, updated_at = ?5 WHERE id = ?1";
    let profile = Value::Object(workspace.profile.clone()).to_string();
    let Workspace {
        id,
        name,
        handle,
        updated,
        ..
    } = workspace;
    database.execute(sql, params![id, name, handle, profile, updated])?;
    Ok(())
}

/// Reads a row of the table.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Workspace> {
    let profile: String = row.get("profile")?;
    Ok(Workspace {
        id: row.get("id")?,
        account_id: row.get("account_id")?,
        name: row.get("name")?,
        handle: row.get("handle")?,
        profile: serde_json::from_str(&profile).unwrap_or_default(),
        created: row.get("created_at")?,
        updated: row.get("updated_at")?,
    })
}
