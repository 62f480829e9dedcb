//! The interfaces that an integration implements.

use super::data::{Item, Section};
use super::reader::{Reader, members};
use crate::docs::prose::Prose;

/// The sections of an interface, each with the word for an item of it.
const SECTIONS: [(&str, &str); 4] = [
    ("actions", "action"),
    ("events", "event"),
    ("channels", "channel"),
    ("entities", "entity"),
];

pub(super) fn section(reader: &mut Reader) -> Option<Section> {
    let mut items = Vec::new();
    for (name, about) in members(&reader.definition["interfaces"]) {
        let id = reader.anchor(&["interfaces", name]).unwrap_or_default();
        let version = about["version"].as_str().map(Prose::code);
        let note = version.map(|version| Prose::ours(format!("Version {version}.")));
        let mut list = Vec::new();
        for (section, word) in SECTIONS {
            for (theirs, ours) in members(&about[section]) {
                let ours = reader.link(&[section, ours["name"].as_str().unwrap_or(theirs)]);
                let theirs = Prose::code(theirs);
                list.push(Prose::ours(format!("The {word} {theirs} is {ours}.")));
            }
        }
        items.push(Item {
            id: id.to_owned(),
            name: name.to_owned(),
            notes: note.into_iter().collect(),
            list,
            ..Item::default()
        });
    }
    (!items.is_empty()).then(|| Section {
        id: "interfaces".to_owned(),
        title: "Interfaces",
        intro: Prose::ours(
            "A bot can use the integration through an interface, as any other integration that implements it.",
        ),
        items,
    })
}

impl Reader<'_> {
    /// Says which interfaces an item is a part of.
    pub(super) fn interfaces_of(&self, section: &str, item: &str) -> Option<Prose> {
        let interfaces = members(&self.definition["interfaces"]);
        let implemented = interfaces.filter(|(_, interface)| {
            members(&interface[section]).any(|(_, ours)| ours["name"] == item)
        });
        let links: Vec<_> = implemented
            .map(|(name, _)| self.link(&["interfaces", name]).to_string())
            .collect();
        let noun = if links.len() == 1 {
            "interface"
        } else {
            "interfaces"
        };
        (!links.is_empty())
            .then(|| Prose::ours(format!("Part of the {noun} {}.", links.join(", "))))
    }
}
