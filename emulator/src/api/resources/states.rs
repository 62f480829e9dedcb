//! States, which expire when they are not written for a while.

use http::Method;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Map, Value, json};

use super::{conversations, users};
use crate::api::call::{Answer, Call, Operation};
use crate::api::change::{ChangeKind, Resource};
use crate::api::page::milliseconds;
use crate::api::{number, properties};
use crate::ids::IdKind;
use crate::wire::failure::{Failure, Result};
use crate::wire::limits::STATE_EXPIRY;
use crate::wire::shape::{Field, Shape, optional, required};
use crate::wire::time;

const EXPIRY: Shape = Shape::OrNull(&Shape::Number {
    min: 1.0,
    max: STATE_EXPIRY,
});

const SET: &[Field] = &[
    required("payload", Shape::OrNull(&Shape::Payload)),
    optional("expiry", EXPIRY),
];

const WRITE: &[Field] = &[
    required("payload", Shape::Payload),
    optional("expiry", EXPIRY),
];

const SET_EXPIRY: &[Field] = &[required("expiry", EXPIRY)];

const PATH: &str = "/v1/chat/states/{type}/{id}/{name}";

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        name: "getState",
        method: Method::GET,
        path: PATH,
        query: &[],
        body: &[],
        run: |call| {
            let key = Key::of(call)?;
            let state = key.get(call)?.shown(call.bot_id(), &key);
            Ok(Answer::ok(
                json!({ "state": state, "meta": { "cached": false } }),
            ))
        },
    },
    Operation {
        name: "setState",
        method: Method::POST,
        path: PATH,
        query: &[],
        body: SET,
        run: |call| {
            let key = Key::of(call)?;
            let state = match payload(call) {
                Some(payload) => write(call, &key, payload, sent_expiry(call, None))?,
                None => delete(call, &key)?,
            };
            Ok(Answer::ok(json!({ "state": state })))
        },
    },
    Operation {
        name: "getOrSetState",
        method: Method::POST,
        path: "/v1/chat/states/{type}/{id}/{name}/get-or-set",
        query: &[],
        body: WRITE,
        run: |call| {
            let key = Key::of(call)?;
            let state = if let Some(state) = key.find(call)? {
                state.shown(call.bot_id(), &key)
            } else {
                let payload = payload(call).unwrap_or_default();
                write(call, &key, payload, sent_expiry(call, None))?
            };
            Ok(Answer::ok(
                json!({ "state": state, "meta": { "cached": false } }),
            ))
        },
    },
    Operation {
        name: "patchState",
        method: Method::PATCH,
        path: PATH,
        query: &[],
        body: WRITE,
        run: |call| {
            let key = Key::of(call)?;
            let known = key.find(call)?;
            let expiry = known.as_ref().and_then(|state| state.expiry);
            let mut merged = known.map(|state| state.payload).unwrap_or_default();
            merged.extend(payload(call).unwrap_or_default());
            let state = write(call, &key, merged, sent_expiry(call, expiry))?;
            Ok(Answer::ok(json!({ "state": state })))
        },
    },
    Operation {
        name: "setStateExpiry",
        method: Method::POST,
        path: "/v1/chat/states/{type}/{id}/{name}/expiry",
        query: &[],
        body: SET_EXPIRY,
        run: |call| {
            let key = Key::of(call)?;
            let known = key.get(call)?;
            let state = write(call, &key, known.payload, sent_expiry(call, None))?;
            Ok(Answer::ok(json!({ "state": state })))
        },
    },
];

/// What identifies a state within an installation.
struct Key {
    owner_type: String,
    owner_id: String,
    name: String,
}

impl Key {
    /// Reads and checks the path.
    fn of(call: &Call<'_>) -> Result<Self> {
        let [owner_type, owner_id, name] = [0, 1, 2].map(|index| call.parameter(index).to_owned());
        let definition = call.definition();
        let declared = definition
            .state(&name)
            .ok_or_else(|| call.undeclared("state", &name, definition.states()))?;
        if declared.owner != owner_type {
            return Err(Failure::invalid(format!(
                "state {name:?} belongs to a resource of type {:?}, and not to {owner_type:?}",
                declared.owner
            )));
        }
        match owner_type.as_str() {
            "conversation" => drop(conversations::get_referenced(call, &owner_id)?),
            "user" => users::check_reference(call, &owner_id)?,
            _ if owner_id == call.installation().integration_id => {}
            _ => return Err(Failure::no_reference("integration", &owner_id)),
        }
        Ok(Self {
            owner_type,
            owner_id,
            name,
        })
    }

    fn find(&self, call: &Call<'_>) -> Result<Option<State>> {
        let sql = "SELECT id, payload, expiry, expires_at, created_at, updated_at FROM states
            WHERE bot_id = ?1 AND alias = ?2 AND type = ?3 AND owner_id = ?4 AND name = ?5
            AND (expires_at IS NULL OR expires_at > ?6)";
        let mut statement = call.database.prepare_cached(sql)?;
        let key = params![
            call.bot_id(),
            call.alias(),
            self.owner_type,
            self.owner_id,
            self.name,
            milliseconds(call.now),
        ];
        Ok(statement.query_row(key, State::read).optional()?)
    }

    fn get(&self, call: &Call<'_>) -> Result<State> {
        let found = self.find(call)?;
        found.ok_or_else(|| Failure::not_found("state", &self.name))
    }
}

/// A stored state.
struct State {
    id: String,
    payload: Map<String, Value>,
    expiry: Option<u64>,
    expires_at: Option<u64>,
    created_at: u64,
    updated_at: u64,
}

