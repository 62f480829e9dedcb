//! What a test hears from the API unless it scripted an answer.

use std::collections::HashMap;

use http::Method;
use serde_json::{Map, Value, json};

use super::transport::RecordedRequest;

/// The collections of the API and the field that answers about one of their members have.
const COLLECTIONS: &[(&str, &str)] = &[
    ("conversations", "conversation"),
    ("events", "event"),
    ("files", "file"),
    ("messages", "message"),
    ("participants", "participant"),
    ("users", "user"),
];

/// The API as a test meets it: what is created or changed is given back with an id, and only states are
/// kept.
#[derive(Debug, Default)]
pub(super) struct StandIn {
    /// The payloads of states, by the path of the state.
    states: HashMap<String, Value>,
}

impl StandIn {
    /// Answers the request, which is the `count`th; `None` says that there is no such thing.
    pub(super) fn answer(&mut self, request: &RecordedRequest, count: usize) -> Option<Value> {
        let path = request.path.split('?').next().unwrap_or_default();
        let path = path.trim_start_matches("/v1/");
        let segments: Vec<_> = path.trim_start_matches("chat/").split('/').collect();
        match (&request.method, segments.as_slice()) {
            (_, ["states", owner_type, owner, name, verb @ ..]) => {
                let state = format!("{owner_type}/{owner}/{name}");
                self.state(&request.method, state, verb.first(), request.body.as_ref())
            }
            (_, ["initialize-incoming-message"]) => {
                let body = request.body.as_ref()?;
                Some(json!({
                    "user": found(body, "user", count),
                    "conversation": found(body, "conversation", count),
                    "message": body.get("message").map(|_| found(body, "message", count)),
                }))
            }
            (&Method::DELETE, _) => Some(json!({})),
            (_, segments) => entity(request, segments, count),
        }
    }

    fn state(
        &mut self,
        method: &Method,
        state: String,
        verb: Option<&&str>,
        body: Option<&Value>,
    ) -> Option<Value> {
        let written = body.and_then(|body| body.get("payload")).cloned();
        let kept = self.states.get_mut(&state);
        let payload = match (method.as_str(), verb, kept) {
            ("GET", ..) | ("POST", Some(&"expiry"), _) => self.states.get(&state)?.clone(),
            ("POST", Some(&"get-or-set"), Some(kept)) => kept.clone(),
            ("PATCH", _, Some(kept)) => {
                for (name, value) in written?.as_object()? {
                    kept[name] = value.clone();
                }
                kept.clone()
            }
            _ => written?,
        };
        if payload.is_null() {
            self.states.remove(&state);
        } else {
            self.states.insert(state, payload.clone());
        }
        Some(json!({ "state": { "payload": payload } }))
    }
}

/// Gives back a member of a collection, or an empty list of them.
fn entity(request: &RecordedRequest, segments: &[&str], count: usize) -> Option<Value> {
    let mut path = segments.iter().rev();
    let (mut last, mut id) = (*path.next()?, None);
    if !COLLECTIONS.iter().any(|(plural, _)| *plural == last) {
        id = Some(last);
        last = path.next().copied().unwrap_or_default();
    }
    let Some((plural, field)) = COLLECTIONS.iter().find(|(plural, _)| *plural == last) else {
        // What is no collection is configured or counted, and answered with nothing.
        return (request.method != Method::GET).then(|| json!({}));
    };
    if request.method == Method::GET {
        return id.is_none().then(|| json!({ *plural: [], "meta": {} }));
    }
    let made_up = format!("{field}-{count}");
    let id = id
        .filter(|_| request.method == Method::PUT)
        .unwrap_or(&made_up);
    let mut entity = Map::from_iter([("id".to_owned(), id.into())]);
    if let Some(Value::Object(body)) = &request.body {
        entity.extend(body.clone());
    }
    if *field == "file" {
        entity.insert("uploadUrl".to_owned(), "http://upload.test/file".into());
        entity
            .entry("contentType")
            .or_insert("application/octet-stream".into());
    }
    Some(json!({ *field: entity }))
}

/// Gives back what came in with a message, by its id or as it was described.
fn found(body: &Value, what: &str, count: usize) -> Value {
    let id = body.get(format!("{what}Id")).cloned();
    let mut entity = body.get(what).cloned().unwrap_or_else(|| json!({}));
    entity["id"] = id.unwrap_or_else(|| format!("{what}-{count}").into());
    entity
}
