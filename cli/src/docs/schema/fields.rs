//! The fields of an object.

use std::collections::BTreeSet;

use contexture::meaning::{Meaning, list};
use serde_json::Value;

use super::data::{Field, Name};
use super::keywords::is_empty;
use super::walk::{Place, Walk};
use crate::docs::prose::Prose;

/// A schema that allows all values.
static ANY: Value = Value::Bool(true);

impl<'a> Walk<'a, '_> {
    /// The fields of an object: those that are required first, else in the order of the schema.
    pub(super) fn fields(&mut self, meaning: &Meaning<'a>, at: &Place) -> Vec<Field> {
        let required: BTreeSet<&str> = meaning
            .all("required")
            .flat_map(|names| list(Some(names)))
            .filter_map(Value::as_str)
            .collect();
        let mut declared = declared(meaning);
        for name in &required {
            if declared.iter().all(|(known, _)| known != name) {
                declared.push((name, vec![&ANY]));
            }
        }
        declared.sort_by_key(|(name, _)| !required.contains(name));
        let mut fields = Vec::new();
        for (name, schemas) in declared {
            let place = self.below(at, name);
            let is_required = required.contains(name);
            fields.push(self.field(Name::One(name.to_owned()), &schemas, is_required, place));
        }
        fields.extend(self.unnamed(meaning, at));
        fields
    }

    /// The fields with names that fit a pattern, and those with any other name, if the schema says something about them.
    fn unnamed(&mut self, meaning: &Meaning<'a>, at: &Place) -> Vec<Field> {
        let mut fields = Vec::new();
        let patterns = meaning.all("patternProperties");
        for (pattern, schema) in patterns.filter_map(Value::as_object).flatten() {
            let place = self.below(at, pattern);
            fields.push(self.field(Name::Pattern(pattern.clone()), &[schema], false, place));
        }
        if let Some(rest) = described_rest(meaning) {
            let place = self.below(at, "*");
            fields.push(self.field(Name::Other, &[rest], false, place));
        }
        fields
    }

    /// The items of a list in which each place has a schema of its own.
    pub(super) fn positions(
        &mut self,
        items: &'a [Value],
        meaning: &Meaning<'a>,
        at: &Place,
    ) -> Vec<Field> {
        let least = meaning.first("minItems").and_then(Value::as_u64);
        let mut fields = Vec::new();
        for (index, schema) in items.iter().enumerate() {
            let is_required = least.is_some_and(|least| (index as u64) < least);
            let place = self.item(at, &index.to_string());
            let name = Name::Item(format!("[{index}]"));
            fields.push(self.field(name, &[schema], is_required, place));
        }
        let rest = meaning.first("additionalItems");
        if let Some(rest) = rest.filter(|rest| rest.is_object() && !is_empty(rest)) {
            let place = self.item(at, "*");
            fields.push(self.field(Name::OtherItems, &[rest], false, place));
        }
        fields
    }

    fn item(&mut self, at: &Place, index: &str) -> Place {
        Place {
            id: self.anchors.take(&[&at.id, index]),
            path: format!("{}[{index}]", at.path),
        }
    }

    fn below(&mut self, at: &Place, name: &str) -> Place {
        Place {
            id: self.anchors.take(&[&at.id, name]),
            path: at.path_of(name),
        }
    }

    fn field(
        &mut self,
        name: Name,
        schemas: &[&'a Value],
        is_required: bool,
        place: Place,
    ) -> Field {
        let meaning = Meaning::of_all(schemas.iter().copied(), self.root);
        Field {
            shape: self.shape(schemas, &place),
            title: title(&meaning),
            is_required,
            id: place.id,
            path: place.path,
            name,
        }
    }
}

/// The schema of the fields that are not named, if it says something about them.
pub(super) fn described_rest<'a>(meaning: &Meaning<'a>) -> Option<&'a Value> {
    let rest = meaning.first("additionalProperties")?;
    (rest.is_object() && !is_empty(rest)).then_some(rest)
}

/// The name that users see.
pub(super) fn title(meaning: &Meaning<'_>) -> Option<Prose> {
    let title = meaning.ui_text("title").or_else(|| meaning.text("title"));
    Prose::line(title.as_deref())
}

/// The properties of all parts, each with its schemas.
fn declared<'a>(meaning: &Meaning<'a>) -> Vec<(&'a str, Vec<&'a Value>)> {
    let mut declared: Vec<(&str, Vec<&Value>)> = Vec::new();
    let properties = meaning.all("properties").filter_map(Value::as_object);
    for (name, schema) in properties.flatten() {
        match declared.iter_mut().find(|(known, _)| *known == name) {
            Some((_, schemas)) => schemas.push(schema),
            None => declared.push((name, vec![schema])),
        }
    }
    declared
}
