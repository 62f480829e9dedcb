//! Conversations.

use http::Method;
use rusqlite::types::Value as SqlValue;
use rusqlite::{OptionalExtension, Row, params};
use serde_json::{Map, Value, json};

use super::bodies::{CHANGED_PROPERTIES, CHANGED_TAGS, NEW_PROPERTIES, NEW_TAGS};
use crate::api::call::{Answer, Call, Operation};
use crate::api::change::{ChangeKind, Resource};
use crate::api::page::{Listing, milliseconds};
use crate::api::properties;
use crate::api::tags::{self, Discriminator, Tagged};
use crate::ids::IdKind;
use crate::wire::failure::{Failure, Result};
use crate::wire::query::{
    AFTER_DATE, BEFORE_DATE, Kind, NEXT_TOKEN, PAGE_SIZE, SORT_DIRECTION, TAGS, parameter,
};
use crate::wire::shape::{Field, NAME, NAMES, TEXT, optional, required};
use crate::wire::time;

const CREATE: &[Field] = &[
    required("channel", NAME),
    required("tags", NEW_TAGS),
    optional("integrationName", NAME),
    optional("properties", NEW_PROPERTIES),
];

const GET_OR_CREATE: &[Field] = &[
    required("channel", NAME),
    required("tags", CHANGED_TAGS),
    optional("integrationName", NAME),
    optional("properties", CHANGED_PROPERTIES),
    optional("discriminateByTags", NAMES),
];

/// The conversation of an incoming message.
pub(super) const INCOMING: &[Field] = &[
    required("channel", NAME),
    required("tags", NEW_TAGS),
    optional("integrationName", NAME),
    optional("properties", NEW_PROPERTIES),
    required("discriminateByTags", NAMES),
];

const UPDATE: &[Field] = &[
    optional("currentTaskId", TEXT),
    optional("tags", CHANGED_TAGS),
    optional("properties", CHANGED_PROPERTIES),
];

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        name: "createConversation",
        method: Method::POST,
        path: "/v1/chat/conversations",
        query: &[],
        body: CREATE,
        run: |call| {
            let body = call.body.clone();
            let conversation = create(call, &body)?;
            Ok(Answer::created(json!({ "conversation": conversation })))
        },
    },
    Operation {
        name: "getConversation",
        method: Method::GET,
        path: "/v1/chat/conversations/{id}",
        query: &[],
        body: &[],
        run: |call| {
            let conversation = get(call, call.parameter(0))?.shown(call)?;
            Ok(Answer::ok(json!({ "conversation": conversation })))
        },
    },
    Operation {
        name: "listConversations",
        method: Method::GET,
        path: "/v1/chat/conversations",
        query: &[
            NEXT_TOKEN,
            PAGE_SIZE,
            TAGS,
            AFTER_DATE,
            BEFORE_DATE,
            SORT_DIRECTION,
            parameter("sortField", Kind::OneOf(&["createdAt", "updatedAt"])),
            parameter("participantIds", Kind::Texts(usize::MAX)),
            parameter("integrationName", Kind::Text),
            parameter("channel", Kind::Text),
            parameter("minMessageCount", Kind::Count),
            parameter("maxMessageCount", Kind::Count),
        ],
        body: &[],
        run: list,
    },
    Operation {
        name: "getOrCreateConversation",
        method: Method::POST,
        path: "/v1/chat/conversations/get-or-create",
        query: &[],
        body: GET_OR_CREATE,
        run: |call| {
            let body = call.body.clone();
            let (conversation, is_new) = get_or_create(call, &body)?;
            let meta = json!({ "created": is_new });
            Ok(Answer::ok(
                json!({ "conversation": conversation, "meta": meta }),
            ))
        },
    },
    Operation {
        name: "updateConversation",
        method: Method::PUT,
        path: "/v1/chat/conversations/{id}",
        query: &[],
        body: UPDATE,
        run: |call| {
            let (id, body) = (call.parameter(0).to_owned(), call.body.clone());
            let conversation = update(call, &id, &body)?;
            Ok(Answer::ok(json!({ "conversation": conversation })))
        },
    },
    Operation {
        name: "deleteConversation",
        method: Method::DELETE,
        path: "/v1/chat/conversations/{id}",
        query: &[],
        body: &[],
        run: delete,
    },
];

