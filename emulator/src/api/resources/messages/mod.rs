//! Messages.

mod record;

use http::Method;
use rusqlite::types::Value as SqlValue;
use serde_json::{Map, Value, json};

pub(in crate::api) use self::record::send_due;
use self::record::{COLUMNS, Message, find};
use super::bodies::{CHANGED_TAGS, NEW_TAGS};
use super::conversations::{self, Conversation};
use super::{participants, schedule, users};
use crate::api::call::{Answer, Call, Operation, Role};
use crate::api::change::{ChangeKind, Resource};
use crate::api::page::Listing;
use crate::api::tags::{self, Discriminator, Tagged};
use crate::ids::IdKind;
use crate::wire::failure::{Failure, Result};
use crate::wire::query::{AFTER_DATE, BEFORE_DATE, Kind, NEXT_TOKEN, PAGE_SIZE, TAGS, parameter};
use crate::wire::shape::{Field, ID, NAME, NAMES, Shape, optional, required};

const ORIGIN: Shape = Shape::OneOf(&["synthetic"]);

const CREATE: &[Field] = &[
    required("payload", Shape::Payload),
    required("userId", ID),
    required("conversationId", ID),
    required("type", NAME),
    required("tags", NEW_TAGS),
    schedule::FIELD,
    optional("origin", ORIGIN),
];

const GET_OR_CREATE: &[Field] = &[
    optional("payload", Shape::Payload),
    required("userId", ID),
    required("conversationId", ID),
    required("type", NAME),
    required("tags", CHANGED_TAGS),
    schedule::FIELD,
    optional("origin", ORIGIN),
    optional("discriminateByTags", NAMES),
];

/// An incoming message.
pub(super) const INCOMING: &[Field] = &[
    required("payload", Shape::Payload),
    required("type", NAME),
    required("tags", NEW_TAGS),
    optional("origin", ORIGIN),
    required("discriminateByTags", NAMES),
];

const UPDATE: &[Field] = &[
    optional("tags", CHANGED_TAGS),
    optional("payload", Shape::Payload),
];

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        name: "createMessage",
        method: Method::POST,
        path: "/v1/chat/messages",
        query: &[],
        body: CREATE,
        run: |call| {
            let body = call.body.clone();
            let message = create(call, &body)?;
            Ok(Answer::created(json!({ "message": message })))
        },
    },
    Operation {
        name: "getMessage",
        method: Method::GET,
        path: "/v1/chat/messages/{id}",
        query: &[],
        body: &[],
        run: |call| {
            let message = get(call, call.parameter(0))?.shown(call)?;
            Ok(Answer::ok(json!({ "message": message })))
        },
    },
    Operation {
        name: "listMessages",
        method: Method::GET,
        path: "/v1/chat/messages",
        query: &[
            NEXT_TOKEN,
            PAGE_SIZE,
            TAGS,
            AFTER_DATE,
            BEFORE_DATE,
            parameter("conversationId", Kind::Text),
        ],
        body: &[],
        run: list,
    },
    Operation {
        name: "getOrCreateMessage",
        method: Method::POST,
        path: "/v1/chat/messages/get-or-create",
        query: &[],
        body: GET_OR_CREATE,
        run: |call| {
            let body = call.body.clone();
            let (message, is_new) = get_or_create(call, &body)?;
            Ok(Answer::ok(
                json!({ "message": message, "meta": { "created": is_new } }),
            ))
        },
    },
    Operation {
        name: "updateMessage",
        method: Method::PUT,
        path: "/v1/chat/messages/{id}",
        query: &[],
        body: UPDATE,
        run: |call| {
            let (id, body) = (call.parameter(0).to_owned(), call.body.clone());
            let message = update(call, &id, &body)?;
            Ok(Answer::ok(json!({ "message": message })))
        },
    },
    Operation {
        name: "deleteMessage",
        method: Method::DELETE,
        path: "/v1/chat/messages/{id}",
        query: &[],
        body: &[],
        run: delete,
    },
];

fn get(call: &Call<'_>, id: &str) -> Result<Message> {
    find(call, id)?.ok_or_else(|| Failure::not_found("message", id))
}

/// Refuses a reference to a message that does not exist.
pub(super) fn check_reference(call: &Call<'_>, id: &str) -> Result<()> {
    let found = find(call, id)?;
    found
        .map(drop)
        .ok_or_else(|| Failure::no_reference("message", id))
}

/// Checks type, payload and tags against the channel of the conversation, which it returns.
pub(super) fn check(call: &Call<'_>, body: &Map<String, Value>) -> Result<Conversation> {
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    let conversation = conversations::get_referenced(call, text("conversationId"))?;
    check_content(call, &conversation.channel, text("type"), body)?;
    Ok(conversation)
}

