//! Tags of users, conversations and messages.

use serde_json::Value;

use super::data::{Item, Part, Section};
use super::reader::{Reader, members};
use crate::docs::prose::Prose;
use crate::docs::schema::{Field, Name, Shape};

/// The tags of users.
pub(super) fn section(reader: &mut Reader) -> Option<Section> {
    let user = &reader.definition["user"];
    let id = reader.anchors.take(&["user"]);
    let part = part(reader, "Tags of users", &id, "tags", &user["tags"]);
    let notes: Vec<_> = creation("users", &user["creation"]).into_iter().collect();
    if part.is_none() && notes.is_empty() {
        return None;
    }
    Some(Section {
        id: "tags".to_owned(),
        title: "Users",
        intro: Prose::ours(
            "A user is a person whom a bot talks to. A tag is a string that they are found by.",
        ),
        items: vec![Item {
            id,
            notes,
            parts: part.into_iter().collect(),
            ..Item::default()
        }],
    })
}

/// Tags as a part of an item, unless there are none.
pub(super) fn part(
    reader: &mut Reader,
    title: &'static str,
    item: &str,
    word: &str,
    tags: &Value,
) -> Option<Part> {
    let id = reader.anchors.take(&[item, word]);
    let fields = members(tags).map(|(name, tag)| Field {
        id: reader.anchors.take(&[&id, name]),
        name: Name::One(name.to_owned()),
        path: name.to_owned(),
        title: Prose::line(tag["title"].as_str()),
        is_required: false,
        shape: Shape::of_string(tag["description"].as_str()),
    });
    let fields: Vec<_> = fields.collect();
    (!fields.is_empty()).then(|| Part {
        id,
        title,
        shape: Shape::of_fields(fields),
        example: None,
    })
}

/// Says that bots can create something, and the tags that they have to set.
pub(super) fn creation(noun: &str, creation: &Value) -> Option<Prose> {
    if creation["enabled"] != true {
        return None;
    }
    let tags = creation["requiredTags"].as_array().into_iter().flatten();
    let tags = tags
        .filter_map(Value::as_str)
        .map(|tag| Prose::code(tag).to_string());
    let tags: Vec<_> = tags.collect();
    let noun_of_tags = if tags.len() == 1 { "tag" } else { "tags" };
    Some(Prose::ours(if tags.is_empty() {
        format!("Bots can create {noun}.")
    } else {
        let tags = tags.join(", ");
        format!("Bots can create {noun}, and have to set the {noun_of_tags} {tags}.")
    }))
}
