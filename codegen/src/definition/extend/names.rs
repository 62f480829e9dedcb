//! The names that a definition gives to the parts of an interface.

use std::collections::BTreeMap;

use serde_json::Value;

use super::interface::LoadedInterface;
use crate::definition::{Extension, Renaming};
use crate::diagnostic::catalog::interface;
use crate::diagnostic::{Diagnostic, FileId, Location, Pointer};
use crate::sections;

/// One entry of `extends`, with its interface.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names<'a> {
    pub(super) file: FileId,
    pub(super) definition: &'a Value,
    /// Where it says so.
    pub(super) at: &'a Pointer,
    pub(super) extension: &'a Extension,
    pub(super) source: &'a LoadedInterface,
}

impl<'a> Names<'a> {
    /// The interface's own name.
    pub(super) fn interface(&self) -> &'a str {
        self.source.value["name"].as_str().unwrap_or_default()
    }

    /// The names of a section of the interface.
    pub(super) fn of_interface(&self, section: &str) -> Vec<&'a str> {
        names_of(&self.source.value, section)
    }

    /// The new name, title and description of an item of the interface.
    pub(super) fn renaming(&self, section: &str, name: &str) -> Option<&'a Renaming> {
        self.renamings(section).get(name)
    }

    /// The name of a part in the integration.
    pub(super) fn new_name(&self, section: &str, name: &str) -> String {
        let renaming = self.renaming(section, name);
        renaming
            .and_then(|renaming| renaming.name.clone())
            .unwrap_or_else(|| name.to_owned())
    }

    /// The name and the schema of the integration's entity in the place of one of the interface.
    pub(super) fn substitute(&self, entity: &str) -> Option<(&'a str, &'a Value)> {
        let name = self.extension.entities.get(entity)?;
        let schema = self.definition.get("entities")?.get(name)?.get("schema")?;
        Some((name, schema))
    }

    /// Finds the names that there are not, and the entities without a substitute.
    pub(super) fn check(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        self.check_entities(&mut found);
        for (section, noun) in sections::extending() {
            let known = self.of_interface(section);
            for name in self
                .renamings(section)
                .keys()
                .filter(|name| !known.contains(&name.as_str()))
            {
                let place = Location::key(self.file, self.at.child(section).child(name));
                found.push(interface::unknown_part(
                    place,
                    self.interface(),
                    noun,
                    name,
                    &known,
                ));
            }
        }
        found
    }

    fn check_entities(&self, found: &mut Vec<Diagnostic>) {
        let known = self.of_interface("entities");
        let own = names_of(self.definition, "entities");
        for (entity, substitute) in &self.extension.entities {
            let place = self.at.child("entities").child(entity);
            if !known.contains(&entity.as_str()) {
                let place = Location::key(self.file, place.clone());
                found.push(interface::unknown_part(
                    place,
                    self.interface(),
                    "entity",
                    entity,
                    &known,
                ));
            }
            if !own.contains(&substitute.as_str()) {
                let place = Location::value(self.file, place);
                found.push(interface::missing_substitute(place, substitute, &own));
            }
        }
        for entity in known
            .into_iter()
            .filter(|name| !self.extension.entities.contains_key(*name))
        {
            let place = Location::value(self.file, self.at.child("interface"));
            let declared = Pointer::root().child("entities").child(entity);
            let declared = Location::key(self.source.file, declared);
            found.push(interface::missing_substitution(
                place,
                declared,
                self.interface(),
                entity,
            ));
        }
    }

    /// The diagnostic for an interface that is implemented twice with the same entities.
    pub(super) fn duplicate(&self, key: &str) -> Diagnostic {
        let place = Location::value(self.file, self.at.child("interface"));
        interface::duplicate_interface(place, key)
    }

    fn renamings(&self, section: &str) -> &'a BTreeMap<String, Renaming> {
        self.extension.renamings(section)
    }
}

fn names_of<'a>(value: &'a Value, section: &str) -> Vec<&'a str> {
    let members = value.get(section).and_then(Value::as_object);
    members
        .into_iter()
        .flat_map(|members| members.keys().map(String::as_str))
        .collect()
}
