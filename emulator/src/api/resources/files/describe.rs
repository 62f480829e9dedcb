//! The descriptions of files: read, changed, deleted.

use http::Method;
use serde_json::{Value, json};

use super::record;
use super::upsert::{CHANGED_TAGS, POLICIES, expires_at, policies};
use crate::api::call::{Answer, Call, Operation};
use crate::api::change::{ChangeKind, Resource};
use crate::api::tags;
use crate::wire::failure::Result;
use crate::wire::shape::{Field, Shape, optional};

const PATH: &str = "/v1/files/{id}";

const UPDATE: &[Field] = &[
    optional("metadata", Shape::AnyObject),
    optional("tags", CHANGED_TAGS),
    optional("accessPolicies", POLICIES),
    optional("expiresAt", Shape::OrNull(&Shape::DateTime)),
];

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        name: "getFile",
        method: Method::GET,
        path: PATH,
        query: &[],
        body: &[],
        run: |call| {
            let file = record::get(call, call.parameter(0))?.shown(call)?;
            Ok(Answer::ok(json!({ "file": file })))
        },
    },
    Operation {
        name: "updateFileMetadata",
        method: Method::PUT,
        path: PATH,
        query: &[],
        body: UPDATE,
        run: update,
    },
    Operation {
        name: "deleteFile",
        method: Method::DELETE,
        path: PATH,
        query: &[],
        body: &[],
        run: |call| {
            let file = record::get_own(call, call.parameter(0))?;
            let shown = file.shown(call)?;
            record::delete(call, &file)?;
            call.changed(Resource::File, ChangeKind::Deleted, shown);
            Ok(Answer::empty())
        },
    },
];

fn update(call: &mut Call<'_>) -> Result<Answer> {
    let mut file = record::get_own(call, call.parameter(0))?;
    for (name, value) in call
        .body
        .get("metadata")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        match value {
            Value::Null => drop(file.metadata.shift_remove(name)),
            value => drop(file.metadata.insert(name.clone(), value.clone())),
        }
    }
    if let Some(sent) = call.body.get("accessPolicies") {
        (file.is_public, file.is_shared) = policies(Some(sent));
    }
    if let Some(sent) = call.body.get("expiresAt") {
        file.expires_at = expires_at(sent.as_str(), call.now)?;
    }
    if let Some(sent) = call.body.get("tags") {
        tags::write(call.database, &file.id, "", sent)?;
    }
    file.updated_at = call.now;
    file.write(call.database)?;
    let shown = file.shown(call)?;
    call.changed(Resource::File, ChangeKind::Updated, shown.clone());
    Ok(Answer::ok(json!({ "file": shown })))
}
