//! The stored entities, and operations on them.

use std::collections::{BTreeSet, HashMap};

use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::address::Address;
use super::collection::Collection;

/// Fields that are maps. Updates change their entries one by one.
const MAPS: [&str; 4] = ["attributes", "metadata", "properties", "tags"];
/// Fields of an existing entity that a request to get or create it updates, by the API's OpenAPI
/// document.
const UPDATED_IF_FOUND: [&str; 6] = [
    "attributes",
    "name",
    "payload",
    "pictureUrl",
    "properties",
    "tags",
];
/// Query parameters of lists that do not filter by fields.
const NO_FILTERS: [&str; 10] = [
    "nextToken",
    "pageSize",
    "sortField",
    "sortDirection",
    "afterDate",
    "beforeDate",
    "rangeField",
    "integrationName",
    "minMessageCount",
    "maxMessageCount",
];

/// A state that is set.
#[derive(Clone)]
pub(super) struct StoredState {
    pub(super) payload: Value,
    /// In milliseconds.
    pub(super) expiry: Option<u64>,
}

/// What became of a request to create an entity.
pub(super) struct Created {
    pub(super) entity: Value,
    /// Whether it is new.
    pub(super) created: bool,
}

#[derive(Default)]
pub(super) struct Store {
    /// The states, by owner type, owner id and state name.
    pub(super) states: HashMap<String, StoredState>,
    /// The uploaded contents, by file id.
    pub(super) contents: HashMap<String, Bytes>,
    /// The participants, as pairs of a conversation id and a user id.
    pub(super) participants: BTreeSet<(String, String)>,
    entities: HashMap<Collection, Vec<Value>>,
}

impl Store {
    pub(super) fn all(&self, collection: Collection) -> &[Value] {
        self.entities.get(&collection).map_or(&[], Vec::as_slice)
    }

    pub(super) fn find(&self, collection: Collection, id: &str) -> Option<&Value> {
        self.all(collection).iter().find(|kept| kept["id"] == id)
    }

    /// Stores an entity under its id, or under a generated one.
    pub(super) fn put(&mut self, collection: Collection, mut entity: Value) -> String {
        let given = entity["id"].as_str().map(str::to_owned);
        let id = given.unwrap_or_else(|| self.free_id(collection));
        entity["id"] = json!(id);
        let kept = self.entities.entry(collection).or_default();
        match kept.iter_mut().find(|kept| kept["id"] == id.as_str()) {
            Some(kept) => *kept = entity,
            None => kept.push(entity),
        }
        id
    }

    fn free_id(&self, collection: Collection) -> String {
        let mut number = self.all(collection).len();
        loop {
            number += 1;
            let id = format!("{}-{number}", collection.singular());
            if self.find(collection, &id).is_none() {
                return id;
            }
        }
    }

    /// Creates an entity. The sender of a message takes part in its conversation.
    pub(super) fn create(&mut self, collection: Collection, sent: &Value) -> Value {
        let mut entity = fields(sent);
        entity.shift_remove("discriminateByTags");
        let id = self.put(collection, Value::Object(entity));
        let text = |name: &str| sent[name].as_str().map(str::to_owned);
        if let (Collection::Messages, Some(conversation), Some(user)) =
            (collection, text("conversationId"), text("userId"))
        {
            self.participants.insert((conversation, user));
        }
        self.find(collection, &id).cloned().unwrap_or_default()
    }

    /// Updates the existing entity with the same discriminating tags, or creates one. Without
    /// discriminating tags, all tags have to be the same.
    pub(super) fn get_or_create(&mut self, collection: Collection, sent: &Value) -> Created {
        let same = |kept: &&Value| {
            has_same_tags(kept, sent)
                && kept["channel"] == sent["channel"]
                && kept["conversationId"] == sent["conversationId"]
        };
        let found = self.all(collection).iter().find(same);
        let Some(id) = found.and_then(|found| found["id"].as_str().map(str::to_owned)) else {
            return Created {
                entity: self.create(collection, sent),
                created: true,
            };
        };
        let mut changes = fields(sent);
        changes.retain(|name, _| UPDATED_IF_FOUND.contains(&name.as_str()));
        Created {
            entity: self.change(collection, &id, &Value::Object(changes)),
            created: false,
        }
    }

