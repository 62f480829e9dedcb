//! A section of a definition.

use serde_json::Value;

use super::pattern::{at_stars, names, places};
use super::rule::Rule;
use crate::pointer::Pointer;

/// A section of a definition. Patterns are relative to an item of the section.
#[derive(Debug)]
pub(crate) struct Section {
    /// The pattern of the items: `actions/*`, or `user` for the only one.
    pub(crate) items: &'static str,
    /// The collections of the section, each with the noun for an item of it; that of the items themselves first.
    pub(crate) nouns: &'static [(&'static str, &'static str)],
    pub(crate) payloads: &'static [Payload],
    /// The items whose names Botpress takes in camelCase only.
    pub(crate) in_camel_case: &'static [&'static str],
    /// The texts whose length Botpress limits, each with the most characters that it may have.
    pub(crate) longest: &'static [(&'static str, usize)],
    /// The rules of the official linter.
    pub(crate) rules: &'static [Rule],
    /// The merge of items, if interfaces can extend the section.
    pub(crate) extended: Option<Extended>,
}

/// A schema whose type has a fixed name.
#[derive(Debug)]
pub(crate) struct Payload {
    /// The schemas.
    pub(crate) schema: &'static str,
    /// The end of the type's name, whose start are the names of the item.
    pub(crate) suffix: &'static str,
    /// Whether the type may be another name of an entity's type.
    pub(crate) may_alias: bool,
    /// The docs of the type: `{0}` is the first name of the item, as code, and `{owner}` the owner of a state.
    pub(super) docs: &'static str,
    /// Whether the item's own title and description come first.
    pub(crate) has_docs_of_item: bool,
}

/// The merge of an item of an interface into the definition's item of the same name.
#[derive(Debug)]
pub(crate) struct Extended {
    /// The values that are merged member by member; of all others the interface's stay.
    pub(crate) merged: &'static [&'static str],
    /// Whether Botpress prints the new name of an item in the item once more.
    pub(crate) repeats_name: bool,
}

impl Payload {
    /// Whether it is a schema to share and no payload of its own: its type has its name alone, and there is none if the
    /// schema needs none, such as that of a string.
    pub(crate) const fn is_shared(&self) -> bool {
        self.suffix.is_empty()
    }

    /// The docs of the type for an item with these names.
    pub(crate) fn docs(&self, names: &[String], owner: &str) -> String {
        let mut docs = String::new();
        let mut rest = self.docs;
        while let Some((before, (key, after))) = rest
            .split_once('{')
            .and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            docs.push_str(before);
            docs.push_str(match key.parse::<usize>() {
                Ok(index) => names.get(index).map_or("", String::as_str),
                Err(_) => owner,
            });
            rest = after;
        }
        docs + rest
    }
}

impl Section {
    /// The name of the section: `actions`.
    pub(crate) fn key(&self) -> &'static str {
        names(self.items).next().unwrap_or_default()
    }

    /// Every value of a definition at a pattern from the section's items.
    pub(crate) fn places<'a>(
        &self,
        definition: &'a Value,
        pattern: &str,
    ) -> Vec<(Pointer, &'a Value)> {
        places(definition, &self.pattern(pattern))
    }

    /// The items around a place that the stars of a pattern from the section's items stand for.
    pub(crate) fn items_around(&self, pattern: &str, place: &Pointer) -> Vec<Pointer> {
        at_stars(place, &self.pattern(pattern))
    }

    /// The item around a place.
    pub(crate) fn item_at(&self, place: &Pointer) -> Pointer {
        let names = place.names().take(names(self.items).count());
        names.fold(Pointer::root(), |item, name| item.child(&name))
    }

    fn pattern(&self, pattern: &str) -> String {
        format!("{}/{pattern}", self.items)
    }
}
