//! Channels, with their messages and tags.

use serde_json::Value;

use super::data::{Item, Section};
use super::items::item;
use super::reader::{Reader, members};
use super::tags;
use crate::docs::prose::Prose;

pub(super) fn section(reader: &mut Reader) -> Option<Section> {
    let mut items = Vec::new();
    for (name, about) in members(&reader.definition["channels"]) {
        let id = reader.anchor(&["channels", name]).unwrap_or_default();
        let mut channel = item(id, name, about);
        channel.notes.extend(tags::creation(
            "conversations",
            &about["conversation"]["creation"],
        ));
        channel.notes.extend(reader.interfaces_of("channels", name));
        for (title, owner) in [
            ("Tags of conversations", "conversation"),
            ("Tags of messages", "message"),
        ] {
            let tags = &about[owner]["tags"];
            channel
                .parts
                .extend(tags::part(reader, title, &channel.id, owner, tags));
        }
        channel.items = messages(reader, name, &about["messages"]);
        items.push(channel);
    }
    (!items.is_empty()).then(|| Section {
        id: "channels".to_owned(),
        title: "Channels",
        intro: Prose::ours("The conversations of a channel have messages of these types."),
        items,
    })
}

fn messages(reader: &mut Reader, channel: &str, messages: &Value) -> Vec<Item> {
    let mut items = Vec::new();
    for (name, about) in members(messages) {
        let id = reader.anchor(&["channels", channel, "messages", name]);
        let mut message = item(id.unwrap_or_default(), name, about);
        let part = reader.part("Payload", &message.id, "payload", &about["schema"], true);
        message.parts.push(part);
        items.push(message);
    }
    items
}
