//! A definition as it is compared with another one: its schemas self-contained, and every place of it in the files.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde_json::Value;

use crate::characters::visible;
use crate::deep_stack::on_deep_stack;
use crate::definition::{DefinitionSet, LoadedDefinition, SchemaAt};
use crate::diagnostic::{FileId, Location, Message, Pointer, Position, draw_message, position};
use crate::lower::{Bundled, bundled_with_places};
use crate::model::Model;
use crate::older::Stored;
use crate::sections::embedded_schemas;

/// A definition with self-contained schemas, and the places of its parts in the files. Not for authors: it changes with the
/// command.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Described {
    loaded: LoadedDefinition,
    definition: Value,
    schemas: HashMap<Pointer, Places>,
    stored: Stored,
    older: Vec<Self>,
}

/// The places of a self-contained schema.
#[derive(Clone, Debug)]
struct Places {
    root: SchemaAt,
    copies: HashMap<String, SchemaAt>,
}

impl Described {
    /// Describes a definition without errors, and the older versions that it names.
    pub(crate) fn new(loaded: LoadedDefinition, model: &Model, older: Vec<Self>) -> Self {
        let set = DefinitionSet::new(&loaded);
        let mut definition = loaded.published().clone();
        let mut schemas = HashMap::new();
        for pointer in embedded_schemas(&definition) {
            let Bundled {
                schema,
                root,
                copies,
            } = bundled_with_places(&set, &set.schema_at(pointer.clone()));
            let schema = schema.into_owned();
            if let Some(place) = definition.pointer_mut(pointer.as_str()) {
                *place = schema;
            }
            schemas.insert(pointer, Places { root, copies });
        }
        Self {
            stored: Stored::new(&loaded, model),
            loaded,
            definition,
            schemas,
            older,
        }
    }

    /// The definition as Botpress would get it, with self-contained schemas.
    #[must_use]
    pub const fn definition(&self) -> &Value {
        &self.definition
    }

    /// The definition with the members of each object in the order of the files, as its author meant them to be read.
    #[must_use]
    pub fn in_written_order(&self) -> Value {
        on_deep_stack(|| self.written(&self.definition, &Pointer::root()))
    }

    fn written(&self, value: &Value, pointer: &Pointer) -> Value {
        match value {
            Value::Object(members) => {
                let mut members: Vec<_> = members
                    .iter()
                    .map(|(name, member)| {
                        let pointer = pointer.child(name);
                        let place = self.place(&pointer);
                        (place, name.clone(), self.written(member, &pointer))
                    })
                    .collect();
                members.sort_by_key(|(place, ..)| *place);
                members
                    .into_iter()
                    .map(|(_, name, member)| (name, member))
                    .collect()
            }
            Value::Array(items) => {
                let items = items.iter().enumerate();
                let items = items.map(|(index, item)| self.written(item, &pointer.item(index)));
                items.collect()
            }
            other => other.clone(),
        }
    }

    /// The file of a part, and the byte at which it begins there.
    fn place(&self, pointer: &Pointer) -> (FileId, usize) {
        let location = self.location(pointer);
        let span = self.loaded.files().span(&location);
        (location.file, span.map_or(0, |span| span.start))
    }

    /// The file of the definition.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.loaded.files().get(self.loaded.root()).path
    }

    /// The older versions that `migratesFrom` names, in its order, each with its configurations and states alone.
    #[must_use]
    pub fn older(&self) -> &[Self] {
        &self.older
    }

    /// The version of the definition.
    #[must_use]
    pub fn version(&self) -> &str {
        self.stored.version()
    }

    /// What has to be implemented to bring along what an older version stored:
    /// `MigrateFrom<v1::CursorState> for CursorState` at `/states/cursor`.
    ///
    /// A place that is not listed is one that no migration reaches: a state that is gone, or belongs to another owner.
    #[must_use]
    pub fn migrations_from(&self, old: &Self) -> BTreeMap<String, String> {
        self.stored.migrations_from(&old.stored)
    }

    /// The place of a part in the files: its line and column.
    #[must_use]
    pub fn position(&self, pointer: &str) -> Position {
        let location = self.location(&parsed(pointer));
        let files = self.loaded.files();
        let file = files.get(location.file);
        let start = files.span(&location).map_or(0, |span| span.start);
        let (line, column) = position(&file.text, start);
        Position {
            file: file.display.clone(),
            line,
            column,
        }
    }

    /// Draws a message about a part in the style of diagnostics, with the label at its line.
    #[must_use]
    pub fn draw(&self, message: &Message, pointer: &str, label: &str, color: bool) -> String {
        let label = visible(label);
        draw_message(
            self.loaded.files(),
            message,
            &self.location(&parsed(pointer)),
            &label,
            color,
        )
    }

    /// The location of a part, which may be in another file.
    fn location(&self, pointer: &Pointer) -> Location {
        let schema = pointer.ancestors().find_map(|around| {
            let places = self.schemas.get(&around)?;
            Some((places, pointer.as_str()[around.as_str().len()..].to_owned()))
        });
        let location = match schema {
            Some((places, rest)) => places.location(&Pointer::parse(&rest).unwrap_or_default()),
            None => Location::key(self.loaded.root(), pointer.clone()),
        };
        self.loaded.files().written(location)
    }
}

fn parsed(pointer: &str) -> Pointer {
    Pointer::parse(pointer).unwrap_or_default()
}

impl Places {
    /// The location of a part of the schema. A part of a copy is where the copy was made from.
    fn location(&self, rest: &Pointer) -> Location {
        let names: Vec<_> = rest.names().take(2).collect();
        if let [definitions, name] = names.as_slice()
            && definitions == "definitions"
            && let Some(copied) = self.copies.get(name)
        {
            let inner = rest.names().skip(2);
            let pointer = inner.fold(copied.pointer.clone(), |at, name| at.child(&name));
            return Location::key(copied.file, pointer);
        }
        Location::key(self.root.file, self.root.pointer.join(rest))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::generator::Generator;
    use crate::system::MemorySystem;

    #[test]
    fn members_come_back_in_the_order_of_the_files() {
        let system = MemorySystem::new(&[
            (
                "shop.yaml",
                "name: shop\nversion: 1.0.0\nactions:\n  pay: { input: { schema: { $ref: 'money.json' } }, \
                 output: { schema: { properties: { z: {}, a: {} } } } }\n  ask: { output: { schema: {} }, input: { schema: {} } }\n",
            ),
            (
                "money.json",
                r#"{ "type": "object", "required": ["unit"], "properties": { "unit": {}, "amount": {} } }"#,
            ),
        ]);
        let generator = Generator::with_system("shop.yaml", Arc::new(system));
        let described = generator.describe().unwrap();
        let written = described.in_written_order();
        assert_eq!(&written, described.definition(), "only the order differs");
        let names = |pointer: &str| {
            let members = written.pointer(pointer).unwrap().as_object().unwrap();
            members.keys().cloned().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(""), "name version actions");
        assert_eq!(names("/actions"), "pay ask");
        assert_eq!(names("/actions/ask"), "output input");
        assert_eq!(names("/actions/pay/output/schema/properties"), "z a");
        assert_eq!(
            names("/actions/pay/input/schema/definitions/money/properties"),
            "unit amount"
        );
    }
}
