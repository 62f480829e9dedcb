//! What an integration configures: its identifier, and the schedule of `register`.

use http::Method;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};

use crate::api::call::{Answer, Call, Operation};
use crate::api::change::{ChangeKind, Resource};
use crate::wire::failure::Result;
use crate::wire::shape::{Field, NAME, Shape, optional};

/// What an installation configured by `configureIntegration`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Configuration {
    /// The identifier by which requests of shared webhooks are routed.
    pub identifier: Option<String>,
    /// How often `register` is called, such as `daily`.
    pub schedule_register_call: Option<String>,
}

const CONFIGURE: &[Field] = &[
    optional("identifier", Shape::OrNull(&NAME)),
    optional(
        "scheduleRegisterCall",
        Shape::OneOf(&[
            "hourly",
            "daily",
            "weekly",
            "bi-weekly",
            "monthly",
            "bi-monthly",
            "quarterly",
            "yearly",
        ]),
    ),
    optional("sandboxIdentifiers", Shape::OrNull(&Shape::AnyObject)),
];

pub(super) const OPERATIONS: &[Operation] = &[Operation {
    name: "configureIntegration",
    method: Method::POST,
    path: "/v1/chat/integrations/configure",
    query: &[],
    body: CONFIGURE,
    run: configure,
}];

/// Members that are absent remain as they are.
fn configure(call: &mut Call<'_>) -> Result<Answer> {
    let sql = "INSERT INTO configurations (bot_id, alias) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    call.database
        .execute(sql, params![call.bot_id(), call.alias()])?;
    for (member, column) in [
        ("identifier", "identifier"),
        ("scheduleRegisterCall", "schedule"),
        ("sandboxIdentifiers", "sandbox_identifiers"),
    ] {
        let text = match call.body.get(member) {
            None => continue,
            Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.clone()),
            Some(other) => Some(other.to_string()),
        };
        let sql =
            format!("UPDATE configurations SET {column} = ?3 WHERE bot_id = ?1 AND alias = ?2");
        call.database
            .execute(&sql, params![call.bot_id(), call.alias(), text])?;
    }
    let configured = configuration_of(call.database, call.bot_id(), call.alias())?;
    let entity = json!({
        "identifier": configured.identifier,
        "scheduleRegisterCall": configured.schedule_register_call,
    });
    call.changed(Resource::Configuration, ChangeKind::Updated, entity);
    Ok(Answer::empty())
}

/// Reads what an installation configured.
pub(in crate::api) fn configuration_of(
    database: &Connection,
    bot_id: &str,
    alias: &str,
) -> rusqlite::Result<Configuration> {
    let sql = "SELECT identifier, schedule FROM configurations WHERE bot_id = ?1 AND alias = ?2";
    let found = database.query_row(sql, params![bot_id, alias], |row| {
        Ok(Configuration {
            identifier: row.get(0)?,
            schedule_register_call: row.get(1)?,
        })
    });
    Ok(found.optional()?.unwrap_or_default())
}

/// Sets the identifier of an installation.
pub(in crate::api) fn set_identifier(
    database: &Connection,
    bot_id: &str,
    alias: &str,
    identifier: Option<&str>,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO configurations (bot_id, alias, identifier) VALUES (?1, ?2, ?3)
        ON CONFLICT DO UPDATE SET identifier = excluded.identifier";
    database.execute(sql, params![bot_id, alias, identifier])?;
    Ok(())
}
