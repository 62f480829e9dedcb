//! The place of a type, which gives it its name.

use std::collections::HashMap;
use std::rc::Rc;

use crate::diagnostic::{FileId, Pointer};
use crate::model::names::{Case, ORDINALS, chosen, upper_camel};
use crate::model::{Module, Origin, Rank};

/// Names a schema, whichever way it was reached.
pub(super) type Key = (FileId, Pointer);

/// The Rust names of the members of an object, by their names in the definition.
pub(super) type Labels = Rc<HashMap<String, String>>;

/// Labels that were made before.
#[derive(Default)]
pub(super) struct LabelCache {
    pub(super) members: HashMap<(Key, Case), Labels>,
    pub(super) branches: HashMap<Key, Labels>,
    /// The labels of the items of sections, whose folds were reported.
    pub(super) items: HashMap<(Pointer, Case), Labels>,
}

/// The place of a schema: the name of what it belongs to, and the labels on the way from there.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) module: Module,
    origin: Origin,
}

impl Place {
    /// The place of a payload, whose type has a fixed name such as `IssueOpenedEvent`.
    pub(super) fn root(module: Module, name: String, chosen: Option<&str>) -> Self {
        let place = Self::new(module, name, Rank::Fixed);
        place.or_chosen(chosen)
    }

    /// The place of a file of shared schemas, by the words of its path.
    pub(super) fn file(path: &str, chosen: Option<&str>) -> Self {
        let place = Self::new(Module::Root, upper_camel(path), Rank::Named);
        place.or_chosen(chosen)
    }

    fn new(module: Module, name: String, rank: Rank) -> Self {
        let is_chosen = false;
        let origin = Origin {
            name,
            rank,
            is_chosen,
        };
        Self { module, origin }
    }

    fn or_chosen(mut self, name: Option<&str>) -> Self {
        if let Some(name) = name {
            self.origin.name = chosen(name);
            self.origin.is_chosen = true;
        }
        self
    }

    /// The place of a part that has a name of its own: a property, an alternative, a kind.
    pub(super) fn part(&self, label: &str) -> Self {
        Self::new(self.module, self.name_of(label), Rank::Nested)
    }

    /// The place of a definition in the schema.
    pub(super) fn definition(&self, label: &str, chosen: Option<&str>) -> Self {
        let place = Self::new(self.module, self.name_of(label), Rank::Named);
        place.or_chosen(chosen)
    }

    /// The place of the items of a list.
    pub(super) fn item(&self) -> Self {
        self.part("Item")
    }

    /// The place of the values of a map.
    pub(super) fn value(&self) -> Self {
        self.part("Value")
    }

    /// The place of one item of a tuple.
    pub(super) fn member(&self, index: usize) -> Self {
        self.part(&upper_camel(ORDINALS.get(index).unwrap_or(&"further")))
    }

    pub(super) fn origin(&self) -> Origin {
        self.origin.clone()
    }

    /// The name of the place with a label behind it. A `_` stays between two digits only: a name may have stepped aside
    /// from a reserved one by a `_`, which no type's name has inside.
    fn name_of(&self, label: &str) -> String {
        let name = self.origin.name.trim_end_matches('_');
        let label = label.trim_matches('_');
        let are_numbers = name.ends_with(|last: char| last.is_ascii_digit())
            && label.starts_with(|first: char| first.is_ascii_digit());
        let between = if are_numbers { "_" } else { "" };
        format!("{name}{between}{label}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_joined_without_a_separator_except_between_digits() {
        for (name, label, expected) in [
            ("IssueEntity", "Label", "IssueEntityLabel"),
            ("SelfEntity_", "Self_", "SelfEntitySelf"),
            ("Page1", "_2", "Page1_2"),
        ] {
            let place = Place::root(Module::Root, name.to_owned(), None).part(label);
            assert_eq!(place.origin().name, expected);
        }
    }
}