impl State {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            payload: properties::parse(&row.get::<_, String>(1)?),
            expiry: row.get(2)?,
            expires_at: row.get(3)?,
            created_at: row.get(4)?,
            updated_at: row.get(5)?,
        })
    }

    fn shown(&self, bot_id: &str, key: &Key) -> Value {
        let mut shown = json!({
            "id": self.id,
            "createdAt": time::format(self.created_at),
            "updatedAt": time::format(self.updated_at),
            "botId": bot_id,
            "name": key.name,
            "type": key.owner_type,
            "payload": self.payload,
        });
        match key.owner_type.as_str() {
            "conversation" => shown["conversationId"] = json!(key.owner_id),
            "user" => shown["userId"] = json!(key.owner_id),
            _ => {}
        }
        if let (Some(expiry), Some(expires_at)) = (self.expiry, self.expires_at) {
            shown["expiry"] = json!(expiry);
            shown["expiresAt"] = json!(time::format(expires_at));
        }
        shown
    }
}

/// The payload of the body; `None` if it is null.
fn payload(call: &Call<'_>) -> Option<Map<String, Value>> {
    call.body.get("payload").and_then(Value::as_object).cloned()
}

/// The expiry of the body in milliseconds: `None` for null, and `before` if it is absent.
fn sent_expiry(call: &Call<'_>, before: Option<u64>) -> Option<u64> {
    // A part of a millisecond counts as a whole one.
    match call.body.get("expiry") {
        Some(expiry) => expiry.as_f64().map(|expiry| number::to_u64(expiry.ceil())),
        None => before,
    }
}

/// Stores a state. The time until it expires starts again.
fn write(
    call: &mut Call<'_>,
    key: &Key,
    payload: Map<String, Value>,
    expiry: Option<u64>,
) -> Result<Value> {
    check_payload(call, key, &payload)?;
    let known = key.find(call)?;
    let is_new = known.is_none();
    let (id, created_at) = match known {
        Some(state) => (state.id, state.created_at),
        None => (call.new_id(IdKind::State), call.now),
    };
    let state = State {
        id,
        payload,
        expiry,
        expires_at: expiry.map(|expiry| call.now.saturating_add(expiry)),
        created_at,
        updated_at: call.now,
    };
    let sql = "INSERT OR REPLACE INTO states
        (bot_id, alias, type, owner_id, name, id, payload, expiry, expires_at, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    call.database.prepare_cached(sql)?.execute(params![
        call.bot_id(),
        call.alias(),
        key.owner_type,
        key.owner_id,
        key.name,
        state.id,
        properties::text(&state.payload),
        state.expiry.map(milliseconds),
        state.expires_at.map(milliseconds),
        milliseconds(state.created_at),
        milliseconds(state.updated_at),
    ])?;
    let shown = state.shown(call.bot_id(), key);
    let kind = if is_new {
        ChangeKind::Created
    } else {
        ChangeKind::Updated
    };
    call.changed(Resource::State, kind, shown.clone());
    Ok(shown)
}

fn check_payload(call: &Call<'_>, key: &Key, payload: &Map<String, Value>) -> Result<()> {
    let whole = Value::Object(payload.clone());
    check_size(key, &whole)?;
    let definition = call.definition();
    match definition.state(&key.name) {
        Some(declared) => {
            let subject = format!("the payload of state {:?}", key.name);
            call.check_payload(&subject, declared.schema, &whole)
        }
        None => Ok(()),
    }
}

/// A patch can make a state larger than a payload may be.
fn check_size(key: &Key, payload: &Value) -> Result<()> {
    let (bytes, most) = (
        payload.to_string().len(),
        crate::wire::limits::PAYLOAD_BYTES,
    );
    if bytes <= most {
        return Ok(());
    }
    let name = &key.name;
    Err(Failure::limit(format!(
        "the payload of state {name:?} would have {bytes} bytes of JSON, and at most {most} are allowed"
    )))
}

/// Deletes a state, and returns it with an empty payload.
fn delete(call: &mut Call<'_>, key: &Key) -> Result<Value> {
    let known = key.find(call)?;
    let sql = "DELETE FROM states
        WHERE bot_id = ?1 AND alias = ?2 AND type = ?3 AND owner_id = ?4 AND name = ?5";
    let scope = params![
        call.bot_id(),
        call.alias(),
        key.owner_type,
        key.owner_id,
        key.name
    ];
    call.database.execute(sql, scope)?;
    let (id, created_at) = match known {
        Some(state) => (state.id, state.created_at),
        None => (call.new_id(IdKind::State), call.now),
    };
    let empty = State {
        id,
        payload: Map::new(),
        expiry: None,
        expires_at: None,
        created_at,
        updated_at: call.now,
    };
    let shown = empty.shown(call.bot_id(), key);
    call.changed(Resource::State, ChangeKind::Deleted, shown.clone());
    Ok(shown)
}

/// All states of an installation that have not expired, the latest first.
pub(in crate::api) fn all(
    database: &Connection,
    bot_id: &str,
    alias: &str,
    now: u64,
) -> rusqlite::Result<Vec<Value>> {
    let sql = "SELECT id, payload, expiry, expires_at, created_at, updated_at, type, owner_id, name FROM states
        WHERE bot_id = ?1 AND alias = ?2 AND (expires_at IS NULL OR expires_at > ?3) ORDER BY updated_at DESC, id DESC";
    let mut statement = database.prepare_cached(sql)?;
    let states = statement.query_map(params![bot_id, alias, milliseconds(now)], |row| {
        let key = Key {
            owner_type: row.get(6)?,
            owner_id: row.get(7)?,
            name: row.get(8)?,
        };
        Ok(State::read(row)?.shown(bot_id, &key))
    })?;
    states.collect()
}
