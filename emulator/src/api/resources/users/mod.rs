//! Users.

mod record;

use http::Method;
use rusqlite::types::Value as SqlValue;
use rusqlite::{Row, params};
use serde_json::{Map, Value, json};

pub(super) use self::record::COLUMNS;
pub(in crate::api) use self::record::ensure_bot_user;
use self::record::{User, find};
use super::bodies::{CHANGED_PROPERTIES, CHANGED_TAGS, NEW_PROPERTIES, NEW_TAGS};
use crate::api::call::{Answer, Call, Operation};
use crate::api::change::{ChangeKind, Resource};
use crate::api::page::Listing;
use crate::api::tags::{self, Discriminator, Tagged};
use crate::ids::IdKind;
use crate::wire::failure::{Failure, Result};
use crate::wire::limits::PICTURE_URL_LENGTH;
use crate::wire::query::{
    AFTER_DATE, BEFORE_DATE, Kind, NEXT_TOKEN, PAGE_SIZE, SORT_DIRECTION, TAGS, parameter,
};
use crate::wire::shape::{Field, NAME, NAMES, Shape, optional, required};

const PICTURE_URL: Shape = Shape::Text {
    min: 0,
    max: PICTURE_URL_LENGTH,
};

const CREATE: &[Field] = &[
    required("tags", NEW_TAGS),
    optional("integrationName", NAME),
    optional("name", NAME),
    optional("pictureUrl", PICTURE_URL),
    optional("properties", NEW_PROPERTIES),
    optional("attributes", NEW_PROPERTIES),
];

const GET_OR_CREATE: &[Field] = &[
    required("tags", CHANGED_TAGS),
    optional("integrationName", NAME),
    optional("name", NAME),
    optional("pictureUrl", PICTURE_URL),
    optional("properties", CHANGED_PROPERTIES),
    optional("attributes", CHANGED_PROPERTIES),
    optional("discriminateByTags", NAMES),
];

/// The user of an incoming message.
pub(super) const INCOMING: &[Field] = &[
    required("tags", NEW_TAGS),
    optional("integrationName", NAME),
    optional("name", NAME),
    optional("pictureUrl", PICTURE_URL),
    optional("properties", NEW_PROPERTIES),
    optional("attributes", NEW_PROPERTIES),
    required("discriminateByTags", NAMES),
];

const UPDATE: &[Field] = &[
    optional("tags", CHANGED_TAGS),
    optional("name", Shape::OrNull(&NAME)),
    optional("pictureUrl", Shape::OrNull(&PICTURE_URL)),
    optional("properties", CHANGED_PROPERTIES),
    optional("attributes", CHANGED_PROPERTIES),
];

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        name: "createUser",
        method: Method::POST,
        path: "/v1/chat/users",
        query: &[],
        body: CREATE,
        run: |call| {
            let body = call.body.clone();
            let user = create(call, &body)?;
            Ok(Answer::created(json!({ "user": user })))
        },
    },
    Operation {
        name: "getUser",
        method: Method::GET,
        path: "/v1/chat/users/{id}",
        query: &[],
        body: &[],
        run: |call| {
            let user = get(call, call.parameter(0))?;
            Ok(Answer::ok(json!({ "user": user })))
        },
    },
    Operation {
        name: "listUsers",
        method: Method::GET,
        path: "/v1/chat/users",
        query: &[
            NEXT_TOKEN,
            PAGE_SIZE,
            TAGS,
            AFTER_DATE,
            BEFORE_DATE,
            SORT_DIRECTION,
            parameter("conversationId", Kind::Text),
            parameter("rangeField", Kind::OneOf(&["updatedAt", "createdAt"])),
            parameter("sortField", Kind::OneOf(&["updatedAt", "createdAt"])),
        ],
        body: &[],
        run: list,
    },
    Operation {
        name: "getOrCreateUser",
        method: Method::POST,
        path: "/v1/chat/users/get-or-create",
        query: &[],
        body: GET_OR_CREATE,
        run: |call| {
            let body = call.body.clone();
            let (user, is_new) = get_or_create(call, &body)?;
            Ok(Answer::ok(
                json!({ "user": user, "meta": { "created": is_new } }),
            ))
        },
    },
    Operation {
        name: "updateUser",
        method: Method::PUT,
        path: "/v1/chat/users/{id}",
        query: &[],
        body: UPDATE,
        run: |call| {
            let (id, body) = (call.parameter(0).to_owned(), call.body.clone());
            let user = update(call, &id, &body)?;
            Ok(Answer::ok(json!({ "user": user })))
        },
    },
    Operation {
        name: "deleteUser",
        method: Method::DELETE,
        path: "/v1/chat/users/{id}",
        query: &[],
        body: &[],
        run: delete,
    },
];

