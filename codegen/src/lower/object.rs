//! Objects: structs, maps, and undeclared properties.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use crate::definition::SchemaAt;
use crate::lower::context::{Lowering, key_of};
use crate::lower::fields::REST;
use crate::lower::place::Place;
use crate::lower::schema::{Lowered, docs_of};
use crate::model::names::{chosen, upper_camel};
use crate::model::{FieldDef, Presence, Rest, Shape, StructDef, TypeRef};

/// The properties of an object that several schemas describe at once.
pub(super) struct ObjectView {
    /// Where each property is declared.
    pub(super) properties: BTreeMap<String, Vec<SchemaAt>>,
    pub(super) required: Vec<String>,
    rest: RestView,
}

impl ObjectView {
    /// The properties: those that are required as `required` lists them, the others by their names.
    ///
    /// The author chooses the order of `required`, which is a list; the order of an object's members has no meaning.
    pub(super) fn in_order(&self) -> impl Iterator<Item = (&str, &[SchemaAt], bool)> {
        let mut listed = HashSet::new();
        let required = self
            .required
            .iter()
            .filter(move |name| listed.insert(*name));
        let required = required.filter_map(|name| self.properties.get_key_value(name));
        let optional = self
            .properties
            .iter()
            .filter(|(name, _)| !self.required.contains(name));
        required
            .map(|(name, declared)| (name.as_str(), declared.as_slice(), true))
            .chain(optional.map(|(name, declared)| (name.as_str(), declared.as_slice(), false)))
    }
}

/// The undeclared properties that the schemas allow.
enum RestView {
    Closed,
    Any,
    /// Each fits one of these schemas.
    Typed(Vec<SchemaAt>),
}

impl Lowering<'_> {
    /// Lowers an object, without the property that tags it.
    pub(super) fn lower_object(
        &mut self,
        parts: &[SchemaAt],
        place: &Place,
        tag: Option<&str>,
    ) -> Lowered {
        let mut view = self.object_view(parts);
        view.properties.retain(|name, _| Some(name.as_str()) != tag);
        if view.properties.is_empty() {
            match &view.rest {
                RestView::Closed => {}
                RestView::Any => return Lowered::Type(TypeRef::Any.map()),
                RestView::Typed(schemas) => {
                    let value = self.lower_rest(schemas, place);
                    return Lowered::Type(value.map());
                }
            }
        }
        let mut fields: Vec<_> = view
            .in_order()
            .map(|(name, declared, is_required)| {
                self.lower_field(name, declared, is_required, place)
            })
            .collect();
        let is_open = !matches!(view.rest, RestView::Closed);
        self.name_fields(&mut fields, is_open);
        for (field, (wire, declared, _)) in fields.iter_mut().zip(view.in_order()) {
            let default = field.default.as_ref();
            field.facts = self.facts_of(wire, &field.name, declared, &field.ty, default);
        }
        let rest = match &view.rest {
            RestView::Closed => Rest::Closed,
            RestView::Any => Rest::Open {
                name: REST.to_owned(),
                value: TypeRef::Any,
            },
            RestView::Typed(schemas) => Rest::Open {
                name: REST.to_owned(),
                value: self.lower_rest(schemas, place),
            },
        };
        Shape::Struct(StructDef { fields, rest }).into()
    }

    /// The type of the undeclared properties.
    fn lower_rest(&mut self, schemas: &[SchemaAt], place: &Place) -> TypeRef {
        match schemas {
            [only] => self.type_of(only),
            several => self.lower_any_of(several, &place.value()),
        }
    }

    fn lower_field(
        &mut self,
        wire: &str,
        declared: &[SchemaAt],
        is_required: bool,
        place: &Place,
    ) -> FieldDef {
        let schema = self.set.schema(&declared[0]);
        let label = schema["x-rust-name"]
            .as_str()
            .map_or_else(|| upper_camel(wire), chosen);
        let docs = docs_of(schema);
        let ty = self.type_of_all(declared, &place.part(&label));
        let presence = if is_required {
            Presence::Required
        } else {
            Presence::Optional
        };
        let default = if is_required {
            None
        } else {
            self.default_of(declared, &ty)
        };
        let location = key_of(&declared[0]);
        FieldDef {
            wire: wire.to_owned(),
            name: String::new(),
            docs,
            facts: None,
            ty,
            presence,
            default,
            location,
        }
    }

    /// The view of an object by all of its schemas.
    pub(super) fn object_view(&self, parts: &[SchemaAt]) -> ObjectView {
        let mut properties: BTreeMap<String, Vec<SchemaAt>> = BTreeMap::new();
        let mut required = Vec::new();
        for part in parts {
            let schema = self.set.schema(part);
            for name in names_in(schema, "properties") {
                properties
                    .entry(name.to_owned())
                    .or_default()
                    .push(part.child("properties").child(name));
            }
            let listed = schema["required"].as_array().into_iter().flatten();
            required.extend(listed.filter_map(Value::as_str).map(str::to_owned));
        }
        for part in parts {
            let schema = self.set.schema(part);
            if self.rest_of(part).is_some_and(|rest| rest.is_empty()) {
                properties.retain(|name, _| !schema["properties"][name].is_null());
            }
        }
        ObjectView {
            properties,
            required,
            rest: self.rest_view(parts),
        }
    }

    fn rest_view(&self, parts: &[SchemaAt]) -> RestView {
        let said: Vec<_> = parts.iter().filter_map(|part| self.rest_of(part)).collect();
        if said.iter().any(Vec::is_empty) {
            return RestView::Closed;
        }
        match said.as_slice() {
            [only] if parts.len() == 1 => RestView::Typed(only.clone()),
            _ => RestView::Any,
        }
    }

    /// The schemas of the undeclared properties of one schema, each of which fits one of them; `None` if it says nothing
    /// of them.
    fn rest_of(&self, part: &SchemaAt) -> Option<Vec<SchemaAt>> {
        let schema = self.set.schema(part);
        schema.get("additionalProperties")?;
        let patterns = part.child("patternProperties");
        let by_pattern = names_in(schema, "patternProperties").map(|name| patterns.child(name));
        let all = by_pattern.chain([part.child("additionalProperties")]);
        let all: Vec<_> = all.filter(|at| !self.is_never(at)).collect();
        let are_typed = all.iter().all(|at| !self.is_always(at));
        are_typed.then_some(all)
    }
}

/// The names of a keyword that holds schemas by name.
fn names_in<'a>(schema: &'a Value, keyword: &str) -> impl Iterator<Item = &'a str> {
    schema[keyword]
        .as_object()
        .into_iter()
        .flat_map(|schemas| schemas.keys().map(String::as_str))
}
