//! Bots: those in which something is installed.

use http::Method;
use rusqlite::{Connection, Row};
use serde_json::{Value, json};

use super::call::{Call, Operation, shown_time};
use super::page::Listing;
use crate::wire::answer::Answer;
use crate::wire::failure::Result;
use crate::wire::query::{Kind, NEXT_TOKEN, SORT_DIRECTION, TAGS, parameter};

/// A bot is no row of its own. It is as old as its oldest installation.
const BOTS: &str = "(SELECT bot_id AS id, min(created) AS created, max(updated) AS updated
    FROM platform_instances GROUP BY bot_id)";

pub(super) const OPERATIONS: &[Operation] = &[Operation {
    name: "listBots",
    method: Method::GET,
    path: "/v1/admin/bots",
    query: &[
        parameter("dev", Kind::Boolean),
        TAGS,
        NEXT_TOKEN,
        parameter("sortField", Kind::OneOf(&["createdAt", "updatedAt"])),
        SORT_DIRECTION,
    ],
    body: &[],
    run: list,
}];

/// The bots of an emulator belong to each of its workspaces, and have no tags.
fn list(call: &mut Call<'_>) -> Result<Answer> {
    call.workspace()?;
    let has_tags = call.query.map("tags").next().is_some();
    let mut listing = Listing::of(BOTS);
    listing.filter("NOT ?", Some(has_tags));
    let (bots, meta) = listing.read(call, read)?;
    Ok(Answer::ok(json!({ "bots": bots, "meta": meta })))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Value> {
    let id: String = row.get("id")?;
    Ok(json!({
        "id": id,
        "createdAt": shown_time(row.get("created")?),
        "updatedAt": shown_time(row.get("updated")?),
        "name": id,
        "tags": {},
        "type": "studio",
    }))
}

/// How many bots there are.
pub(super) fn count(database: &Connection) -> Result<i64> {
    let sql = "SELECT count(DISTINCT bot_id) FROM platform_instances";
    Ok(database.query_row(sql, [], |row| row.get(0))?)
}
