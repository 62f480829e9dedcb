//! The places that hold any value, for measurements.

use crate::definition::DefinitionSet;
use crate::diagnostic::Location;
use crate::lower::context::Lowering;
use crate::model::{Rest, Shape, TypeDef, TypeRef};

/// A place that holds any value: a schema, and the path of keywords from there.
#[derive(Clone, Debug)]
pub(crate) struct AnyUse {
    pub(crate) location: Location,
    pub(crate) way: Vec<String>,
}

/// Finds every place that holds any value, in types that are not merged yet, so that each schema counts.
pub(crate) fn untyped(set: &DefinitionSet) -> Vec<AnyUse> {
    let mut lowering = Lowering::new(set);
    lowering.register_roots();
    lowering.lower_operations();
    let (types, _) = lowering.finish();
    let mut found = Vec::new();
    for ty in &types {
        visit_type(ty, &mut found);
    }
    found
}

fn visit_type(ty: &TypeDef, found: &mut Vec<AnyUse>) {
    match &ty.shape {
        Shape::Struct(definition) => {
            for field in &definition.fields {
                visit_use(&field.ty, &field.location, &[], found);
            }
            if let Rest::Open { value, .. } = &definition.rest {
                visit_use(value, &ty.location, &["additionalProperties"], found);
            }
        }
        Shape::Union(definition) => {
            for variant in &definition.variants {
                visit_use(&variant.ty, &variant.location, &[], found);
            }
        }
        Shape::Newtype(inner) => visit_use(inner, &ty.location, &[], found),
        Shape::Enum(_) | Shape::Alias(_) => {}
    }
}

fn visit_use(ty: &TypeRef, location: &Location, way: &[&str], found: &mut Vec<AnyUse>) {
    let mut inner = |ty: &TypeRef, keyword: &str| {
        visit_use(ty, location, &[way, &[keyword]].concat(), found);
    };
    match ty {
        TypeRef::Any => found.push(AnyUse {
            location: location.clone(),
            way: way.iter().map(ToString::to_string).collect(),
        }),
        TypeRef::List(item) => inner(item, "items"),
        TypeRef::Map(value) => inner(value, "additionalProperties"),
        TypeRef::Tuple(items) => {
            for (index, item) in items.iter().enumerate() {
                inner(item, &format!("items/{index}"));
            }
        }
        TypeRef::Secret(value) | TypeRef::Nullable(value) => {
            visit_use(value, location, way, found);
        }
        TypeRef::Named(_)
        | TypeRef::Boxed(_)
        | TypeRef::String
        | TypeRef::DateTime
        | TypeRef::Date
        | TypeRef::Integer
        | TypeRef::Unsigned
        | TypeRef::Number
        | TypeRef::Boolean
        | TypeRef::Null => {}
    }
}
