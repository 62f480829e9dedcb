//! The names on the way to a schema. They follow from the definition alone, whichever way the schema was reached.

use std::path::Path;
use std::rc::Rc;

use crate::definition::SchemaAt;
use crate::diagnostic::{Location, Pointer, catalog};
use crate::json_schema::{Naming, keyword};
use crate::lower::context::{Lowering, key_of};
use crate::lower::place::{Labels, Place};
use crate::model::names::{Case, Distinct, OF_CONFIGURATIONS, Source, distinct, upper_camel};

impl Lowering<'_> {
    /// The place of a schema.
    pub(super) fn place_of(&mut self, at: &SchemaAt) -> Place {
        let mut around = at.pointer.ancestors();
        let is_root = |pointer: &Pointer| self.roots.contains_key(&(at.file, pointer.clone()));
        let root = SchemaAt {
            pointer: around.find(is_root).unwrap_or_else(|| at.root.clone()),
            ..at.clone()
        };
        let mut place = match self.roots.get(&(root.file, root.pointer.clone())) {
            Some(root) => root.place.clone(),
            None => self.place_of_file(&root),
        };
        let way = &at.pointer.as_str()[root.pointer.as_str().len()..];
        let way = Pointer::parse(way).unwrap_or_default();
        let mut names = way.names();
        let mut around = root;
        while let Some(name) = names.next() {
            let holder = around.clone();
            around = around.child(&name);
            let naming = keyword(&name).map_or(Naming::Keyword, |keyword| keyword.naming);
            place = match naming {
                Naming::Item if !self.set.schema(&around).is_array() => place.item(),
                Naming::Value => place.value(),
                Naming::Keyword => place.part(&upper_camel(&name)),
                Naming::Property | Naming::Definition | Naming::Branch | Naming::Item => {
                    let Some(member) = names.next() else {
                        break;
                    };
                    let members = around.clone();
                    around = around.child(&member);
                    self.place_of_member(&place, naming, &holder, &members, &member)
                }
            };
        }
        place
    }

    /// The place of a member of a keyword's value.
    fn place_of_member(
        &mut self,
        place: &Place,
        naming: Naming,
        holder: &SchemaAt,
        members: &SchemaAt,
        member: &str,
    ) -> Place {
        let label = |labels: Labels| labels.get(member).cloned().unwrap_or_default();
        match naming {
            Naming::Definition => {
                let set = self.set;
                let chosen = set.schema(&members.child(member))["x-rust-name"].as_str();
                place.definition(&label(self.labels_in(members, Case::UpperCamel)), chosen)
            }
            Naming::Branch => match self.labels_of_branches(holder).get(member) {
                Some(label) if !members.pointer.as_str().ends_with("/allOf") => place.part(label),
                _ => place.clone(),
            },
            Naming::Item => place.member(member.parse().unwrap_or(usize::MAX)),
            _ => place.part(&label(self.labels_in(members, Case::UpperCamel))),
        }
    }

    /// The labels of the alternatives of a union, by their positions.
    fn labels_of_branches(&mut self, union: &SchemaAt) -> Labels {
        let key = (union.file, union.pointer.clone());
        if let Some(labels) = self.labels.branches.get(&key) {
            return Rc::clone(labels);
        }
        let labels = Rc::new(self.name_branches(union).unwrap_or_default());
        self.labels.branches.insert(key, Rc::clone(&labels));
        labels
    }

    /// A file is called after its path from the definition's folder.
    fn place_of_file(&self, root: &SchemaAt) -> Place {
        let files = self.set.files();
        let path = &files.get(root.file).path;
        let folder = files.get(self.set.root()).path.parent();
        let inside = folder.and_then(|folder| path.strip_prefix(folder).ok());
        let inside = inside.or_else(|| path.file_name().map(Path::new));
        let words = inside.unwrap_or(path).with_extension("");
        let chosen = self.set.schema(root)["x-rust-name"].as_str();
        Place::file(&words.to_string_lossy(), chosen)
    }

    /// Names the members of an object, in the order in which they stand in the file.
    pub(super) fn labels_in(&mut self, members: &SchemaAt, case: Case) -> Labels {
        let key = ((members.file, members.pointer.clone()), case);
        if let Some(labels) = self.labels.members.get(&key) {
            return Rc::clone(labels);
        }
        let (names, Distinct { names: labels, .. }) = self.name_members(members, case);
        let labels = Rc::new(names.into_iter().zip(labels).collect());
        self.labels.members.insert(key, Rc::clone(&labels));
        labels
    }

    /// The same for the items of a section, with a warning about each that had to get another name.
    pub(super) fn items_in(&mut self, items: &Pointer, case: Case) -> Labels {
        let key = (items.clone(), case);
        if let Some(labels) = self.labels.items.get(&key) {
            return Rc::clone(labels);
        }
        let items = self.set.schema_at(items.clone());
        let (names, Distinct { folds, .. }) = self.name_members(&items, case);
        let labels = self.labels_in(&items, case);
        self.labels.items.insert(key, Rc::clone(&labels));
        for fold in folds {
            let [first, second] = [fold.first, fold.second].map(|index| {
                let name = names[index].as_str();
                (name, key_of(&items.child(name)))
            });
            let is_known = |known: &[Location; 2]| *known == [first.1.clone(), second.1.clone()];
            if !self.folded.iter().any(is_known) {
                self.folded.push([first.1.clone(), second.1.clone()]);
                let name = &labels[second.0];
                self.diagnostics
                    .push(catalog::names::folded(first, second, name));
            }
        }
        labels
    }

    fn name_members(&self, members: &SchemaAt, case: Case) -> (Vec<String>, Distinct) {
        let object = self.set.schema(members).as_object();
        let mut members_in_order: Vec<_> = object.into_iter().flatten().collect();
        let position = |name: &str| self.set.files().position(&key_of(&members.child(name)));
        members_in_order.sort_by_cached_key(|(name, _)| position(name));
        let is_configurations = members.pointer.as_str() == "/configurations";
        let sources: Vec<_> = members_in_order
            .iter()
            .map(|(name, value)| Source {
                text: name,
                chosen: value["x-rust-name"].as_str(),
                reserved: if is_configurations {
                    OF_CONFIGURATIONS
                } else {
                    &[]
                },
            })
            .collect();
        let distinct = distinct(&sources, case);
        let names = members_in_order.into_iter().map(|(name, _)| name.clone());
        (names.collect(), distinct)
    }
}