const COLUMNS: &str = "id, created_at, updated_at, channel, integration, message_count, properties";

/// A stored conversation, without its tags.
pub(super) struct Conversation {
    pub(super) id: String,
    pub(super) channel: String,
    created_at: u64,
    updated_at: u64,
    integration: String,
    message_count: u64,
    properties: Map<String, Value>,
}

impl Conversation {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            created_at: row.get(1)?,
            updated_at: row.get(2)?,
            channel: row.get(3)?,
            integration: row.get(4)?,
            message_count: row.get(5)?,
            properties: properties::parse(&row.get::<_, String>(6)?),
        })
    }

    pub(super) fn shown(&self, call: &Call<'_>) -> Result<Value> {
        let mut shown = json!({
            "id": self.id,
            "createdAt": time::format(self.created_at),
            "updatedAt": time::format(self.updated_at),
            "channel": self.channel,
            "integration": self.integration,
            "tags": tags::read(call.database, &self.id, call.alias())?,
            "messageCount": self.message_count,
        });
        if !self.properties.is_empty() {
            shown["properties"] = json!(self.properties);
        }
        Ok(shown)
    }
}

fn find(call: &Call<'_>, id: &str) -> Result<Option<Conversation>> {
    let sql =
        format!("SELECT {COLUMNS} FROM conversations WHERE id = ?1 AND bot_id = ?2 AND alias = ?3");
    let mut statement = call.database.prepare_cached(&sql)?;
    let scope = params![id, call.bot_id(), call.alias()];
    Ok(statement.query_row(scope, Conversation::read).optional()?)
}

/// Returns the conversation that the path names.
pub(super) fn get(call: &Call<'_>, id: &str) -> Result<Conversation> {
    find(call, id)?.ok_or_else(|| Failure::not_found("conversation", id))
}

/// Returns the conversation that a body refers to.
pub(super) fn get_referenced(call: &Call<'_>, id: &str) -> Result<Conversation> {
    find(call, id)?.ok_or_else(|| Failure::no_reference("conversation", id))
}

/// Notes that messages were added or removed.
pub(super) fn count_messages(call: &Call<'_>, id: &str, difference: i64) -> Result<()> {
    let sql = "UPDATE conversations SET message_count = message_count + ?2, updated_at = ?3 WHERE id = ?1";
    let mut statement = call.database.prepare_cached(sql)?;
    statement.execute(params![id, difference, milliseconds(call.now)])?;
    Ok(())
}

fn check_channel(call: &Call<'_>, body: &Map<String, Value>) -> Result<String> {
    let channel = body
        .get("channel")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let definition = call.definition();
    if definition.channel(channel).is_none() {
        return Err(call.undeclared("channel", channel, definition.channels()));
    }
    let empty = Value::Null;
    let tags = body.get("tags").unwrap_or(&empty);
    tags::check_declared(call, Tagged::Conversation(channel), tags)?;
    Ok(channel.to_owned())
}

fn create(call: &mut Call<'_>, body: &Map<String, Value>) -> Result<Value> {
    let mut conversation = Conversation {
        channel: check_channel(call, body)?,
        id: call.new_id(IdKind::Conversation),
        created_at: call.now,
        updated_at: call.now,
        integration: call.definition().name().to_owned(),
        message_count: 0,
        properties: Map::new(),
    };
    if let Some(changes) = body.get("properties") {
        properties::merge(&mut conversation.properties, changes);
    }
    let sql = "INSERT INTO conversations (id, bot_id, alias, integration, channel, properties, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)";
    call.database.prepare_cached(sql)?.execute(params![
        conversation.id,
        call.bot_id(),
        call.alias(),
        conversation.integration,
        conversation.channel,
        properties::text(&conversation.properties),
        milliseconds(call.now),
    ])?;
    let empty = Value::Null;
    let tags = body.get("tags").unwrap_or(&empty);
    tags::write(call.database, &conversation.id, call.alias(), tags)?;
    let shown = conversation.shown(call)?;
    call.changed(Resource::Conversation, ChangeKind::Created, shown.clone());
    Ok(shown)
}