fn check_content(
    call: &Call<'_>,
    channel: &str,
    message_type: &str,
    body: &Map<String, Value>,
) -> Result<()> {
    let definition = call.definition();
    let declared = definition
        .channel(channel)
        .ok_or_else(|| call.undeclared("channel", channel, definition.channels()))?;
    let schema = declared.message(message_type).ok_or_else(|| {
        let what = format!("message type of channel {channel:?}");
        call.undeclared(&what, message_type, declared.messages())
    })?;
    if let Some(payload) = body.get("payload") {
        let subject = format!("the payload of message {message_type:?} of channel {channel:?}");
        call.check_payload(&subject, schema, payload)?;
    }
    let empty = Value::Null;
    let tags = body.get("tags").unwrap_or(&empty);
    tags::check_declared(call, Tagged::Message(channel), tags)
}

fn create(call: &mut Call<'_>, body: &Map<String, Value>) -> Result<Value> {
    let created_at = call.now;
    create_at(call, body, created_at)
}

/// Creates a message with a time of creation, which differs from now for imported ones.
pub(super) fn create_at(
    call: &mut Call<'_>,
    body: &Map<String, Value>,
    created_at: u64,
) -> Result<Value> {
    let conversation = check(call, body)?;
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    users::check_reference(call, text("userId"))?;
    let direction = match call.role {
        Role::Integration => "incoming",
        Role::Bot => "outgoing",
    };
    let payload = body.get("payload").and_then(Value::as_object);
    let message = Message {
        id: call.new_id(IdKind::Message),
        created_at,
        updated_at: created_at,
        kind: text("type").to_owned(),
        payload: payload.cloned().unwrap_or_default(),
        direction: direction.to_owned(),
        user_id: text("userId").to_owned(),
        conversation_id: conversation.id,
        origin: body
            .get("origin")
            .and_then(Value::as_str)
            .map(str::to_owned),
    };
    let due_at = schedule::due_at(call.now, body)?;
    message.insert(call, due_at)?;
    let empty = Value::Null;
    let tags = body.get("tags").unwrap_or(&empty);
    tags::write(call.database, &message.id, call.alias(), tags)?;
    participants::add(call, &message.conversation_id, &message.user_id)?;
    let shown = message.shown(call)?;
    if due_at.is_none() {
        conversations::count_messages(call, &message.conversation_id, 1)?;
        call.changed(Resource::Message, ChangeKind::Created, shown.clone());
    }
    Ok(shown)
}

/// Finds a message of the conversation by its tags and updates it, or creates one. Returns whether it is new.
pub(super) fn get_or_create(
    call: &mut Call<'_>,
    body: &Map<String, Value>,
) -> Result<(Value, bool)> {
    check(call, body)?;
    match find_by_tags(call, body)? {
        Some(id) => Ok((update(call, &id, body)?, false)),
        None => Ok((create(call, body)?, true)),
    }
}

/// Finds a message of the conversation by its tags.
pub(super) fn find_by_tags(call: &Call<'_>, body: &Map<String, Value>) -> Result<Option<String>> {
    let conversation = body.get("conversationId").and_then(Value::as_str);
    Discriminator::of(body)?.find(call, |id| {
        let message = find(call, id)?;
        Ok(message.is_some_and(|message| Some(message.conversation_id.as_str()) == conversation))
    })
}

/// Returns a message as the integration sees it.
pub(super) fn shown(call: &Call<'_>, id: &str) -> Result<Value> {
    get(call, id)?.shown(call)
}

fn update(call: &mut Call<'_>, id: &str, body: &Map<String, Value>) -> Result<Value> {
    let mut message = get(call, id)?;
    let channel = conversations::get_referenced(call, &message.conversation_id)?.channel;
    check_content(call, &channel, &message.kind, body)?;
    if let Some(tags) = body.get("tags") {
        tags::write(call.database, id, call.alias(), tags)?;
    }
    if let Some(payload) = body.get("payload").and_then(Value::as_object) {
        message.payload.clone_from(payload);
    }
    message.updated_at = call.now;
    message.update(call)?;
    let shown = message.shown(call)?;
    call.changed(Resource::Message, ChangeKind::Updated, shown.clone());
    Ok(shown)
}

fn delete(call: &mut Call<'_>) -> Result<Answer> {
    let message = get(call, call.parameter(0))?;
    let shown = message.shown(call)?;
    tags::delete(call.database, &message.id)?;
    let sql = "DELETE FROM messages WHERE id = ?1";
    call.database.execute(sql, [&message.id])?;
    conversations::count_messages(call, &message.conversation_id, -1)?;
    call.changed(Resource::Message, ChangeKind::Deleted, shown);
    Ok(Answer::empty())
}

fn list(call: &mut Call<'_>) -> Result<Answer> {
    let mut messages = Listing::new("messages", COLUMNS, "id", "created_at");
    let scope = [call.bot_id(), call.alias()].map(|text| SqlValue::from(text.to_owned()));
    messages.filter_all("bot_id = ? AND alias = ? AND due_at IS NULL", scope);
    let conversation = call.query.text("conversationId").map(str::to_owned);
    messages.filter_some("conversation_id = ?", conversation);
    messages.filter_tags(call);
    messages.filter_dates(call, "created_at");
    let page = messages.read(call, |row| Message::read(row)?.shown(call))?;
    Ok(Answer::ok(
        json!({ "messages": page.items, "meta": page.meta }),
    ))
}
