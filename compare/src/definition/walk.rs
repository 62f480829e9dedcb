//! Two versions of a definition, walked side by side.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::names::is_renamed;
use super::table::{ITEMS, Items, PAYLOADS, Payload};
use super::{Item, Value};
use crate::pointer::{child, is_at};

/// The places that may differ.
#[derive(Debug, Default)]
pub(crate) struct Places<'a> {
    /// The schemas that both versions have.
    pub(crate) schemas: Vec<Schemas<'a>>,
    /// The items that one version has.
    pub(crate) items: Vec<Item>,
    /// The values that differ, and are no schemas.
    pub(crate) values: Vec<Value>,
}

/// Two versions of a schema.
#[derive(Debug)]
pub(crate) struct Schemas<'a> {
    pub(crate) at: String,
    pub(crate) payload: &'static Payload,
    pub(crate) old: &'a Json,
    pub(crate) new: &'a Json,
}

/// A definition in the form that is compared: with all configurations that owners can choose, each with a schema.
pub(crate) fn normal(definition: &Json) -> Json {
    let mut definition = definition.clone();
    if let Json::Object(members) = &mut definition {
        members.shift_remove("$schema");
        members.shift_remove("version");
        members.shift_remove("definitions");
        declare_configurations(members);
    }
    definition
}

/// Without a configuration, the primary one is there, and empty. One that is declared without a schema is empty, too.
fn declare_configurations(members: &mut Map<String, Json>) {
    let choices = members.get("configurations").and_then(Json::as_object);
    if choices.is_none_or(Map::is_empty) {
        members
            .entry("configuration")
            .or_insert_with(|| Json::Object(Map::new()));
    }
    let primary = members.get_mut("configuration").into_iter();
    primary.for_each(add_schema);
    let choices = members.get_mut("configurations");
    let choices = choices.and_then(Json::as_object_mut).into_iter();
    choices.flat_map(Map::values_mut).for_each(add_schema);
}

fn add_schema(configuration: &mut Json) {
    if let Json::Object(members) = configuration {
        members
            .entry("schema")
            .or_insert_with(|| json!({ "type": "object", "additionalProperties": false }));
    }
}

/// Finds the places at which two definitions in normal form may differ.
pub(crate) fn places<'a>(old: &'a Json, new: &'a Json) -> Places<'a> {
    let mut places = Places::default();
    places.walk("", old, new);
    let values = places.values.into_iter();
    places.values = values.map(|value| value.among([old, new])).collect();
    places
}

impl<'a> Places<'a> {
    fn walk(&mut self, at: &str, old: &'a Json, new: &'a Json) {
        if let Some(payload) = PAYLOADS.iter().find(|payload| is_at(at, payload.pattern)) {
            self.schemas.push(Schemas {
                at: at.to_owned(),
                payload,
                old,
                new,
            });
            return;
        }
        match (old, new) {
            _ if old == new => {}
            (Json::Object(old), Json::Object(new)) => self.members(at, old, new),
            _ => self.value(at, Some(old), Some(new)),
        }
    }

    /// A value that is no schema. Where both versions say no more than without it, there is no difference.
    fn value(&mut self, at: &str, old: Option<&'a Json>, new: Option<&'a Json>) {
        if !(old.is_none_or(is_empty) && new.is_none_or(is_empty)) {
            self.values.push(Value::new(at.to_owned(), old, new));
        }
    }

    fn members(&mut self, at: &str, old: &'a Map<String, Json>, new: &'a Map<String, Json>) {
        let gone = old.keys().filter(|name| !new.contains_key(*name));
        let mut gone: Vec<_> = gone.collect();
        for (name, new_item) in new {
            let place = child(at, name);
            match (old.get(name), items_at(&place)) {
                (Some(old_item), _) => self.walk(&place, old_item, new_item),
                (None, Some(items)) => {
                    let from = gone
                        .iter()
                        .position(|from| is_renamed((from, &old[*from]), (name, new_item)));
                    self.items.push(match from.map(|index| gone.remove(index)) {
                        Some(from) => Item::renamed(items, child(at, from), place, new_item),
                        None => Item::added(items, place, new_item),
                    });
                }
                (None, None) => self.alone(&place, None, Some(new_item)),
            }
        }
        for name in gone {
            let place = child(at, name);
            match items_at(&place) {
                Some(items) => self.items.push(Item::removed(items, place, &old[name])),
                None => self.alone(&place, Some(&old[name]), None),
            }
        }
    }

    /// A value that one version alone has: its items, and what is in it.
    fn alone(&mut self, at: &str, old: Option<&'a Json>, new: Option<&'a Json>) {
        static NONE: std::sync::LazyLock<Map<String, Json>> = std::sync::LazyLock::new(Map::new);
        let members = |value: Option<&'a Json>| value.and_then(Json::as_object);
        let names: BTreeSet<_> = [members(old), members(new)]
            .into_iter()
            .flatten()
            .flat_map(Map::keys)
            .collect();
        let is_inner = |name: &&String| {
            let place = child(at, name);
            items_at(&place).is_some() || !is_plain(&place)
        };
        if names.iter().any(is_inner) {
            self.members(
                at,
                members(old).unwrap_or(&NONE),
                members(new).unwrap_or(&NONE),
            );
        } else {
            self.value(at, old, new);
        }
    }
}

/// Whether a value says no more than its absence.
fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(false) => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(members) => members.values().all(is_empty),
        Json::Bool(true) | Json::Number(_) => false,
    }
}

/// The items that a place is one of.
fn items_at(at: &str) -> Option<&'static Items> {
    ITEMS.iter().find(|items| is_at(at, items.pattern))
}

/// Whether no row of a table is for a place or for one inside of it.
fn is_plain(at: &str) -> bool {
    let depth = at.matches('/').count();
    let begins = |pattern: &str| {
        let start: Vec<_> = pattern.split('/').take(depth).collect();
        start.len() == depth && is_at(at, &start.join("/"))
    };
    let patterns = ITEMS.iter().map(|items| items.pattern);
    let patterns = patterns.chain(super::table::VALUES.iter().map(|row| row.pattern));
    !patterns.into_iter().any(begins)
}