/// Finds a conversation of the channel by its tags and updates it, or creates one. Returns whether it is new.
pub(super) fn get_or_create(
    call: &mut Call<'_>,
    body: &Map<String, Value>,
) -> Result<(Value, bool)> {
    let channel = check_channel(call, body)?;
    let found = Discriminator::of(body)?.find(call, |id| {
        let conversation = find(call, id)?;
        Ok(conversation.is_some_and(|conversation| conversation.channel == channel))
    })?;
    match found {
        Some(id) => Ok((update(call, &id, body)?, false)),
        None => Ok((create(call, body)?, true)),
    }
}

fn update(call: &mut Call<'_>, id: &str, body: &Map<String, Value>) -> Result<Value> {
    let mut conversation = get(call, id)?;
    if let Some(tags) = body.get("tags") {
        tags::check_declared(call, Tagged::Conversation(&conversation.channel), tags)?;
        tags::write(call.database, id, call.alias(), tags)?;
    }
    if let Some(changes) = body.get("properties") {
        properties::merge(&mut conversation.properties, changes);
    }
    conversation.updated_at = call.now;
    let sql = "UPDATE conversations SET properties = ?2, updated_at = ?3 WHERE id = ?1";
    let properties = properties::text(&conversation.properties);
    let mut statement = call.database.prepare_cached(sql)?;
    statement.execute(params![id, properties, milliseconds(call.now)])?;
    drop(statement);
    let shown = conversation.shown(call)?;
    call.changed(Resource::Conversation, ChangeKind::Updated, shown.clone());
    Ok(shown)
}

fn delete(call: &mut Call<'_>) -> Result<Answer> {
    let id = call.parameter(0).to_owned();
    let conversation = get(call, &id)?.shown(call)?;
    for sql in [
        "DELETE FROM tags WHERE owner IN (SELECT id FROM messages WHERE conversation_id = ?1)",
        "DELETE FROM messages WHERE conversation_id = ?1",
        "DELETE FROM participants WHERE conversation_id = ?1",
        "DELETE FROM states WHERE type = 'conversation' AND owner_id = ?1",
        "DELETE FROM conversations WHERE id = ?1",
    ] {
        call.database.execute(sql, [&id])?;
    }
    tags::delete(call.database, &id)?;
    call.changed(Resource::Conversation, ChangeKind::Deleted, conversation);
    Ok(Answer::empty())
}

fn list(call: &mut Call<'_>) -> Result<Answer> {
    let sort = match call.query.text("sortField") {
        Some("updatedAt") => "updated_at",
        _ => "created_at",
    };
    let mut conversations = Listing::new("conversations", COLUMNS, "id", sort);
    conversations.descending(call.query.text("sortDirection") != Some("asc"));
    let scope = [call.bot_id(), call.alias()].map(|text| SqlValue::from(text.to_owned()));
    conversations.filter_all("bot_id = ? AND alias = ?", scope);
    for (parameter, condition) in [
        ("integrationName", "integration = ?"),
        ("channel", "channel = ?"),
    ] {
        conversations.filter_some(condition, call.query.text(parameter).map(str::to_owned));
    }
    for user in call.query.texts("participantIds") {
        let condition = "id IN (SELECT conversation_id FROM participants WHERE user_id = ?)";
        conversations.filter(condition, user.to_owned());
    }
    let count = |name: &str| call.query.count(name).map(milliseconds);
    conversations.filter_some("message_count >= ?", count("minMessageCount"));
    conversations.filter_some("message_count <= ?", count("maxMessageCount"));
    conversations.filter_tags(call);
    conversations.filter_dates(call, "created_at");
    let page = conversations.read(call, |row| Conversation::read(row)?.shown(call))?;
    Ok(Answer::ok(
        json!({ "conversations": page.items, "meta": page.meta }),
    ))
}
