//! Strings, and strings of which one is chosen.

use serde_json::{Map, Value};

use crate::definition::SchemaAt;
use crate::diagnostic::{Location, catalog};
use crate::lower::context::{Lowering, location_of};
use crate::lower::schema::Lowered;
use crate::model::{EnumDef, Shape, TypeRef, VariantDef, names};

impl Lowering<'_> {
    /// Lowers what is known to be a string.
    pub(super) fn string(&mut self, parts: &[SchemaAt]) -> Lowered {
        let listed: Vec<(&SchemaAt, Vec<(String, Location)>)> = parts
            .iter()
            .filter_map(|part| Some((part, values(self.keywords(part)?, part)?)))
            .collect();
        let Some(((at, first), others)) = listed.split_first() else {
            return Lowered::Type(TypeRef::String);
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
        self.string_enum(&at, values)
    }

    /// Makes an enum of distinct strings.
    pub(super) fn string_enum(
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
        let chosen = self.set.schema(at)["x-rust-names"].clone();
        let folded = names::variants(values.iter().map(|(value, _)| value.as_str()));
        let variants = values
            .into_iter()
            .zip(folded)
            .map(|((wire, location), folded)| {
                let name = chosen[&wire].as_str().map_or(folded, names::upper_camel);
                VariantDef {
                    wire,
                    name,
                    location,
                }
            })
            .collect();
        let definition = EnumDef { variants };
        self.refuse_equal_variants(&definition);
        Shape::Enum(definition).into()
    }

    fn refuse_equal_variants(&mut self, definition: &EnumDef) {
        for (index, variant) in definition.variants.iter().enumerate() {
            if let Some(first) = definition.variants[..index]
                .iter()
                .find(|other| other.name == variant.name)
            {
                self.diagnostics.push(catalog::names::same_variant_name(
                    (&first.wire, first.location.clone()),
                    (&variant.wire, variant.location.clone()),
                    &variant.name,
                ));
            }
        }
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
