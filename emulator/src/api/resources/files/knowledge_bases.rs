//! Knowledge bases: names for groups of files.

use http::Method;
use rusqlite::types::Value as SqlValue;
use rusqlite::{OptionalExtension, params};
use serde_json::{Value, json};

use crate::api::call::{Answer, Call, Operation};
use crate::api::change::{ChangeKind, Resource};
use crate::api::page::{Listing, milliseconds};
use crate::api::tags;
use crate::ids::IdKind;
use crate::wire::failure::{Failure, Result};
use crate::wire::query::{NEXT_TOKEN, PAGE_SIZE, TAGS};
use crate::wire::shape::{Field, TEXT, required};
use crate::wire::time;

use super::upsert::{CHANGED_TAGS, NEW_TAGS};
use crate::wire::shape::optional;

const CREATE: &[Field] = &[required("name", TEXT), optional("tags", NEW_TAGS)];
const UPDATE: &[Field] = &[required("name", TEXT), optional("tags", CHANGED_TAGS)];

const LIST_PATH: &str = "/v1/files/knowledge-bases";
const PATH: &str = "/v1/files/knowledge-bases/{id}";

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        name: "createKnowledgeBase",
        method: Method::POST,
        path: LIST_PATH,
        query: &[],
        body: CREATE,
        run: |call| {
            let id = call.new_id(IdKind::KnowledgeBase);
            let sql = "INSERT INTO knowledge_bases (id, bot_id, name, created_at) VALUES (?1, ?2, ?3, ?4)";
            let (name, now) = (call.text("name"), milliseconds(call.now));
            call.database
                .execute(sql, params![id, call.bot_id(), name, now])?;
            write_tags(call, &id)?;
            changed(call, &id, ChangeKind::Created)
        },
    },
    Operation {
        name: "listKnowledgeBases",
        method: Method::GET,
        path: LIST_PATH,
        query: &[NEXT_TOKEN, PAGE_SIZE, TAGS],
        body: &[],
        run: list,
    },
    Operation {
        name: "updateKnowledgeBase",
        method: Method::PUT,
        path: PATH,
        query: &[],
        body: UPDATE,
        run: |call| {
            let id = call.parameter(0).to_owned();
            get(call, &id)?;
            let sql = "UPDATE knowledge_bases SET name = ?2 WHERE id = ?1";
            call.database.execute(sql, params![id, call.text("name")])?;
            write_tags(call, &id)?;
            changed(call, &id, ChangeKind::Updated)
        },
    },
    Operation {
        name: "deleteKnowledgeBase",
        method: Method::DELETE,
        path: PATH,
        query: &[],
        body: &[],
        run: |call| {
            let knowledge_base = get(call, call.parameter(0))?;
            let id = call.parameter(0).to_owned();
            tags::delete(call.database, &id)?;
            call.database
                .execute("DELETE FROM knowledge_bases WHERE id = ?1", [&id])?;
            call.changed(Resource::KnowledgeBase, ChangeKind::Deleted, knowledge_base);
            Ok(Answer::empty())
        },
    },
];

fn write_tags(call: &Call<'_>, id: &str) -> Result<()> {
    let empty = Value::Null;
    let tags = call.body.get("tags").unwrap_or(&empty);
    tags::write(call.database, id, "", tags)
}

fn get(call: &Call<'_>, id: &str) -> Result<Value> {
    let sql = "SELECT name FROM knowledge_bases WHERE id = ?1 AND bot_id = ?2";
    let name = call
        .database
        .query_row(sql, params![id, call.bot_id()], |row| row.get(0));
    let name: Option<String> = name.optional()?;
    let name = name.ok_or_else(|| Failure::not_found("knowledge base", id))?;
    Ok(json!({ "id": id, "name": name, "tags": tags::read(call.database, id, "")? }))
}

fn changed(call: &mut Call<'_>, id: &str, kind: ChangeKind) -> Result<Answer> {
    let knowledge_base = get(call, id)?;
    call.changed(Resource::KnowledgeBase, kind, knowledge_base.clone());
    Ok(Answer::ok(json!({ "knowledgeBase": knowledge_base })))
}

fn list(call: &mut Call<'_>) -> Result<Answer> {
    let mut listing = Listing::new(
        "knowledge_bases",
        "id, name, created_at",
        "id",
        "created_at",
    );
    listing.filter("bot_id = ?", call.bot_id().to_owned());
    for (name, value) in call.query.map("tags") {
        let condition = "EXISTS (SELECT 1 FROM tags WHERE owner = id AND alias = '' AND tags.name = ? AND value = ?)";
        let tag = [name, value].map(|text| SqlValue::from(text.to_owned()));
        listing.filter_all(condition, tag);
    }
    let page = listing.read(call, |row| {
        let (id, name): (String, String) = (row.get(0)?, row.get(1)?);
        let tags = tags::read(call.database, &id, "")?;
        Ok(json!({ "id": id, "name": name, "createdAt": time::format(row.get(2)?), "tags": tags }))
    })?;
    Ok(Answer::ok(
        json!({ "knowledgeBases": page.items, "meta": page.meta }),
    ))
}