fn get(call: &Call<'_>, id: &str) -> Result<Value> {
    let user = find(call, id)?.ok_or_else(|| Failure::not_found("user", id))?;
    user.shown(call)
}

/// Returns the user that a body refers to.
pub(super) fn get_referenced(call: &Call<'_>, id: &str) -> Result<Value> {
    let user = find(call, id)?.ok_or_else(|| Failure::no_reference("user", id))?;
    user.shown(call)
}

/// Refuses a reference to a user that does not exist.
pub(super) fn check_reference(call: &Call<'_>, id: &str) -> Result<()> {
    let found = find(call, id)?;
    found
        .map(drop)
        .ok_or_else(|| Failure::no_reference("user", id))
}

/// Reads a row of [`COLUMNS`] of a join.
pub(super) fn shown_row(call: &Call<'_>, row: &Row<'_>) -> Result<Value> {
    User::read(row)?.shown(call)
}

fn create(call: &mut Call<'_>, body: &Map<String, Value>) -> Result<Value> {
    let empty = Value::Null;
    let tags = body.get("tags").unwrap_or(&empty);
    tags::check_declared(call, Tagged::User, tags)?;
    let mut user = User {
        id: call.new_id(IdKind::User),
        created_at: call.now,
        updated_at: call.now,
        name: None,
        picture_url: None,
        properties: Map::new(),
        attributes: Map::new(),
    };
    user.merge(body);
    user.insert(call)?;
    tags::write(call.database, &user.id, call.alias(), tags)?;
    let shown = user.shown(call)?;
    call.changed(Resource::User, ChangeKind::Created, shown.clone());
    Ok(shown)
}

/// Finds a user by its tags and updates it, or creates one. Returns whether it is new.
pub(super) fn get_or_create(
    call: &mut Call<'_>,
    body: &Map<String, Value>,
) -> Result<(Value, bool)> {
    let empty = Value::Null;
    tags::check_declared(call, Tagged::User, body.get("tags").unwrap_or(&empty))?;
    let sql = "SELECT EXISTS (SELECT 1 FROM users WHERE id = ?1 AND bot_id = ?2 AND alias = ?3)";
    let found = Discriminator::of(body)?.find(call, |id| {
        let mut statement = call.database.prepare_cached(sql)?;
        Ok(statement.query_row(params![id, call.bot_id(), call.alias()], |row| row.get(0))?)
    })?;
    match found {
        Some(id) => Ok((update(call, &id, body)?, false)),
        None => Ok((create(call, body)?, true)),
    }
}

fn update(call: &mut Call<'_>, id: &str, body: &Map<String, Value>) -> Result<Value> {
    let mut user = find(call, id)?.ok_or_else(|| Failure::not_found("user", id))?;
    if let Some(tags) = body.get("tags") {
        tags::check_declared(call, Tagged::User, tags)?;
        tags::write(call.database, id, call.alias(), tags)?;
    }
    user.merge(body);
    user.updated_at = call.now;
    user.update(call)?;
    let shown = user.shown(call)?;
    call.changed(Resource::User, ChangeKind::Updated, shown.clone());
    Ok(shown)
}

fn delete(call: &mut Call<'_>) -> Result<Answer> {
    let id = call.parameter(0).to_owned();
    if id == call.installation().bot_user_id {
        return Err(Failure::forbidden("the user of the bot cannot be deleted"));
    }
    let user = get(call, &id)?;
    tags::delete(call.database, &id)?;
    for sql in [
        "DELETE FROM participants WHERE user_id = ?1",
        "DELETE FROM states WHERE type = 'user' AND owner_id = ?1",
        "DELETE FROM users WHERE id = ?1",
    ] {
        call.database.execute(sql, [&id])?;
    }
    call.changed(Resource::User, ChangeKind::Deleted, user);
    Ok(Answer::empty())
}

fn list(call: &mut Call<'_>) -> Result<Answer> {
    let mut users = Listing::new("users", COLUMNS, "id", column(call.query.text("sortField")));
    users.descending(call.query.text("sortDirection") != Some("asc"));
    let scope = [call.bot_id(), call.alias()].map(|text| SqlValue::from(text.to_owned()));
    users.filter_all("bot_id = ? AND alias = ?", scope);
    let conversation = call.query.text("conversationId").map(str::to_owned);
    users.filter_some(
        "id IN (SELECT user_id FROM participants WHERE conversation_id = ?)",
        conversation,
    );
    users.filter_tags(call);
    users.filter_dates(call, column(call.query.text("rangeField")));
    let page = users.read(call, |row| shown_row(call, row))?;
    Ok(Answer::ok(
        json!({ "users": page.items, "meta": page.meta }),
    ))
}

fn column(field: Option<&str>) -> &'static str {
    match field {
        Some("updatedAt") => "updated_at",
        _ => "created_at",
    }
}
