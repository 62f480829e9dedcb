//! What all sections read a definition with.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::data::Part;
use crate::docs::anchors::Anchors;
use crate::docs::example::example;
use crate::docs::prose::Prose;
use crate::docs::schema::{Entities, describe};

/// The names that the page itself has for its parts.
pub(in crate::docs) const RESERVED: [&str; 6] =
    ["main", "contents", "search", "found", "overview", "changes"];

/// A definition, and the anchors of what was read of it.
pub(super) struct Reader<'a> {
    pub(super) definition: &'a Value,
    pub(super) anchors: Anchors,
    /// The anchors of items, by their pointers in the definition.
    places: BTreeMap<String, String>,
    entities: Entities,
}

impl<'a> Reader<'a> {
    pub(super) fn new(definition: &'a Value) -> Self {
        let mut anchors = Anchors::default();
        for name in RESERVED {
            anchors.take(&[name]);
        }
        let mut reader = Self {
            definition,
            anchors,
            places: BTreeMap::new(),
            entities: Entities::default(),
        };
        reader.place_items();
        reader.entities = reader.entities();
        reader
    }

    /// The anchors of items come first, so that no field takes one.
    fn place_items(&mut self) {
        for (section, word) in [
            ("configurations", "configuration"),
            ("actions", "action"),
            ("events", "event"),
            ("channels", "channel"),
            ("states", "state"),
            ("entities", "entity"),
            ("interfaces", "interface"),
        ] {
            self.anchors.take(&[section]);
            for (name, _) in members(&self.definition[section]) {
                self.place(&[section, name], &[word, name]);
            }
        }
        for section in ["tags", "secrets"] {
            self.anchors.take(&[section]);
        }
        self.place(&["configuration"], &["configuration"]);
        for (channel, about) in members(&self.definition["channels"]) {
            for (name, _) in members(&about["messages"]) {
                let pointer = ["channels", channel, "messages", name];
                self.place(&pointer, &["message", channel, name]);
            }
        }
    }

    fn place(&mut self, pointer: &[&str], anchor: &[&str]) {
        let anchor = self.anchors.take(anchor);
        self.places.insert(joined(pointer), anchor);
    }

    /// The entities, as values are compared with them.
    fn entities(&self) -> Entities {
        let mut entities = Entities::default();
        for (name, about) in members(&self.definition["entities"]) {
            let mut anchors = Anchors::default();
            let none = Entities::default();
            let shape = describe(&about["schema"], name, &mut anchors, &none);
            entities.add(self.link(&["entities", name]), shape);
        }
        entities
    }

    /// The anchor of an item, by the names of its pointer.
    pub(super) fn anchor(&self, pointer: &[&str]) -> Option<&str> {
        self.places.get(&joined(pointer)).map(String::as_str)
    }

    /// The anchor of the item that a pointer leads into.
    pub(super) fn anchor_around(&self, pointer: &str) -> Option<&str> {
        let mut pointer = pointer;
        loop {
            if let Some(anchor) = self.places.get(pointer) {
                return Some(anchor);
            }
            pointer = pointer.rsplit_once('/')?.0;
        }
    }

    /// A link to an item, if it is there.
    pub(super) fn link(&self, pointer: &[&str]) -> Prose {
        let name = Prose::code(pointer.last().unwrap_or(&""));
        match self.anchor(pointer) {
            Some(anchor) => Prose::ours(format!("[{name}](#{anchor})")),
            None => name,
        }
    }

    /// A part of an item: the values of a schema.
    pub(super) fn part(
        &mut self,
        title: &'static str,
        item: &str,
        word: &str,
        schema: &Value,
        has_example: bool,
    ) -> Part {
        let id = self.anchors.take(&[item, word]);
        Part {
            shape: describe(schema, &id, &mut self.anchors, &self.entities),
            example: if has_example { example(schema) } else { None },
            title,
            id,
        }
    }
}

/// The members of a section, in its order.
pub(super) fn members(section: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let members = section.as_object().into_iter().flat_map(Map::iter);
    members.map(|(name, member)| (name.as_str(), member))
}

fn joined(names: &[&str]) -> String {
    let names = names
        .iter()
        .map(|name| name.replace('~', "~0").replace('/', "~1"));
    names.fold(String::new(), |pointer, name| pointer + "/" + &name)
}
