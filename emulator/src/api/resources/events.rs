//! Events.

use http::Method;
use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::{Map, Value, json};

use super::{conversations, messages, schedule, users};
use crate::api::call::{Answer, Call, Operation};
use crate::api::change::{Change, ChangeKind, Resource};
use crate::api::page::{Listing, milliseconds};
use crate::api::properties;
use crate::ids::IdKind;
use crate::wire::failure::{Failure, Result};
use crate::wire::query::{Kind, NEXT_TOKEN, PAGE_SIZE, parameter};
use crate::wire::shape::{Field, ID, NAME, Shape, optional, required};
use crate::wire::time;

const CREATE: &[Field] = &[
    required("type", NAME),
    required("payload", Shape::AnyObject),
    schedule::FIELD,
    optional("conversationId", ID),
    optional("userId", ID),
    optional("workflowId", ID),
    optional("messageId", ID),
];

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        name: "createEvent",
        method: Method::POST,
        path: "/v1/chat/events",
        query: &[],
        body: CREATE,
        run: create,
    },
    Operation {
        name: "getEvent",
        method: Method::GET,
        path: "/v1/chat/events/{id}",
        query: &[],
        body: &[],
        run: |call| {
            let event = get(call, call.parameter(0))?.shown();
            Ok(Answer::ok(json!({ "event": event })))
        },
    },
    Operation {
        name: "listEvents",
        method: Method::GET,
        path: "/v1/chat/events",
        query: &[
            NEXT_TOKEN,
            PAGE_SIZE,
            parameter("type", Kind::Text),
            parameter("conversationId", Kind::Text),
            parameter("userId", Kind::Text),
            parameter("messageId", Kind::Text),
            parameter("workflowId", Kind::Text),
            parameter(
                "status",
                Kind::OneOf(&["pending", "ignored", "processed", "failed", "scheduled"]),
            ),
        ],
        body: &[],
        run: list,
    },
    Operation {
        name: "cancelScheduledEvent",
        method: Method::DELETE,
        path: "/v1/chat/events/scheduled/{id}",
        query: &[],
        body: &[],
        run: cancel,
    },
];

const COLUMNS: &str = "id, created_at, type, payload, conversation_id, user_id, message_id, status";

/// A stored event.
struct Event {
    id: String,
    created_at: u64,
    kind: String,
    payload: Map<String, Value>,
    conversation_id: Option<String>,
    user_id: Option<String>,
    message_id: Option<String>,
    status: String,
}

impl Event {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            created_at: row.get(1)?,
            kind: row.get(2)?,
            payload: properties::parse(&row.get::<_, String>(3)?),
            conversation_id: row.get(4)?,
            user_id: row.get(5)?,
            message_id: row.get(6)?,
            status: row.get(7)?,
        })
    }

    fn shown(&self) -> Value {
        let mut shown = json!({
            "id": self.id,
            "createdAt": time::format(self.created_at),
            "type": self.kind,
            "payload": self.payload,
            "status": self.status,
            "failureReason": null,
        });
        for (name, id) in [
            ("conversationId", &self.conversation_id),
            ("userId", &self.user_id),
            ("messageId", &self.message_id),
        ] {
            if let Some(id) = id {
                shown[name] = json!(id);
            }
        }
        shown
    }
}

fn get(call: &Call<'_>, id: &str) -> Result<Event> {
    let sql = format!("SELECT {COLUMNS} FROM events WHERE id = ?1 AND bot_id = ?2 AND alias = ?3");
    let mut statement = call.database.prepare_cached(&sql)?;
    let found = statement.query_row(params![id, call.bot_id(), call.alias()], Event::read);
    found
        .optional()?
        .ok_or_else(|| Failure::not_found("event", id))
}

fn create(call: &mut Call<'_>) -> Result<Answer> {
    check(call)?;
    let id = |name: &str| call.text(name).map(str::to_owned);
    let due_at = schedule::due_at(call.now, &call.body)?;
    let status = if due_at.is_some() {
        "scheduled"
    } else {
        "pending"
    };
    let payload = call.body.get("payload").and_then(Value::as_object);
    let event = Event {
        id: call.new_id(IdKind::Event),
        created_at: call.now,
        kind: call.text("type").unwrap_or_default().to_owned(),
        payload: payload.cloned().unwrap_or_default(),
        conversation_id: id("conversationId"),
        user_id: id("userId"),
        message_id: id("messageId"),
        status: status.to_owned(),
    };
    insert(call, &event, due_at)?;
    let shown = event.shown();
    call.changed(Resource::Event, ChangeKind::Created, shown.clone());
    Ok(Answer::created(json!({ "event": shown })))
}

