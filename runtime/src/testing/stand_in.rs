//! What a test hears from the API unless it queued an answer.

use http::Method;
use serde_json::{Map, Value, json};

use super::transport::RecordedRequest;

/// The collections of the API and the field that answers about one of their members have.
const COLLECTIONS: &[(&str, &str)] = &[
    ("conversations", "conversation"),
    ("events", "event"),
    ("messages", "message"),
    ("states", "state"),
    ("users", "user"),
];

/// Answers the request, which is the `count`th; `None` says that there is no such thing.
///
/// What is created or changed is given back with an id, and nothing is kept.
pub(super) fn answer(request: &RecordedRequest, count: usize) -> Option<Value> {
    if request.method == Method::GET {
        return None;
    }
    let path = request.path.split('?').next().unwrap_or_default();
    let mut segments = path.trim_start_matches("/v1/chat/").split('/');
    let collection = segments.next().unwrap_or_default();
    let named = COLLECTIONS.iter().find(|(plural, _)| *plural == collection);
    let Some((_, field)) = named.filter(|_| request.method != Method::DELETE) else {
        return Some(json!({}));
    };
    let id = match segments.next() {
        Some(id) if request.method == Method::PUT => id.to_owned(),
        _ => format!("{field}-{count}"),
    };
    let mut entity = Map::from_iter([("id".to_owned(), Value::String(id))]);
    if let Some(Value::Object(body)) = &request.body {
        entity.extend(body.clone());
    }
    Some(json!({ *field: entity }))
}
