//! Tags: their names in the definition, and their storage.
//!
//! A tag belongs to the installation that set it. Tags of files belong to no installation.

use rusqlite::{Connection, params};
use serde_json::{Map, Value};

use super::call::Call;
use crate::wire::failure::{Failure, Result};

/// What has tags.
#[derive(Clone, Copy, Debug)]
pub(super) enum Tagged<'a> {
    User,
    /// A conversation of a channel.
    Conversation(&'a str),
    /// A message of a channel.
    Message(&'a str),
}

/// Refuses tags that the definition does not declare.
pub(super) fn check_declared(call: &Call<'_>, tagged: Tagged<'_>, tags: &Value) -> Result<()> {
    let names = tags.as_object().into_iter().flat_map(Map::keys);
    let mut names = names.map(String::as_str);
    names.try_for_each(|name| check_name(call, tagged, name))
}

fn check_name(call: &Call<'_>, tagged: Tagged<'_>, name: &str) -> Result<()> {
    let declared = declared(call, tagged);
    if declared.contains(&name) {
        return Ok(());
    }
    let what = match tagged {
        Tagged::User => "user tag".to_owned(),
        Tagged::Conversation(channel) => format!("conversation tag of channel {channel:?}"),
        Tagged::Message(channel) => format!("message tag of channel {channel:?}"),
    };
    Err(call.undeclared(&what, name, declared.into_iter()))
}

fn declared<'c>(call: &'c Call<'_>, tagged: Tagged<'_>) -> Vec<&'c str> {
    let definition = call.definition();
    match tagged {
        Tagged::User => definition.user_tags().collect(),
        Tagged::Conversation(channel) => definition
            .channel(channel)
            .map(|channel| channel.conversation_tags().collect())
            .unwrap_or_default(),
        Tagged::Message(channel) => definition
            .channel(channel)
            .map(|channel| channel.message_tags().collect())
            .unwrap_or_default(),
    }
}

/// Sets tags. `null` and the empty text remove one.
pub(super) fn write(database: &Connection, owner: &str, alias: &str, tags: &Value) -> Result<()> {
    for (name, value) in tags.as_object().into_iter().flatten() {
        match value.as_str() {
            None | Some("") => {
                let sql = "DELETE FROM tags WHERE owner = ?1 AND alias = ?2 AND name = ?3";
                database.execute(sql, params![owner, alias, name])?;
            }
            Some(value) => {
                let sql = "INSERT INTO tags (owner, alias, name, value) VALUES (?1, ?2, ?3, ?4)
                    ON CONFLICT DO UPDATE SET value = excluded.value";
                database.execute(sql, params![owner, alias, name, value])?;
            }
        }
    }
    Ok(())
}

/// Reads the tags that an installation set.
pub(super) fn read(
    database: &Connection,
    owner: &str,
    alias: &str,
) -> rusqlite::Result<Map<String, Value>> {
    let sql = "SELECT name, value FROM tags WHERE owner = ?1 AND alias = ?2 ORDER BY name";
    let mut statement = database.prepare_cached(sql)?;
    let mut rows = statement.query(params![owner, alias])?;
    let mut tags = Map::new();
    while let Some(row) = rows.next()? {
        tags.insert(row.get(0)?, Value::String(row.get(1)?));
    }
    Ok(tags)
}

/// Deletes all tags of a resource.
pub(super) fn delete(database: &Connection, owner: &str) -> Result<()> {
    database.execute("DELETE FROM tags WHERE owner = ?1", [owner])?;
    Ok(())
}

/// The tags by which an existing resource is found.
pub(super) struct Discriminator {
    /// The names and values; an absent tag has no value.
    tags: Vec<(String, Option<String>)>,
    /// Whether the resource may have no other tags.
    is_exact: bool,
}

impl Discriminator {
    /// Reads `discriminateByTags` and the tags of a body. Without names, all tags must match exactly.
    pub(super) fn of(body: &Map<String, Value>) -> Result<Self> {
        let value = |name: &str| {
            let value = body.get("tags").and_then(|tags| tags.get(name));
            let value = value.and_then(Value::as_str);
            value.filter(|value| !value.is_empty()).map(str::to_owned)
        };
        let names: Vec<_> = match body.get("discriminateByTags").and_then(Value::as_array) {
            Some(names) if !names.is_empty() => names.iter().filter_map(Value::as_str).collect(),
            _ => {
                let tags = body.get("tags").and_then(Value::as_object);
                let names = tags.into_iter().flat_map(Map::keys).map(String::as_str);
                return Ok(Self {
                    tags: names.map(|name| (name.to_owned(), value(name))).collect(),
                    is_exact: true,
                });
            }
        };
        let tags: Vec<_> = names
            .into_iter()
            .map(|name| (name.to_owned(), value(name)))
            .collect();
        if tags.iter().all(|(_, value)| value.is_none()) {
            let message = "discriminateByTags names no tag that has a value in tags";
            return Err(Failure::invalid(message));
        }
        let is_exact = false;
        Ok(Self { tags, is_exact })
    }

    /// Finds the first resource, in the order of ids, with these tags that `is_candidate` accepts.
    pub(super) fn find(
        &self,
        call: &Call<'_>,
        is_candidate: impl Fn(&str) -> Result<bool>,
    ) -> Result<Option<String>> {
        let with_value = self.tags.iter();
        let mut with_value = with_value.filter_map(|(name, value)| Some((name, value.as_ref()?)));
        // A resource without tags is not found again.
        let Some((name, value)) = with_value.next() else {
            return Ok(None);
        };
        let sql =
            "SELECT owner FROM tags WHERE alias = ?1 AND name = ?2 AND value = ?3 ORDER BY owner";
        let mut statement = call.database.prepare_cached(sql)?;
        let mut rows = statement.query(params![call.alias(), name, value])?;
        while let Some(row) = rows.next()? {
            let owner: String = row.get(0)?;
            if self.fits(&read(call.database, &owner, call.alias())?) && is_candidate(&owner)? {
                return Ok(Some(owner));
            }
        }
        Ok(None)
    }

    fn fits(&self, tags: &Map<String, Value>) -> bool {
        let value = |name: &str| tags.get(name).and_then(Value::as_str);
        let mut wanted = self.tags.iter();
        let all = wanted.all(|(name, wanted)| value(name) == wanted.as_deref());
        let count = self
            .tags
            .iter()
            .filter(|(_, value)| value.is_some())
            .count();
        all && (!self.is_exact || count == tags.len())
    }
}
