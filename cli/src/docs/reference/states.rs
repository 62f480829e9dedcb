//! States.

use super::data::Section;
use super::items::item;
use super::reader::{Reader, members};
use crate::docs::prose::Prose;

pub(super) fn section(reader: &mut Reader) -> Option<Section> {
    let mut items = Vec::new();
    for (name, about) in members(&reader.definition["states"]) {
        let id = reader.anchor(&["states", name]).unwrap_or_default();
        let mut state = item(id, name, about);
        state.notes.push(Prose::ours(match about["type"].as_str() {
            Some("conversation") => "There is one for each conversation.",
            Some("user") => "There is one for each user.",
            _ => "There is one for each installation of the integration.",
        }));
        let part = reader.part("Fields", &state.id, "fields", &about["schema"], false);
        state.parts.push(part);
        items.push(state);
    }
    (!items.is_empty()).then(|| Section {
        id: "states".to_owned(),
        title: "States",
        intro: Prose::ours("What the integration keeps at Botpress. Bots do not need it."),
        items,
    })
}