fn check(call: &Call<'_>) -> Result<()> {
    let event_type = call.text("type").unwrap_or_default();
    let definition = call.definition();
    let schema = definition
        .event(event_type)
        .ok_or_else(|| call.undeclared("event", event_type, definition.events()))?;
    let empty = Value::Null;
    let payload = call.body.get("payload").unwrap_or(&empty);
    call.check_payload(
        &format!("the payload of event {event_type:?}"),
        schema,
        payload,
    )?;
    if let Some(id) = call.text("conversationId") {
        conversations::get_referenced(call, id)?;
    }
    if let Some(id) = call.text("userId") {
        users::check_reference(call, id)?;
    }
    if let Some(id) = call.text("messageId") {
        messages::check_reference(call, id)?;
    }
    match call.text("workflowId") {
        // Workflows belong to bots, and an integration has none.
        Some(id) => Err(Failure::no_reference("workflow", id)),
        None => Ok(()),
    }
}

fn insert(call: &Call<'_>, event: &Event, due_at: Option<u64>) -> Result<()> {
    let sql = "INSERT INTO events
        (id, bot_id, alias, type, payload, conversation_id, user_id, message_id, status, due_at, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    call.database.prepare_cached(sql)?.execute(params![
        event.id,
        call.bot_id(),
        call.alias(),
        event.kind,
        properties::text(&event.payload),
        event.conversation_id,
        event.user_id,
        event.message_id,
        event.status,
        due_at.map(milliseconds),
        milliseconds(event.created_at),
    ])?;
    Ok(())
}

fn list(call: &mut Call<'_>) -> Result<Answer> {
    let mut events = Listing::new("events", COLUMNS, "id", "created_at");
    let scope = [call.bot_id(), call.alias()].map(|text| SqlValue::from(text.to_owned()));
    events.filter_all("bot_id = ? AND alias = ?", scope);
    for (parameter, condition) in [
        ("type", "type = ?"),
        ("conversationId", "conversation_id = ?"),
        ("userId", "user_id = ?"),
        ("messageId", "message_id = ?"),
        // No event of an integration belongs to a workflow.
        ("workflowId", "id = ?"),
        ("status", "status = ?"),
    ] {
        events.filter_some(condition, call.query.text(parameter).map(str::to_owned));
    }
    let page = events.read(call, |row| Ok(Event::read(row)?.shown()))?;
    Ok(Answer::ok(
        json!({ "events": page.items, "meta": page.meta }),
    ))
}

fn cancel(call: &mut Call<'_>) -> Result<Answer> {
    let mut event = get(call, call.parameter(0))?;
    if event.status != "scheduled" {
        let message = format!(
            "event {:?} is not scheduled: it is {}",
            event.id, event.status
        );
        return Err(Failure::invalid(message));
    }
    "canceled".clone_into(&mut event.status);
    let sql = "UPDATE events SET status = ?2, due_at = NULL WHERE id = ?1";
    call.database
        .execute(sql, params![event.id, event.status])?;
    call.changed(Resource::Event, ChangeKind::Updated, event.shown());
    Ok(Answer::empty())
}

/// Sends the scheduled events that are due.
pub(in crate::api) fn send_due(database: &Connection, now: u64) -> rusqlite::Result<Vec<Change>> {
    let sql = format!(
        "UPDATE events SET status = 'pending', due_at = NULL WHERE due_at <= ?1 RETURNING {COLUMNS}, bot_id, alias"
    );
    let mut statement = database.prepare_cached(&sql)?;
    let due = statement.query_map([milliseconds(now)], |row| {
        Ok(Change {
            entity: Event::read(row)?.shown(),
            resource: Resource::Event,
            kind: ChangeKind::Updated,
            bot_id: row.get(8)?,
            alias: row.get(9)?,
        })
    })?;
    due.collect()
}
