//! Participants of conversations.

use http::Method;
use rusqlite::params;
use serde_json::{Value, json};

use super::{conversations, users};
use crate::api::call::{Answer, Call, Operation};
use crate::api::change::{ChangeKind, Resource};
use crate::api::page::Listing;
use crate::wire::failure::{Failure, Result};
use crate::wire::query::{NEXT_TOKEN, PAGE_SIZE};
use crate::wire::shape::{Field, ID, required};

const ADD: &[Field] = &[required("userId", ID)];

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        name: "listParticipants",
        method: Method::GET,
        path: "/v1/chat/conversations/{id}/participants",
        query: &[NEXT_TOKEN, PAGE_SIZE],
        body: &[],
        run: list,
    },
    Operation {
        name: "addParticipant",
        method: Method::POST,
        path: "/v1/chat/conversations/{id}/participants",
        query: &[],
        body: ADD,
        run: |call| {
            let conversation = conversations::get(call, call.parameter(0))?;
            let user = call.text("userId").unwrap_or_default().to_owned();
            let participant = users::get_referenced(call, &user)?;
            add(call, &conversation.id, &user)?;
            Ok(Answer::ok(json!({ "participant": participant })))
        },
    },
    Operation {
        name: "getParticipant",
        method: Method::GET,
        path: "/v1/chat/conversations/{id}/participants/{userId}",
        query: &[],
        body: &[],
        run: |call| {
            let participant = get(call)?;
            Ok(Answer::ok(json!({ "participant": participant })))
        },
    },
    Operation {
        name: "removeParticipant",
        method: Method::DELETE,
        path: "/v1/chat/conversations/{id}/participants/{userId}",
        query: &[],
        body: &[],
        run: remove,
    },
];

/// Adds a user to a conversation, unless it participates already.
pub(super) fn add(call: &mut Call<'_>, conversation: &str, user: &str) -> Result<()> {
    let sql = "INSERT INTO participants (conversation_id, user_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    let mut statement = call.database.prepare_cached(sql)?;
    let added = statement.execute(params![conversation, user])?;
    drop(statement);
    if added > 0 {
        let entity = pair(conversation, user);
        call.changed(Resource::Participant, ChangeKind::Created, entity);
    }
    Ok(())
}

fn pair(conversation: &str, user: &str) -> Value {
    json!({ "conversationId": conversation, "userId": user })
}

fn get(call: &Call<'_>) -> Result<Value> {
    let conversation = conversations::get(call, call.parameter(0))?;
    let user = call.parameter(1);
    let sql =
        "SELECT EXISTS (SELECT 1 FROM participants WHERE conversation_id = ?1 AND user_id = ?2)";
    let pair = params![conversation.id, user];
    let participates: bool = call.database.query_row(sql, pair, |row| row.get(0))?;
    if participates {
        users::get_referenced(call, user)
    } else {
        Err(Failure::not_found("participant", user))
    }
}

fn remove(call: &mut Call<'_>) -> Result<Answer> {
    get(call)?;
    let (conversation, user) = (call.parameter(0).to_owned(), call.parameter(1).to_owned());
    let sql = "DELETE FROM participants WHERE conversation_id = ?1 AND user_id = ?2";
    call.database.execute(sql, params![conversation, user])?;
    let entity = pair(&conversation, &user);
    call.changed(Resource::Participant, ChangeKind::Deleted, entity);
    Ok(Answer::empty())
}

/// Lists the participants in the order in which they were added.
fn list(call: &mut Call<'_>) -> Result<Answer> {
    let conversation = conversations::get(call, call.parameter(0))?;
    let mut participants = Listing::new(
        "users JOIN participants ON user_id = id",
        users::COLUMNS,
        "id",
        "number",
    );
    participants.descending(false);
    participants.filter("conversation_id = ?", conversation.id);
    let page = participants.read(call, |row| users::shown_row(call, row))?;
    Ok(Answer::ok(
        json!({ "participants": page.items, "meta": page.meta }),
    ))
}
