//! Interfaces: a definition with `extends` becomes one with all items of its interfaces.
//!
//! ```yaml
//! extends:
//!   - interface: interfaces/listable.yaml
//!     entities: { item: issue }
//!     actions: { list: { name: issueList } }
//! ```
//!
//! Every action, event and channel of an interface comes into the definition under its new name, with the schema of
//! the integration's own entity wherever the interface refers to one of its entities. It is merged with an item that
//! the definition declares under that name. `interfaces` has the new names, for Botpress.
//!
//! This is a function from data to data: later phases see a definition as any other. The original place of each value
//! is kept beside it, so that diagnostics are drawn there.

mod existing;
mod fragment;
mod implemented;
mod interface;
mod merge;
mod names;
mod shared;
mod substitute;

use serde_json::{Map, Value};

pub(super) use interface::LoadedInterface;
pub(super) use shared::copy_shared;

use super::Extension;
use crate::diagnostic::{Diagnostic, FileId, Origins, Pointer};
use crate::sections;

/// A definition with all items of its interfaces.
#[derive(Debug)]
pub(super) struct Extended {
    pub(super) value: Value,
    pub(super) origins: Origins,
    pub(super) found: Vec<Diagnostic>,
}

/// Adds interfaces to a definition.
pub(super) fn extend(
    file: FileId,
    definition: &Value,
    extensions: &[Extension],
    sources: &[Option<LoadedInterface>],
) -> Extended {
    let mut extended = Extended {
        value: definition.clone(),
        origins: Origins::new(),
        found: Vec::new(),
    };
    if let Value::Object(members) = &mut extended.value {
        members.shift_remove("extends");
    }
    for (index, (extension, source)) in extensions.iter().zip(sources).enumerate() {
        let at = Pointer::root().child("extends").item(index);
        if let Some(source) = source {
            extended.add(file, definition, (&at, extension), source);
        }
    }
    extended.value.sort_all_objects();
    extended
}

impl Extended {
    fn add(
        &mut self,
        file: FileId,
        definition: &Value,
        (at, extension): (&Pointer, &Extension),
        source: &LoadedInterface,
    ) {
        let names = names::Names {
            file,
            definition,
            at,
            extension,
            source,
        };
        self.found.extend(names.check());
        for (section, _) in sections::extending() {
            let members = source.value.get(section).and_then(Value::as_object);
            for (name, _) in members.into_iter().flatten() {
                let part = substitute::substitute(&names, section, name, &mut self.found);
                let place = Pointer::root()
                    .child(section)
                    .child(&names.new_name(section, name));
                self.insert(file, definition, place, part);
            }
        }
        let (key, statement) = implemented::implemented(&names);
        let place = Pointer::root().child("interfaces").child(&key);
        if place.find(&self.value).is_some() {
            self.found.push(names.duplicate(&key));
        }
        self.origins.insert(place.clone(), (file, at.clone()));
        put(&mut self.value, &place, statement);
    }

    /// Puts an item of an interface into the definition, or merges it with the definition's own.
    fn insert(
        &mut self,
        file: FileId,
        definition: &Value,
        place: Pointer,
        part: fragment::Fragment,
    ) {
        if let Some(own) = self.value.pointer_mut(place.as_str()) {
            let own = existing::Existing {
                file,
                definition,
                place,
                value: own,
            };
            let found = merge::merge(own, &part, &mut self.origins);
            self.found.extend(found);
        } else {
            self.origins
                .extend(part.origins_at(&Pointer::root(), &place));
            put(&mut self.value, &place, part.value);
        }
    }
}

/// Puts a value at a pointer of two names.
fn put(definition: &mut Value, place: &Pointer, value: Value) {
    let mut names = place.names();
    let (Some(section), Some(name)) = (names.next(), names.next()) else {
        return;
    };
    if let Value::Object(sections) = definition
        && let Value::Object(members) = sections
            .entry(section)
            .or_insert_with(|| Value::Object(Map::new()))
    {
        members.insert(name, value);
    }
}
