//! Keys of integrations, with which they call the API.

use http::Method;
use rusqlite::{Connection, params};
use serde_json::{Value, json};

use super::call::{Call, Operation, shown_time};
use super::effect::Effect;
use super::integrations;
use crate::ids::IdKind;
use crate::platform::new_key;
use crate::wire::answer::Answer;
use crate::wire::failure::{Failure, Result};
use crate::wire::query::{Kind, required as required_parameter};
use crate::wire::shape::{Field, TEXT, optional, required};

const KEYS: &str = "/v1/admin/integrations/iaks";

const NEW: &[Field] = &[required("integrationId", TEXT), optional("note", TEXT)];

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        name: "createIntegrationApiKey",
        method: Method::POST,
        path: KEYS,
        query: &[],
        body: NEW,
        run: create,
    },
    Operation {
        name: "listIntegrationApiKeys",
        method: Method::GET,
        path: KEYS,
        query: &[required_parameter("integrationId", Kind::Text)],
        body: &[],
        run: list,
    },
    Operation {
        name: "deleteIntegrationApiKey",
        method: Method::DELETE,
        path: "/v1/admin/integrations/iaks/{id}",
        query: &[],
        body: &[],
        run: delete,
    },
];

/// The only answer that has the value.
fn create(call: &mut Call<'_>) -> Result<Answer> {
    let record = integrations::own(call, call.text("integrationId").unwrap_or_default())?;
    let note = call.text("note").unwrap_or_default();
    let (id, value, now) = (
        call.new_id(IdKind::IntegrationApiKey),
        new_key()?,
        call.moment(),
    );
    let sql = "INSERT INTO admin_keys (id, integration_id, note, value, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    call.database
        .execute(sql, params![id, record.id, note, value, now])?;
    let answer = json!({ "id": id, "createdAt": shown_time(now), "note": note, "value": value });
    call.effects.push(Effect::Keys(record.id));
    Ok(Answer::ok(answer))
}

fn list(call: &mut Call<'_>) -> Result<Answer> {
    let record = integrations::own(call, call.query.text("integrationId").unwrap_or_default())?;
    let sql = "SELECT id, created_at, note FROM admin_keys WHERE integration_id = ?1 ORDER BY id";
    let mut statement = call.database.prepare_cached(sql)?;
    let keys = statement.query_map([record.id], |row| {
        Ok(json!({
            "id": row.get::<_, String>(0)?,
            "createdAt": shown_time(row.get(1)?),
            "note": row.get::<_, String>(2)?,
        }))
    })?;
    let keys: Vec<Value> = keys.collect::<rusqlite::Result<_>>()?;
    Ok(Answer::ok(json!({ "iaks": keys })))
}

fn delete(call: &mut Call<'_>) -> Result<Answer> {
    let workspace = call.workspace()?;
    let id = call.parameter(0);
    let sql = "DELETE FROM admin_keys WHERE id = ?1
        AND integration_id IN (SELECT id FROM admin_integrations WHERE workspace_id = ?2)
        RETURNING integration_id";
    let mut statement = call.database.prepare_cached(sql)?;
    let mut deleted = statement.query_map(params![id, workspace.id], |row| row.get(0))?;
    let of = deleted.next().transpose()?;
    let of = of.ok_or_else(|| Failure::not_found("integration API key", id))?;
    call.effects.push(Effect::Keys(of));
    Ok(Answer::empty())
}

/// The values of an integration's keys.
pub(super) fn values(database: &Connection, integration_id: &str) -> Result<Vec<String>> {
    let sql = "SELECT value FROM admin_keys WHERE integration_id = ?1";
    let mut statement = database.prepare_cached(sql)?;
    let values = statement.query_map([integration_id], |row| row.get(0))?;
    Ok(values.collect::<rusqlite::Result<_>>()?)
}
