//! Files are created with the description of what will be uploaded.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Method;
use serde_json::{Map, Value, json};

use super::media_type;
use super::record::{self, File};
use crate::api::call::{Answer, Call, Operation};
use crate::api::change::{ChangeKind, Resource};
use crate::api::number;
use crate::api::tags;
use crate::ids::IdKind;
use crate::wire::failure::{Failure, Result};
use crate::wire::limits::{FILE_BYTES, FILE_EXPIRY, FILE_TAG_LENGTH};
use crate::wire::shape::{Field, Shape, TEXT, optional, required};
use crate::wire::time;

const TEXT_OF_TAG: Shape = Shape::Text {
    min: 0,
    max: FILE_TAG_LENGTH,
};

/// Tags of something new.
pub(super) const NEW_TAGS: Shape = Shape::Map(&TEXT_OF_TAG);
/// Tags of which some may be removed.
pub(super) const CHANGED_TAGS: Shape = Shape::Map(&Shape::OrNull(&TEXT_OF_TAG));

pub(super) const POLICIES: Shape = Shape::List {
    of: &Shape::OneOf(&["public_content", "integrations"]),
    max: usize::MAX,
};

const fn integer(min: f64, max: f64) -> Shape {
    Shape::Integer { min, max }
}

/// How a file is indexed. It is checked and not used.
const INDEXING: Shape = Shape::Object(&[required(
    "configuration",
    Shape::Object(&[
        optional(
            "parsing",
            Shape::Object(&[
                optional("mode", Shape::OneOf(&["agent", "standard"])),
                optional("minimumParagraphLength", integer(50.0, 2000.0)),
                optional("smartCleanup", Shape::Boolean),
            ]),
        ),
        optional(
            "chunking",
            Shape::Object(&[
                optional("maximumChunkLength", integer(100.0, 5000.0)),
                optional("embeddedContextLevels", integer(0.0, 3.0)),
                optional("embedBreadcrumb", Shape::Boolean),
            ]),
        ),
        optional(
            "summarization",
            Shape::Object(&[
                optional("enable", Shape::Boolean),
                optional(
                    "modelType",
                    Shape::OneOf(&["inexpensive", "balanced", "accurate"]),
                ),
                optional("minimumInputLength", integer(1000.0, 10_000.0)),
                optional("outputTokenLimit", integer(1000.0, 10_000.0)),
                optional("generateMasterSummary", Shape::Boolean),
            ]),
        ),
        optional("stack", Shape::OneOf(&["legacy", "realtime-v1"])),
        optional(
            "vision",
            Shape::Object(&[
                optional("transcribePages", Shape::Anything),
                optional("indexPages", Shape::Anything),
            ]),
        ),
    ]),
)]);

const UPSERT: &[Field] = &[
    required("key", TEXT),
    optional("tags", NEW_TAGS),
    required(
        "size",
        Shape::Number {
            min: 0.0,
            max: 9_007_199_254_740_991.0,
        },
    ),
    optional("index", Shape::Boolean),
    optional("indexing", INDEXING),
    optional("accessPolicies", POLICIES),
    optional("contentType", TEXT),
    optional("expiresAt", Shape::DateTime),
    optional("publicContentImmediatelyAccessible", Shape::Boolean),
    optional("metadata", Shape::AnyObject),
];

pub(super) const OPERATIONS: &[Operation] = &[Operation {
    name: "upsertFile",
    method: Method::PUT,
    path: "/v1/files",
    query: &[],
    body: UPSERT,
    run: upsert,
}];

/// Creates a file, or replaces the one with the same key. Its id remains.
fn upsert(call: &mut Call<'_>) -> Result<Answer> {
    record::delete_expired(call)?;
    let file = described(call)?;
    let known = record::find_by_key(call, call.bot_id(), &file.key)?;
    let kind = if known.is_some() {
        ChangeKind::Updated
    } else {
        ChangeKind::Created
    };
    if let Some(known) = known {
        record::delete(call, &known)?;
        let (id, created_at) = (known.id, known.created_at);
        let file = File {
            id,
            created_at,
            ..file
        };
        return store(call, &file, kind);
    }
    store(call, &file, kind)
}

fn store(call: &mut Call<'_>, file: &File, kind: ChangeKind) -> Result<Answer> {
    file.write(call.database)?;
    let empty = Value::Null;
    let tags = call.body.get("tags").unwrap_or(&empty);
    tags::write(call.database, &file.id, "", tags)?;
    let mut shown = file.shown(call)?;
    call.changed(Resource::File, kind, shown.clone());
    let address = format!("{}/uploads/{}", call.base_url, file.upload_secret);
    shown["uploadUrl"] = Value::String(address);
    Ok(Answer::ok(json!({ "file": shown })))
}

fn described(call: &Call<'_>) -> Result<File> {
    let key = call.text("key").unwrap_or_default().to_owned();
    if key.is_empty() {
        return Err(Failure::invalid("key must not be empty"));
    }
    let size = call.body.get("size").and_then(Value::as_f64);
    let size = size.map(number::to_u64).unwrap_or_default();
    if size > FILE_BYTES {
        let message = format!("the file has {size} bytes, and at most {FILE_BYTES} are allowed");
        return Err(Failure::limit(message));
    }
    let flag = |name: &str| {
        call.body
            .get(name)
            .and_then(Value::as_bool)
            .unwrap_or_default()
    };
    let content_type = call
        .text("contentType")
        .unwrap_or_else(|| media_type::of_key(&key));
    let (is_public, is_shared) = policies(call.body.get("accessPolicies"));
    Ok(File {
        id: call.new_id(IdKind::File),
        bot_id: call.bot_id().to_owned(),
        alias: call.alias().to_owned(),
        integration: call.definition().name().to_owned(),
        content_type: content_type.to_owned(),
        key,
        size: None,
        status: "upload_pending".to_owned(),
        failed_reason: None,
        metadata: metadata(call),
        is_public,
        is_shared,
        is_indexed: flag("index"),
        upload_secret: random_text()?,
        needs_tagging: is_public && flag("publicContentImmediatelyAccessible"),
        read_secret: random_text()?,
        content: None,
        expires_at: expires_at(call.text("expiresAt"), call.now)?,
        created_at: call.now,
        updated_at: call.now,
    })
}

fn metadata(call: &Call<'_>) -> Map<String, Value> {
    let metadata = call.body.get("metadata").and_then(Value::as_object);
    metadata.cloned().unwrap_or_default()
}

/// Whether the content is public, and whether other integrations may read the file.
pub(super) fn policies(policies: Option<&Value>) -> (bool, bool) {
    let policies = policies.and_then(Value::as_array);
    let has =
        |name: &str| policies.is_some_and(|policies| policies.iter().any(|policy| policy == name));
    (has("public_content"), has("integrations"))
}

/// The expiry of a file. Its seconds are ignored.
pub(super) fn expires_at(text: Option<&str>, now: u64) -> Result<Option<u64>> {
    let Some(time) = text.and_then(time::parse) else {
        return Ok(None);
    };
    if time <= now {
        return Err(Failure::invalid("expiresAt must be in the future"));
    }
    if time > now.saturating_add(FILE_EXPIRY) {
        return Err(Failure::invalid(
            "expiresAt must be at most 90 days from now",
        ));
    }
    let minute = 60_000;
    Ok(Some((time / minute * minute).max(now + 1)))
}

/// A text that cannot be guessed.
pub(super) fn random_text() -> Result<String> {
    let mut bytes = [0; 24];
    let filled = getrandom::fill(&mut bytes);
    filled.map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}
