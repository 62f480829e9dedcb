//! Counts that an integration tracks.

use http::Method;
use rusqlite::params;
use serde_json::{Value, json};

use crate::api::call::{Answer, Call, Operation};
use crate::api::change::{ChangeKind, Resource};
use crate::api::number;
use crate::api::page::milliseconds;
use crate::wire::failure::Result;
use crate::wire::shape::{Field, Shape, required};
use crate::wire::time;

const TRACK: &[Field] = &[
    required("name", Shape::Text { min: 1, max: 200 }),
    required(
        "count",
        Shape::Integer {
            min: 1.0,
            max: 9_007_199_254_740_991.0,
        },
    ),
];

pub(super) const OPERATIONS: &[Operation] = &[Operation {
    name: "trackAnalytics",
    method: Method::POST,
    path: "/v1/chat/analytics",
    query: &[],
    body: TRACK,
    run: track,
}];

fn track(call: &mut Call<'_>) -> Result<Answer> {
    let name = call.text("name").unwrap_or_default();
    let count = call.body.get("count").and_then(Value::as_f64);
    let count = count.map(number::to_u64).unwrap_or_default();
    let entity = json!({ "name": name, "count": count, "createdAt": time::format(call.now) });
    let sql = "INSERT INTO analytics (bot_id, alias, name, count, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    let (count, now) = (milliseconds(count), milliseconds(call.now));
    let scope = params![call.bot_id(), call.alias(), name, count, now];
    call.database.execute(sql, scope)?;
    call.changed(Resource::Analytics, ChangeKind::Created, entity);
    Ok(Answer::empty())
}
