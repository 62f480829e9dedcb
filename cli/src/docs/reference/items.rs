//! Actions, events and entities.

use serde_json::Value;

use super::data::{Item, Section};
use super::reader::{Reader, members};
use crate::docs::prose::Prose;
use crate::docs::schema::Entities;

/// An item with its title and its description.
pub(super) fn item(id: &str, name: &str, about: &Value) -> Item {
    Item {
        id: id.to_owned(),
        name: name.to_owned(),
        title: Prose::line(about["title"].as_str()),
        description: Prose::of(about["description"].as_str()),
        ..Item::default()
    }
}

pub(super) fn actions(reader: &mut Reader) -> Option<Section> {
    let intro = "A bot calls an action with an input, and gets an output.";
    section(
        reader,
        "actions",
        "Actions",
        intro,
        |reader, item, about| {
            let flags = [
                ("billable", "Calls are billed."),
                (
                    "cacheable",
                    "The output of a call may be kept for equal calls.",
                ),
            ];
            let flags = flags.into_iter().filter(|(name, _)| about[*name] == true);
            item.notes.extend(flags.map(|(_, note)| Prose::ours(note)));
            for (word, title) in [("input", "Input"), ("output", "Output")] {
                let part = reader.part(title, &item.id, word, &about[word]["schema"], true);
                item.parts.push(part);
            }
        },
    )
}

pub(super) fn events(reader: &mut Reader) -> Option<Section> {
    let intro = "A bot gets an event when something has happened.";
    section(reader, "events", "Events", intro, |reader, item, about| {
        let part = reader.part("Payload", &item.id, "payload", &about["schema"], true);
        item.parts.push(part);
    })
}

pub(super) fn entities(reader: &mut Reader) -> Option<Section> {
    let intro = "The things that the integration works with. An interface can ask for them.";
    section(
        reader,
        "entities",
        "Entities",
        intro,
        |reader, item, about| {
            let mut part = reader.part("Fields", &item.id, "fields", &about["schema"], false);
            Entities::forget(&mut part.shape);
            item.parts.push(part);
        },
    )
}

/// A section whose items have names, unless there are none.
fn section(
    reader: &mut Reader,
    name: &str,
    title: &'static str,
    intro: &str,
    read: impl Fn(&mut Reader, &mut Item, &Value),
) -> Option<Section> {
    let mut items = Vec::new();
    for (item_name, about) in members(&reader.definition[name]) {
        let id = reader.anchor(&[name, item_name]).unwrap_or_default();
        let mut item = item(id, item_name, about);
        // A builder of a bot looks for the item there.
        if about["attributes"]["bpActionHiddenInStudio"] == "true" {
            item.notes
                .push(Prose::ours("The Studio of Botpress does not show it."));
        }
        read(reader, &mut item, about);
        item.notes.extend(reader.interfaces_of(name, item_name));
        items.push(item);
    }
    (!items.is_empty()).then(|| Section {
        id: name.to_owned(),
        title,
        intro: Prose::ours(intro),
        items,
    })
}
