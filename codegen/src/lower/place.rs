//! The place of a type, which gives it its name.

use crate::definition::SchemaAt;
use crate::diagnostic::{FileId, Pointer};
use crate::json_schema::{Naming, keyword};
use crate::model::names::{singular, upper_camel};
use crate::model::{Module, Origin};

/// Names a schema, whichever way it was reached.
pub(super) type Key = (FileId, Pointer);

/// Names by position.
pub(super) const ORDINALS: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// The place of a schema inside its payload.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) module: Module,
    /// The payload or the file, which `#` means in its schemas.
    owner: Key,
    /// The name of the payload's type in short, and whole.
    prefixes: [String; 2],
    labels: Vec<String>,
}

impl Place {
    /// The place of a payload, whose type has a fixed name such as `IssueOpenedEvent`.
    ///
    /// Names of nested types start with `short` (`IssueOpened`).
    pub(super) fn root(owner: Key, module: Module, short: &str, name: String) -> Self {
        Self {
            module,
            owner,
            prefixes: [short.to_owned(), name],
            labels: Vec::new(),
        }
    }

    /// The place of a file of shared schemas.
    pub(super) fn file(owner: Key, stem: &str) -> Self {
        Self {
            module: Module::Root,
            owner,
            prefixes: [String::new(), upper_camel(stem)],
            labels: Vec::new(),
        }
    }

    /// Whether a schema belongs to the payload or the file of the place.
    pub(super) fn has(&self, at: &SchemaAt) -> bool {
        self.owner == (at.file, at.root.clone())
    }

    /// The place of a property.
    pub(super) fn property(&self, name: &str) -> Self {
        let mut place = self.clone();
        place.labels.push(name.to_owned());
        place
    }

    /// The place of the items of a list.
    pub(super) fn item(&self) -> Self {
        self.one_of_many("item")
    }

    /// The place of the values of a map.
    pub(super) fn value(&self) -> Self {
        self.one_of_many("value")
    }

    /// The place of one item of a tuple.
    pub(super) fn member(&self, index: usize) -> Self {
        self.property(ORDINALS.get(index).unwrap_or(&"further"))
    }

    fn one_of_many(&self, one: &str) -> Self {
        let mut place = self.clone();
        let label = place
            .labels
            .pop()
            .map_or_else(|| one.to_owned(), |many| singular(&many, one));
        place.labels.push(label);
        place
    }

    /// The place at a pointer from this one.
    pub(super) fn at(&self, pointer: &Pointer) -> Self {
        let mut place = self.clone();
        let tokens: Vec<String> = pointer.names().collect();
        let mut tokens = tokens.iter().map(String::as_str);
        while let Some(token) = tokens.next() {
            let naming = keyword(token).map_or(Naming::Keyword, |keyword| keyword.naming);
            place = match naming {
                Naming::Property => place.property(tokens.next().unwrap_or_default()),
                Naming::Definition => {
                    place.labels.clear();
                    place.property(tokens.next().unwrap_or_default())
                }
                Naming::Item => place.item(),
                Naming::Value => place.value(),
                Naming::Branch => {
                    tokens.next();
                    place
                }
                Naming::Keyword => place.property(token),
            };
        }
        place
    }

    pub(super) fn origin(&self) -> Origin {
        if self.labels.is_empty() {
            Origin::Fixed(self.prefixes[1].clone())
        } else {
            Origin::Nested {
                prefixes: self.prefixes.clone(),
                labels: self.labels.clone(),
            }
        }
    }
}
