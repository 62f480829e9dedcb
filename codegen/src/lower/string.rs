//! Strings, dates and enums of strings.

use serde_json::{Map, Value};

use crate::definition::SchemaAt;
use crate::diagnostic::{Location, catalog};
use crate::lower::context::{Lowering, location_of};
use crate::lower::schema::Lowered;
use crate::model::names::{Case, Distinct, Source, distinct};
use crate::model::{EnumDef, Shape, TypeRef, VariantDef};

/// The most warnings about the names of one enum. The first ones show how the values are told apart.
const MOST_WARNINGS: usize = 10;

impl Lowering<'_> {
    /// Lowers a string.
    pub(super) fn lower_string(&mut self, parts: &[SchemaAt]) -> Lowered {
        let listed: Vec<(&SchemaAt, Vec<(String, Location)>)> = parts
            .iter()
            .filter_map(|part| Some((part, values(&*self.keywords(part)?, part)?)))
            .collect();
        let Some(((at, first), others)) = listed.split_first() else {
            return Lowered::Type(self.string_type(parts));
        };
        let allowed = |value: &str| {
            others
                .iter()
                .all(|(_, values)| values.iter().any(|(other, _)| other == value))
        };
        let values: Vec<_> = first
            .iter()
            .filter(|(value, _)| allowed(value))
            .cloned()
            .collect();
        let at = (*at).clone();
        self.lower_string_enum(&at, values)
    }

    /// The type of strings that are not listed: a date, if that is their format.
    fn string_type(&self, parts: &[SchemaAt]) -> TypeRef {
        let schemas = parts.iter().filter_map(|part| self.keywords(part));
        let mut types = schemas.filter_map(|schema| match schema.get("format")?.as_str()? {
            "date-time" => Some(TypeRef::DateTime),
            "date" => Some(TypeRef::Date),
            _ => None,
        });
        types.next().unwrap_or(TypeRef::String)
    }

    /// Makes an enum of distinct strings.
    pub(super) fn lower_string_enum(
        &mut self,
        at: &SchemaAt,
        mut values: Vec<(String, Location)>,
    ) -> Lowered {
        let mut seen = Vec::new();
        values.retain(|(value, _)| {
            let is_new = !seen.contains(value);
            seen.push(value.clone());
            is_new
        });
        if values.is_empty() {
            return Lowered::Type(TypeRef::String);
        }
        let variants = self
            .variant_names(at, &values)
            .into_iter()
            .zip(values)
            .map(|(name, (wire, location))| VariantDef {
                wire,
                name,
                location,
            })
            .collect();
        Shape::Enum(EnumDef { variants }).into()
    }

    /// Names the values of an enum or the tags of a union; `x-rust-names` beside them takes precedence.
    pub(super) fn variant_names(
        &mut self,
        at: &SchemaAt,
        values: &[(String, Location)],
    ) -> Vec<String> {
        let texts: Vec<_> = values.iter().map(|(value, _)| value.as_str()).collect();
        let Distinct { names, folds } = self.distinct_values(at, &texts);
        let file = self.set.files().get(at.file);
        let is_secret = !folds.is_empty() && file.secret_around(&at.pointer).is_some();
        let mut told = 0;
        for fold in folds {
            told += usize::from(!fold.is_chosen);
            if told > MOST_WARNINGS {
                continue;
            }
            let [first, second] = [fold.first, fold.second].map(|index| &values[index]);
            let chosen = |value: &str| location_of(&at.child("x-rust-names").child(value));
            self.diagnostics.push(if fold.is_chosen && is_secret {
                catalog::names::chosen_twice_for_secret(first.1.clone(), second.1.clone())
            } else if fold.is_chosen {
                let [first, second] = [first, second].map(|(value, _)| chosen(value));
                catalog::names::chosen_twice(first, second, &names[fold.second])
            } else if is_secret {
                catalog::names::folded_secret_values(first.1.clone(), second.1.clone())
            } else {
                let [first, second] =
                    [first, second].map(|(value, location)| (value.as_str(), location.clone()));
                catalog::names::folded_values(first, second, &names[fold.second])
            });
        }
        names
    }

    /// Distinct names for the values of an enum or the tags of a union.
    pub(super) fn distinct_values(&self, at: &SchemaAt, values: &[&str]) -> Distinct {
        let chosen = &self.set.schema(at)["x-rust-names"];
        let sources = values.iter().map(|value| Source {
            text: value,
            chosen: chosen[value].as_str(),
            reserved: &[],
        });
        distinct(&sources.collect::<Vec<_>>(), Case::UpperCamel)
    }
}

/// The strings that a schema lists, and where.
pub(super) fn values(
    schema: &Map<String, Value>,
    at: &SchemaAt,
) -> Option<Vec<(String, Location)>> {
    if let Some(Value::String(value)) = schema.get("const") {
        return Some(vec![(value.clone(), location_of(&at.child("const")))]);
    }
    let listed = schema.get("enum")?.as_array()?;
    let strings = listed.iter().enumerate().filter_map(|(index, value)| {
        Some((
            value.as_str()?.to_owned(),
            location_of(&at.child("enum").item(index)),
        ))
    });
    Some(strings.collect())
}
