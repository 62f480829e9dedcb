//! The responses of the in-memory API.

use std::time::{Duration, SystemTime};

use http::Method;
use serde_json::{Value, json};

use super::address::Address;
use super::collection::Collection;
use super::store::{Created, Store, StoredState};
use crate::date_time;
use crate::testing::RecordedRequest;

/// The base URL of file uploads, to which the file's id is appended. No API path starts with it.
const UPLOADS: &str = "https://upload.test/uploads/";

/// Answers a request. Returns `None` if the resource does not exist.
pub(super) fn answer(kept: &mut Store, request: &RecordedRequest) -> Option<Value> {
    let address = Address::read(&request.path);
    let segments: Vec<_> = address.segments.iter().map(String::as_str).collect();
    let segments = match segments.as_slice() {
        ["uploads", file] => {
            kept.contents
                .insert((*file).to_owned(), request.bytes.clone());
            return Some(json!({}));
        }
        ["v1", "chat", rest @ ..] | ["v1", rest @ ..] => rest,
        other => other,
    };
    let nothing = Value::Null;
    let body = request.body.as_ref().unwrap_or(&nothing);
    match segments {
        ["states", owner_type, owner, name, verb @ ..] => {
            let state = format!("{owner_type}/{owner}/{name}");
            let stored = answer_state(kept, &request.method, state, verb.first(), body)?;
            let payload = Some(stored.payload).filter(|payload| !payload.is_null());
            let payload = payload.unwrap_or_else(|| json!({}));
            let mut shown = json!({ "name": name, "type": owner_type, "payload": payload });
            if let Some(expiry) = stored.expiry {
                let expires_at = SystemTime::now().checked_add(Duration::from_millis(expiry))?;
                shown["expiry"] = expiry.into();
                shown["expiresAt"] = date_time::format_milliseconds(expires_at).into();
            }
            Some(json!({ "state": shown }))
        }
        ["initialize-incoming-message"] => Some(incoming(kept, body)),
        ["conversations", conversation, "participants", user @ ..] => {
            participant(kept, &request.method, conversation, user.first(), body)
        }
        [name, rest @ ..] if Collection::from_path(name).is_some() => {
            let collection = Collection::from_path(name)?;
            entity(kept, &request.method, collection, rest, (&address, body))
        }
        // Other requests configure or count something, and get an empty response.
        _ => (request.method != Method::GET).then(|| json!({})),
    }
}

fn answer_state(
    kept: &mut Store,
    method: &Method,
    state: String,
    verb: Option<&&str>,
    body: &Value,
) -> Option<StoredState> {
    let known = kept.states.get(&state);
    let expiry = body["expiry"].as_u64();
    let stored = match (method.as_str(), verb, known) {
        ("GET", ..) => known?.clone(),
        ("POST", Some(&"get-or-set"), Some(known)) => known.clone(),
        ("POST", Some(&"expiry"), _) => StoredState {
            expiry,
            ..known?.clone()
        },
        ("PATCH", _, Some(known)) => {
            let mut payload = known.payload.as_object().cloned().unwrap_or_default();
            payload.extend(body["payload"].as_object()?.clone());
            let is_kept = body.get("expiry").is_none();
            StoredState {
                payload: payload.into(),
                expiry: if is_kept { known.expiry } else { expiry },
            }
        }
        _ => StoredState {
            payload: body["payload"].clone(),
            expiry,
        },
    };
    if stored.payload.is_null() {
        kept.states.remove(&state);
    } else {
        kept.states.insert(state, stored.clone());
    }
    Some(stored)
}

