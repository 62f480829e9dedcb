//! A schema that is checked.

use serde_json::{Map, Value};

use crate::definition::{DefinitionSet, SchemaAt};
use crate::diagnostic::{Location, Part};
use crate::json_schema::{Dialect, Draft};

/// A schema that is checked, with its keywords.
pub(super) struct Subject<'a> {
    pub(super) set: &'a DefinitionSet<'a>,
    pub(super) at: &'a SchemaAt,
    pub(super) keywords: &'a Map<String, Value>,
    pub(super) dialect: Dialect,
}

impl<'a> Subject<'a> {
    /// A schema with keywords; `None` for `true` and `false`, and for the schema of a draft, which is not the author's.
    pub(super) fn new(set: &'a DefinitionSet<'a>, at: &'a SchemaAt) -> Option<Self> {
        if Draft::named(&set.files().get(at.file).display).is_some() {
            return None;
        }
        Some(Self {
            set,
            at,
            keywords: set.schema(at).as_object()?,
            dialect: set.dialect(at),
        })
    }

    /// Whether the keywords beside the `$ref` of the schema are ignored.
    pub(super) fn is_reference_alone(&self) -> bool {
        self.set.is_reference_alone(self.at)
    }

    /// The types that the schema names; none if it allows all of them.
    pub(super) fn types(&self) -> Vec<&'a str> {
        match self.keywords.get("type") {
            Some(Value::String(only)) => vec![only],
            Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The name of a keyword.
    pub(super) fn key(&self, name: &str) -> Location {
        Location::key(self.at.file, self.at.pointer.child(name))
    }

    /// The value of a keyword.
    pub(super) fn value(&self, name: &str) -> Location {
        Location::value(self.at.file, self.at.pointer.child(name))
    }

    /// An item of the list that is the value of a keyword.
    pub(super) fn item(&self, name: &str, index: usize) -> Location {
        Location::value(self.at.file, self.at.pointer.child(name).item(index))
    }

    /// The text that the author wrote for a value where a string is wanted, and YAML reads another value.
    pub(super) fn unquoted(&self, place: &Location, value: &Value) -> Option<&'a str> {
        let wants_string = self.types().contains(&"string");
        if !wants_string || value.is_string() || value.is_object() || value.is_array() {
            return None;
        }
        let place = self.set.files().written(place.clone());
        let file = self.set.files().get(place.file);
        let pointer = place.pointer()?;
        let is_json = file
            .path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("json"));
        if is_json || file.secret_around(pointer).is_some() {
            return None;
        }
        file.text.get(file.span(pointer, Part::Value))
    }
}