    /// Updates an entity, or creates it if it does not exist.
    pub(super) fn change(&mut self, collection: Collection, id: &str, sent: &Value) -> Value {
        let mut entity = self.find(collection, id).map(fields).unwrap_or_default();
        entity.insert("id".to_owned(), id.into());
        for (name, value) in fields(sent) {
            match value {
                Value::Object(changes) if MAPS.contains(&name.as_str()) => {
                    let mut map = entity.get(&name).map(fields).unwrap_or_default();
                    map.extend(changes);
                    // The metadata of a file may have empty texts.
                    let keeps_empty = name == "metadata";
                    map.retain(|_, value| !value.is_null() && (keeps_empty || *value != ""));
                    entity.insert(name, map.into());
                }
                Value::Null => drop(entity.shift_remove(&name)),
                value => drop(entity.insert(name, value)),
            }
        }
        let entity = Value::Object(entity);
        self.put(collection, entity.clone());
        entity
    }

    /// Returns an entity as the API does: a conversation with the number of its messages.
    pub(super) fn shown(&self, collection: Collection, mut entity: Value) -> Value {
        if collection == Collection::Conversations {
            let messages = self.all(Collection::Messages).iter();
            let count = messages
                .filter(|message| message["conversationId"] == entity["id"])
                .count();
            entity["messageCount"] = count.into();
        }
        entity
    }

    /// Removes an entity, and what belongs to it.
    pub(super) fn remove(&mut self, collection: Collection, id: &str) {
        let kept = self.entities.entry(collection).or_default();
        kept.retain(|kept| kept["id"] != id);
        match collection {
            Collection::Conversations => {
                self.participants
                    .retain(|(conversation, _)| conversation != id);
                let messages = self.entities.entry(Collection::Messages).or_default();
                messages.retain(|message| message["conversationId"] != id);
            }
            Collection::Users => self.participants.retain(|(_, user)| user != id),
            _ => {}
        }
    }

    /// Returns the entities that match the filters of a list, the latest first.
    pub(super) fn list(&self, collection: Collection, address: &Address) -> Vec<Value> {
        let all = self.all(collection).iter().rev();
        let fits = all.filter(|entity| self.fits(collection, entity, address));
        fits.map(|entity| self.shown(collection, entity.clone()))
            .collect()
    }

    fn fits(&self, collection: Collection, entity: &Value, address: &Address) -> bool {
        let id = entity["id"].as_str().unwrap_or_default();
        let takes_part = |conversation: &str, user: &str| {
            let pair = (conversation.to_owned(), user.to_owned());
            self.participants.contains(&pair)
        };
        let ids = address.query.iter().filter(|(name, _)| name == "ids");
        let mut ids = ids.map(|(_, id)| id.as_str()).peekable();
        if ids.peek().is_some() && !ids.any(|named| named == id) {
            return false;
        }
        address.query.iter().all(|(name, value)| {
            match (collection, name.as_str()) {
                (_, "ids") => true,
                (_, name) if NO_FILTERS.contains(&name) => true,
                (Collection::Conversations, "participantIds") => takes_part(id, value),
                (Collection::Users, "conversationId") => takes_part(value, id),
                (Collection::Files, "indexed") => {
                    entity["index"].as_bool().unwrap_or_default() == (value == "true")
                }
                // For files, several values of the same tag are alternatives.
                (Collection::Files, name) if name.starts_with("tags.") => {
                    let mut query = address.query.iter();
                    query.any(|(other, value)| other == name && has(entity, name, value))
                }
                (_, name) => has(entity, name, value),
            }
        })
    }
}

/// Returns whether an entity has the tags by which the request discriminates.
fn has_same_tags(kept: &Value, sent: &Value) -> bool {
    let named = sent["discriminateByTags"].as_array();
    let tags = |value: &Value| fields(&value["tags"]);
    match named.filter(|named| !named.is_empty()) {
        Some(named) => {
            let mut named = named.iter().filter_map(Value::as_str);
            named.all(|tag| kept["tags"][tag] == sent["tags"][tag])
        }
        None => !tags(sent).is_empty() && tags(kept) == tags(sent),
    }
}

/// Returns whether an entity has this value in the field or tag.
fn has(entity: &Value, name: &str, value: &str) -> bool {
    match name.strip_prefix("tags.") {
        Some(tag) => entity["tags"][tag] == value,
        None => entity[name] == value,
    }
}

fn fields(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}
