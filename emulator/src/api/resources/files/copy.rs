//! Copies of files.

use http::Method;
use serde_json::{Value, json};

use contexture::ApiErrorKind;

use super::passages;
use super::record::{self, File};
use super::upsert::random_text;
use crate::api::call::{Answer, Call, Operation};
use crate::api::change::{ChangeKind, Resource};
use crate::api::tags;
use crate::ids::IdKind;
use crate::wire::failure::{Failure, Result};
use crate::wire::shape::{Field, Shape, optional};

const COPY: &[Field] = &[optional("overwrite", Shape::Boolean)];

pub(super) const OPERATIONS: &[Operation] = &[Operation {
    name: "copyFile",
    method: Method::POST,
    path: "/v1/files/{idOrKey}/{destinationKey}",
    query: &[],
    body: COPY,
    run: copy,
}];

fn copy(call: &mut Call<'_>) -> Result<Answer> {
    record::delete_expired(call)?;
    let source = record::get(call, call.parameter(0))?;
    let bot_id = destination(call)?;
    let key = call.parameter(1).to_owned();
    let known = record::find_by_key(call, &bot_id, &key)?;
    if let Some(known) = &known {
        if call.body.get("overwrite") != Some(&Value::Bool(true)) {
            let message = format!("file {key:?} exists already; overwrite replaces it");
            return Err(Failure::new(ApiErrorKind::AlreadyExists, message));
        }
        record::delete(call, known)?;
    }
    let kind = if known.is_some() {
        ChangeKind::Updated
    } else {
        ChangeKind::Created
    };
    let id = known.map_or_else(|| call.new_id(IdKind::File), |known| known.id);
    let content = copy_content(call, &source, &id)?;
    let copied = File {
        id,
        bot_id,
        alias: call.alias().to_owned(),
        integration: call.definition().name().to_owned(),
        key,
        upload_secret: random_text()?,
        read_secret: random_text()?,
        content,
        created_at: call.now,
        updated_at: call.now,
        ..source.clone()
    };
    copied.write(call.database)?;
    let tags = tags::read(call.database, &source.id, "")?;
    tags::write(call.database, &copied.id, "", &Value::Object(tags))?;
    passages::copy(call.database, &source.id, &copied.id)?;
    let shown = copied.shown(call)?;
    call.changed(Resource::File, kind, shown.clone());
    Ok(Answer::ok(json!({ "file": shown })))
}

/// The bot that the file is copied to. The integration has to be installed there.
fn destination(call: &Call<'_>) -> Result<String> {
    let header = call.headers.get("x-destination-bot-id");
    let Some(bot_id) = header.and_then(|value| value.to_str().ok()) else {
        return Ok(call.bot_id().to_owned());
    };
    if (call.is_installed)(bot_id, call.installation()) {
        return Ok(bot_id.to_owned());
    }
    Err(Failure::forbidden(format!(
        "the integration is not installed in bot {bot_id:?}"
    )))
}

fn copy_content(call: &Call<'_>, source: &File, id: &str) -> Result<Option<String>> {
    let Some(content) = &source.content else {
        return Ok(None);
    };
    let name = format!("{id}-{}", random_text()?);
    call.contents.write(&name, call.contents.read(content)?)?;
    Ok(Some(name))
}