/// Finds or creates the conversation, the user and, if there is one, the message.
fn incoming(kept: &mut Store, body: &Value) -> Value {
    let mut known = |collection: Collection| {
        let what = collection.singular();
        match body[format!("{what}Id")].as_str() {
            Some(id) => kept.change(collection, id, &Value::Null),
            None => kept.get_or_create(collection, &body[what]).entity,
        }
    };
    let conversation = known(Collection::Conversations);
    let user = known(Collection::Users);
    let ids = [&conversation, &user].map(|entity| entity["id"].as_str().unwrap_or_default());
    kept.participants
        .insert((ids[0].to_owned(), ids[1].to_owned()));
    let message = body.get("message").map(|message| {
        let mut message = message.clone();
        message["conversationId"] = conversation["id"].clone();
        message["userId"] = user["id"].clone();
        kept.get_or_create(Collection::Messages, &message).entity
    });
    let conversation = kept.shown(Collection::Conversations, conversation);
    json!({ "conversation": conversation, "user": user, "message": message })
}

fn participant(
    kept: &mut Store,
    method: &Method,
    conversation: &str,
    user: Option<&&str>,
    body: &Value,
) -> Option<Value> {
    let added = (*method == Method::POST).then(|| body["userId"].as_str());
    let Some(user) = user.copied().or(added.flatten()) else {
        let of_conversation = kept.participants.iter();
        let users = of_conversation
            .filter(|(known, _)| known == conversation)
            .filter_map(|(_, user)| kept.find(Collection::Users, user));
        let users: Vec<_> = users.collect();
        return Some(json!({ "participants": users, "meta": {} }));
    };
    let pair = (conversation.to_owned(), user.to_owned());
    match *method {
        Method::DELETE => {
            kept.participants.remove(&pair);
            return Some(json!({}));
        }
        Method::POST => drop(kept.participants.insert(pair)),
        _ => kept.participants.contains(&pair).then_some(())?,
    }
    let user = kept.change(Collection::Users, user, &Value::Null);
    Some(json!({ "participant": user }))
}

fn entity(
    kept: &mut Store,
    method: &Method,
    collection: Collection,
    rest: &[&str],
    (address, body): (&Address, &Value),
) -> Option<Value> {
    let found = match (method.as_str(), rest) {
        ("GET", []) => return Some(page(kept, collection, address)),
        ("GET", [id]) => kept.find(collection, id)?.clone(),
        ("DELETE", [id]) => {
            kept.remove(collection, id);
            return Some(json!({}));
        }
        ("PUT", []) => announce(kept, body),
        ("PUT", [id]) => kept.change(collection, id, body),
        (_, ["get-or-create"]) => {
            let Created { entity, created } = kept.get_or_create(collection, body);
            let entity = kept.shown(collection, entity);
            return Some(json!({ collection.singular(): entity, "meta": { "created": created } }));
        }
        _ => kept.create(collection, body),
    };
    Some(json!({ collection.singular(): kept.shown(collection, found) }))
}

/// Returns a page of a list. The token of the next page is the index of its first item.
fn page(kept: &Store, collection: Collection, address: &Address) -> Value {
    let number = |name: &str| address.value(name)?.parse::<usize>().ok();
    let mut items = kept.list(collection, address);
    let start = number("nextToken").unwrap_or(0).min(items.len());
    let mut items = items.split_off(start);
    let size = number("pageSize").unwrap_or(items.len());
    let mut meta = json!({});
    if items.len() > size {
        meta["nextToken"] = (start + size).to_string().into();
    }
    items.truncate(size);
    json!({ collection.plural(): items, "meta": meta })
}

/// Creates a file whose content is uploaded later. It replaces a file with the same key.
fn announce(kept: &mut Store, sent: &Value) -> Value {
    let mut file = sent.clone();
    let mut all = kept.all(Collection::Files).iter();
    if let Some(before) = all.find(|kept| kept["key"] == sent["key"]) {
        file["id"] = before["id"].clone();
    }
    let id = kept.put(Collection::Files, file);
    kept.contents.remove(&id);
    let key = sent["key"].as_str().unwrap_or_default();
    let mut described = json!({ "url": format!("https://files.test/{key}") });
    if sent["contentType"].is_null() {
        described["contentType"] = "application/octet-stream".into();
    }
    let mut file = kept.change(Collection::Files, &id, &described);
    file["uploadUrl"] = format!("{UPLOADS}{id}").into();
    file
}
